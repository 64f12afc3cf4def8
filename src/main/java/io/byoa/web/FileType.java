package io.byoa.web;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The media types of files that algorithms read and write, by the ends of their names. */
public final class FileType {

  private static final String ANY = "application/octet-stream";

  private record Known(String extension, String mediaType) {}

  private static final Map<String, String> BY_EXTENSION =
      Stream.of(
              new Known("csv", "text/csv"),
              new Known("tsv", "text/tab-separated-values"),
              new Known("txt", "text/plain"),
              new Known("log", "text/plain"),
              new Known("md", "text/markdown"),
              new Known("html", "text/html"),
              new Known("xml", "application/xml"),
              new Known("json", "application/json"),
              new Known("jsonl", "application/x-ndjson"),
              new Known("ndjson", "application/x-ndjson"),
              new Known("yaml", "application/yaml"),
              new Known("pdf", "application/pdf"),
              new Known("parquet", "application/vnd.apache.parquet"),
              new Known("arrow", "application/vnd.apache.arrow.file"),
              new Known("avro", "application/avro"),
              new Known("libsvm", "text/x-libsvm"),
              new Known("npy", "application/x-npy"),
              new Known("recordio", "application/x-recordio-protobuf"),
              new Known(
                  "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
              new Known("png", "image/png"),
              new Known("jpg", "image/jpeg"),
              new Known("gif", "image/gif"),
              new Known("svg", "image/svg+xml"),
              new Known("wav", "audio/wav"),
              new Known("mp4", "video/mp4"),
              new Known("zip", "application/zip"),
              new Known("gz", "application/gzip"))
          .collect(Collectors.toUnmodifiableMap(Known::extension, Known::mediaType));

  private static final Map<String, String> BY_MEDIA_TYPE =
      BY_EXTENSION.entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .collect(
              Collectors.toUnmodifiableMap(
                  Map.Entry::getValue, Map.Entry::getKey, FileType::preferred));

  private FileType() {}

  private static String preferred(String one, String other) {
    return other.equals("txt") ? other : one;
  }

  /** The media type of a file of this name; {@code application/octet-stream} when it is unknown. */
  public static String mediaType(String fileName) {
    String extension = fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return BY_EXTENSION.getOrDefault(extension, ANY);
  }

  /**
   * The end of a name, without the dot, of files of this media type.
   *
   * @param mediaType in lower case, without parameters
   */
  public static Optional<String> extension(String mediaType) {
    return Optional.ofNullable(BY_MEDIA_TYPE.get(mediaType));
  }
}
