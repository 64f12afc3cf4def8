package io.byoa.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HeldBackStreamTest {

  private static final int PIECE = 1 << 16;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 5 * PIECE + 7})
  void passesEverythingOn(int size) throws IOException {
    byte[] bytes = bytes(size);
    try (HeldBackStream stream = new HeldBackStream(new ByteArrayInputStream(bytes), () -> {})) {
      assertThat(stream.readAllBytes()).isEqualTo(bytes);
      assertThat(stream.read()).isEqualTo(-1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 5 * PIECE + 7})
  void neverLooksWholeWhenTheEndIsBad(int size) throws IOException {
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    AtomicInteger aborted = new AtomicInteger();
    try (HeldBackStream stream =
        new HeldBackStream(new BadEnd(bytes(size)), aborted::incrementAndGet)) {
      assertThatThrownBy(() -> stream.transferTo(received)).hasMessage("altered");
    }
    assertThat(received.size()).isLessThan(size);
    assertThat(aborted).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, PIECE, PIECE + 1})
  void losesNothingWhenItHasBegun(int size) throws IOException {
    byte[] bytes = bytes(size);
    try (HeldBackStream stream =
        new HeldBackStream(new ByteArrayInputStream(bytes), () -> {}).begun()) {
      assertThat(stream.readAllBytes()).isEqualTo(bytes);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, PIECE})
  void findsABadEndOfOnePieceBeforeItBegins(int size) throws IOException {
    AtomicInteger aborted = new AtomicInteger();
    try (HeldBackStream stream =
        new HeldBackStream(new BadEnd(bytes(size)), aborted::incrementAndGet)) {
      assertThatThrownBy(stream::begun).hasMessage("altered");
    }
    assertThat(aborted).hasValue(0);
  }

  private static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  /** Delivers all bytes, and fails instead of ending. */
  private static final class BadEnd extends FilterInputStream {

    BadEnd(byte[] bytes) {
      super(new ByteArrayInputStream(bytes));
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int n = in.read(buffer, offset, length);
      if (n < 0) {
        throw new IllegalStateException("altered");
      }
      return n;
    }
  }
}
