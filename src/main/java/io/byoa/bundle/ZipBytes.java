package io.byoa.bundle;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A zip mapped into memory, read little-endian; callers stay within {@link #size}. */
final class ZipBytes {

  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final MemorySegment segment;

  ZipBytes(MemorySegment segment) {
    this.segment = segment;
  }

  long size() {
    return segment.byteSize();
  }

  int u16(long at) {
    return segment.get(SHORT, at) & 0xffff;
  }

  long u32(long at) {
    return segment.get(INT, at) & 0xffff_ffffL;
  }

  /** Negative when it is beyond what any file holds. */
  long u64(long at) {
    return segment.get(LONG, at);
  }

  byte[] bytes(long at, int length) {
    return segment.asSlice(at, length).toArray(ValueLayout.JAVA_BYTE);
  }

  ByteBuffer buffer(long at, long length) {
    return segment.asSlice(at, length).asByteBuffer();
  }
}
