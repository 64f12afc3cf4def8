package io.byoa.bundle;

import java.util.function.LongSupplier;

/** Counts what an archive unpacks to while it does, and stops it at the limits. */
final class Budget {

  private final ArchiveLimits limits;
  private final Problems problems;
  private final LongSupplier packed;
  private long unpacked;
  private long file;
  private int entries;

  /**
   * A fresh count.
   *
   * @param packed bytes of the upload that the unpacked bytes so far came from
   */
  Budget(ArchiveLimits limits, Problems problems, LongSupplier packed) {
    this.limits = limits;
    this.problems = problems;
    this.packed = packed;
  }

  /** One more entry; what follows is its content. */
  void entry() {
    file = 0;
    if (++entries > limits.entries()) {
      throw problems.fatal("The archive has more than %d entries.".formatted(limits.entries()));
    }
  }

  /** So many more bytes of the entry's content, which {@link #unpacked} counts as well. */
  void content(String entry, long bytes) {
    file += bytes;
    if (file > limits.file()) {
      throw problems.fatal(
          entry,
          "unpacks to more than %s. %s"
              .formatted(ArchiveLimits.readable(limits.file()), limits.advice()));
    }
  }

  /** So many more unpacked bytes of any kind, headers included. */
  void unpacked(long bytes) {
    limits.checkRoom(unpacked, bytes);
    unpacked += bytes;
    if (unpacked > limits.unpacked()) {
      throw problems.fatal(
          "The archive unpacks to more than %s. %s"
              .formatted(ArchiveLimits.readable(limits.unpacked()), limits.advice()));
    }
    if (unpacked > limits.ratioFree() && unpacked / limits.ratio() > packed.getAsLong()) {
      throw problems.fatal(
          "The archive unpacks to more than %d times its size.".formatted(limits.ratio()));
    }
  }
}
