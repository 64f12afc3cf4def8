package io.byoa.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.byoa.common.Sha256;
import io.byoa.engine.Outputs.Archive;
import io.byoa.engine.Outputs.Member;
import io.byoa.store.ObjectStore;
import io.byoa.store.StoredObject;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is in an archive of outputs, taken down while it is packed. Few files are told with the job;
 * many become an object of the store beside the archive, with a JSON object {@code {"path": …,
 * "size": …, "sha256": …}} for each on a line of its own. Neither writing nor reading one holds
 * more than a line.
 */
public final class FileList implements Closeable {

  /** So many files are told with the job: that weighs less than an object, and reading it. */
  private static final int FEW = 50;

  /** Characters that the paths of few files have together at most. */
  private static final int SHORT = 5_000;

  /** Of the list's key: that of its archive, and this. */
  public static final String SUFFIX = ".files.jsonl";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectWriter WRITER = JSON.writerFor(Line.class);
  private static final ObjectReader READER = JSON.readerFor(Line.class);

  private final Path file;
  private final MessageDigest digest = Sha256.digester();
  private final Writer writer;
  private final List<Member> few = new ArrayList<>();
  private int characters;
  private boolean many;
  private @Nullable Sha256 sha256;

  /** Begins an empty list in this file, which it replaces. */
  public FileList(Path file) throws IOException {
    this.file = file;
    this.writer =
        new BufferedWriter(
            new OutputStreamWriter(
                new DigestOutputStream(Files.newOutputStream(file), digest),
                StandardCharsets.UTF_8));
  }

  private record Line(String path, long size, String sha256) {}

  /** Takes down the next file; the caller goes by the order of their paths. */
  public void add(Member member) throws IOException {
    if (!many) {
      few.add(member);
      characters += member.path().length();
      many = few.size() > FEW || characters > SHORT;
    }
    if (many) {
      few.clear();
    }
    writer.write(
        WRITER.writeValueAsString(new Line(member.path(), member.size(), member.sha256().hex())));
    writer.write('\n');
  }

  /** Whether the files are too many to be told with the job; then the list goes to the store. */
  public boolean many() {
    return many;
  }

  /** The files, while they are few. */
  public List<Member> few() {
    return List.copyOf(few);
  }

  /** Where the list is written to; whole once this is closed. */
  public Path file() {
    return file;
  }

  /** The digest of the list, once it is closed. */
  public Sha256 sha256() {
    return Objects.requireNonNull(sha256, "Still being written");
  }

  @Override
  public void close() throws IOException {
    writer.close();
    if (sha256 == null) {
      sha256 = Sha256.of(digest);
    }
  }

  /**
   * The files in an archive, sorted by path, read one by one: close the stream.
   *
   * @throws io.byoa.common.FailureException as {@link ObjectStore#openVerified}: the first file is
   *     handed out only when the list is what was stored
   */
  public static Stream<Member> read(ObjectStore store, Archive archive) {
    StoredObject list = archive.list();
    if (list == null) {
      return archive.members().stream();
    }
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(store.openVerified(list), StandardCharsets.UTF_8));
    return reader.lines().map(FileList::member).onClose(() -> close(reader));
  }

  private static Member member(String text) {
    try {
      Line line = READER.readValue(text);
      return new Member(line.path(), line.size(), new Sha256(line.sha256()));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("A list of files is unreadable", e);
    }
  }

  private static void close(BufferedReader reader) {
    try {
      reader.close();
    } catch (IOException _) {
      // It was only read.
    }
  }
}
