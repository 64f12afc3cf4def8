package io.byoa.common.json;

import io.byoa.common.Failure;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Decodes UTF-8 without repairing it. */
final class Utf8 {

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private Utf8() {}

  /** The text without a byte order mark. */
  static String decode(byte[] bytes, String what) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(in, out, true);
    out.flip();
    if (result.isError()) {
      throw new Failure.Malformed(
              "malformed-json",
              "%s is not JSON: it is not UTF-8 (byte 0x%02X at line %d, column %d)."
                  .formatted(what, bytes[in.position()], line(out), column(out)))
          .raise();
    }
    boolean marked = !out.isEmpty() && out.charAt(0) == BYTE_ORDER_MARK;
    return out.toString().substring(marked ? 1 : 0);
  }

  private static long line(CharBuffer before) {
    return 1 + before.chars().filter(c -> c == '\n').count();
  }

  private static int column(CharBuffer before) {
    return before.length() - before.toString().lastIndexOf('\n');
  }
}
