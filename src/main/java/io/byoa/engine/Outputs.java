package io.byoa.engine;

import io.byoa.common.Sha256;
import io.byoa.store.ObjectKey;
import io.byoa.store.StoredObject;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a job left in the store.
 *
 * @param model {@code /opt/ml/model} as {@code model.tar.gz}; absent when the folder was empty
 * @param data {@code /opt/ml/output/data} as {@code output.tar.gz}; absent when the folder was
 *     empty
 * @param packages what the installer put into the environment, one {@code name==version} a line;
 *     absent when nothing was installed
 */
public record Outputs(
    @Nullable Archive model, @Nullable Archive data, @Nullable StoredObject packages) {

  /** Nothing at all. */
  public static final Outputs NONE = new Outputs(null, null, null);

  /** The objects that list what is in archives of many files. */
  public List<ObjectKey> lists() {
    return Stream.of(model, data)
        .flatMap(Stream::ofNullable)
        .map(Archive::list)
        .flatMap(Stream::ofNullable)
        .map(StoredObject::key)
        .toList();
  }

  /**
   * A gzipped tar and what is in it: the regular files, sorted by path. Whoever wants all of them
   * reads them by {@link FileList#read}, wherever they are listed.
   *
   * @param members the files, where they are few
   * @param list the object that lists them where they are many; then {@code members} is empty, so
   *     that what a program leaves weighs nothing on its job
   */
  public record Archive(StoredObject object, List<Member> members, @Nullable StoredObject list) {

    /** Refuses two lists of the same. */
    public Archive {
      members = List.copyOf(members);
      if (list != null && !members.isEmpty()) {
        throw new IllegalArgumentException("Listed twice: the files in " + object.key());
      }
    }

    /** An archive of few files. */
    public Archive(StoredObject object, List<Member> members) {
      this(object, members, null);
    }
  }

  /**
   * A file in an archive.
   *
   * @param path relative to the archive's root, with forward slashes
   * @param size bytes
   */
  public record Member(String path, long size, Sha256 sha256) {}
}
