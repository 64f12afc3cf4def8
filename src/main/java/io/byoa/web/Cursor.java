package io.byoa.web;

import io.byoa.common.Failure;
import io.byoa.common.Sha256;
import io.byoa.common.Violation;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * A place in one particular list: the last item that the client has seen.
 *
 * <p>On the wire it is base64url of a check and the position. The check is a digest over list,
 * filters and position, so a cursor from another list, with other filters or with a bit flipped is
 * noticed. It is no secret: who forges one sees what the same list would have shown anyway.
 *
 * @param list the list it belongs to: route and filters, in a canonical form
 * @param position what the list sorts by, as the feature writes it
 */
record Cursor(String list, String position) {

  private static final int CHECK_BYTES = 9;
  private static final int MAX_LENGTH = 2_000;

  /** The cursor that a client gave back, for this list. */
  static Cursor parse(String wire, String list) {
    try {
      if (wire.length() <= MAX_LENGTH) {
        byte[] bytes = Base64.getUrlDecoder().decode(wire);
        if (bytes.length >= CHECK_BYTES) {
          ByteBuffer text = ByteBuffer.wrap(bytes, CHECK_BYTES, bytes.length - CHECK_BYTES);
          Cursor cursor =
              new Cursor(list, StandardCharsets.UTF_8.newDecoder().decode(text).toString());
          if (Arrays.equals(cursor.check(), Arrays.copyOf(bytes, CHECK_BYTES))) {
            return cursor;
          }
        }
      }
    } catch (IllegalArgumentException | CharacterCodingException _) {
      // Not of our making; refused below like any other.
    }
    throw invalid().raise();
  }

  static Failure invalid() {
    String detail =
        "The cursor is not one of this list with these filters. Start again without it; a cursor"
            + " is only good for the query that gave it.";
    return new Failure.Malformed(
        "cursor-invalid", detail, List.of(new Violation("?cursor", detail)));
  }

  String wire() {
    byte[] text = position.getBytes(StandardCharsets.UTF_8);
    byte[] bytes = Arrays.copyOf(check(), CHECK_BYTES + text.length);
    System.arraycopy(text, 0, bytes, CHECK_BYTES, text.length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private byte[] check() {
    MessageDigest digester = Sha256.digester();
    digester.update(list.getBytes(StandardCharsets.UTF_8));
    digester.update((byte) 0);
    digester.update(position.getBytes(StandardCharsets.UTF_8));
    return Arrays.copyOf(digester.digest(), CHECK_BYTES);
  }
}
