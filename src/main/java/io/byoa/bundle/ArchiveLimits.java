package io.byoa.bundle;

/**
 * How much an upload may hold; every number is counted while it is read and unpacked, none is
 * believed from a header.
 *
 * @param upload bytes of the upload
 * @param unpacked bytes of everything it unpacks to
 * @param file bytes that one file unpacks to
 * @param ratio how many times its size the upload may unpack to
 * @param ratioFree unpacked bytes for which the ratio does not matter yet
 * @param entries entries, folders and dropped ones included
 * @param depth segments of a path
 * @param segmentBytes bytes of UTF-8 of a segment
 * @param pathBytes bytes of UTF-8 of a path
 * @param advice a sentence that says what to do with more
 * @param room throws when the disk has too little room left; called now and then while unpacking
 */
public record ArchiveLimits(
    long upload,
    long unpacked,
    long file,
    int ratio,
    long ratioFree,
    int entries,
    int depth,
    int segmentBytes,
    int pathBytes,
    String advice,
    Runnable room) {

  private static final long BETWEEN_ROOM_CHECKS = 64L << 20;
  private static final int DATA_DEPTH = 32;
  private static final int DATA_SEGMENT = 240;

  /** The limits of code. */
  ArchiveLimits(
      long upload,
      long unpacked,
      long file,
      int ratio,
      long ratioFree,
      int entries,
      int depth,
      int segmentBytes,
      int pathBytes) {
    this(
        upload,
        unpacked,
        file,
        ratio,
        ratioFree,
        entries,
        depth,
        segmentBytes,
        pathBytes,
        "Leave out what the program does not need; publish large data as a dataset.",
        () -> {});
  }

  /**
   * The limits of data, which may be as well compressed as it likes.
   *
   * @param bytes of the upload, of all that it unpacks to, and of one file
   * @param entries entries of an archive
   * @param pathBytes bytes of UTF-8 of a path
   * @param room throws when the disk has too little room left
   */
  public static ArchiveLimits ofData(long bytes, int entries, int pathBytes, Runnable room) {
    return new ArchiveLimits(
        bytes,
        bytes,
        bytes,
        1,
        Long.MAX_VALUE,
        entries,
        DATA_DEPTH,
        DATA_SEGMENT,
        pathBytes,
        "Upload it as several datasets.",
        room);
  }

  static ArchiveLimits of(BundleConfig config) {
    return new ArchiveLimits(
        config.maxUpload().asLongValue(),
        config.maxUnpacked().asLongValue(),
        config.maxFile().asLongValue(),
        config.maxRatio(),
        config.ratioFree().asLongValue(),
        config.maxEntries(),
        config.maxDepth(),
        config.maxSegmentBytes(),
        config.maxPathBytes());
  }

  /** These limits, with another look at another disk. */
  ArchiveLimits alsoWatching(Runnable other) {
    return new ArchiveLimits(
        upload,
        unpacked,
        file,
        ratio,
        ratioFree,
        entries,
        depth,
        segmentBytes,
        pathBytes,
        advice,
        () -> {
          other.run();
          room.run();
        });
  }

  /** Looks at the disk now and then: when so many more bytes complete another 64 MiB. */
  void checkRoom(long bytes, long more) {
    if (bytes / BETWEEN_ROOM_CHECKS != (bytes + more) / BETWEEN_ROOM_CHECKS) {
      room.run();
    }
  }

  /** A number of bytes as people write it, such as {@code 256 MiB}. */
  static String readable(long bytes) {
    String[] units = {"bytes", "KiB", "MiB", "GiB"};
    int unit = 0;
    long value = bytes;
    while (unit < units.length - 1 && value >= 1024 && value % 1024 == 0) {
      value /= 1024;
      unit++;
    }
    return value + " " + units[unit];
  }
}
