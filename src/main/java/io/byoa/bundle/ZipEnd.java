package io.byoa.bundle;

/**
 * The end record of a zip (APPNOTE 4.3.16): the last bytes of the file, and found in one way only.
 *
 * @param entries how many it declares
 * @param start where the central directory begins
 * @param end where the end record begins, and the central directory ends
 */
record ZipEnd(int entries, long start, long end) {

  private static final long SIGNATURE = 0x06054b50L;
  private static final long ZIP64_LOCATOR = 0x07064b50L;
  private static final int LENGTH = 22;
  private static final int LONGEST_COMMENT = 0xffff;

  static ZipEnd find(ZipBytes zip, Problems problems) {
    long found = -1;
    for (long at = zip.size() - LENGTH;
        at >= Math.max(0, zip.size() - LENGTH - LONGEST_COMMENT);
        at--) {
      if (zip.u32(at) == SIGNATURE) {
        if (found >= 0) {
          throw problems.fatal("The zip has two ends, and readers would choose differently.");
        }
        found = at;
      }
    }
    if (found < 0) {
      throw problems.fatal("The zip has no end: it was cut off.");
    }
    if (found + LENGTH + zip.u16(found + 20) != zip.size()) {
      throw problems.fatal("The zip has data behind its end, or was cut off.");
    }
    return read(zip, found, problems);
  }

  private static ZipEnd read(ZipBytes zip, long at, Problems problems) {
    int entries = zip.u16(at + 10);
    long length = zip.u32(at + 12);
    long start = zip.u32(at + 16);
    boolean zip64 =
        entries == 0xffff
            || length == 0xffff_ffffL
            || start == 0xffff_ffffL
            || (at >= 20 && zip.u32(at - 20) == ZIP64_LOCATOR);
    if (zip64) {
      throw problems.fatal(
          "The zip has a zip64 end record, which one of this size does not need. Zip files of a folder, without streaming them through a pipe.");
    }
    if (zip.u16(at + 4) != 0 || zip.u16(at + 6) != 0 || zip.u16(at + 8) != entries) {
      throw problems.fatal("The zip is a part of several.");
    }
    if (start + length != at) {
      throw problems.fatal(
          "The zip's directory does not lie right before its end: there is data around the archive.");
    }
    return new ZipEnd(entries, start, at);
  }
}
