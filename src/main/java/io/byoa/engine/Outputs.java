package io.byoa.engine;

import io.byoa.common.Sha256;
import io.byoa.store.StoredObject;
import java.util.List;
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

  /**
   * A gzipped tar and what is in it.
   *
   * @param members the regular files, sorted by path
   */
  public record Archive(StoredObject object, List<Member> members) {
    public Archive {
      members = List.copyOf(members);
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
