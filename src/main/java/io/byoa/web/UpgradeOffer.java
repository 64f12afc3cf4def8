package io.byoa.web;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.util.AsciiString;
import java.util.Base64;
import java.util.List;

/**
 * A client's offer to go on in HTTP/2 (RFC 7540 section 3.2).
 *
 * <p>Vert.x answers one that is not whole with an empty 400. A server need not take an offer (RFC
 * 9110 section 7.8), so such a request is served as if there were none.
 */
final class UpgradeOffer {

  private static final AsciiString SETTINGS = AsciiString.cached("http2-settings");

  private UpgradeOffer() {}

  /** Takes it out of these headers unless it is whole. */
  static void passOverHalf(HttpHeaders headers) {
    if (headers.contains(HttpHeaderNames.UPGRADE) && !isWhole(headers)) {
      headers.remove(HttpHeaderNames.UPGRADE);
    }
  }

  private static boolean isWhole(HttpHeaders headers) {
    List<String> settings = headers.getAll(SETTINGS);
    return settings.size() == 1
        && headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderNames.UPGRADE, true)
        && headers.containsValue(HttpHeaderNames.CONNECTION, SETTINGS, true)
        && areSettings(settings.getFirst());
  }

  private static boolean areSettings(String base64) {
    try {
      ByteBuf pairs = Unpooled.wrappedBuffer(Base64.getUrlDecoder().decode(base64));
      while (pairs.isReadable()) {
        // Which says whether it is one.
        var _ =
            new Http2Settings()
                .put((char) pairs.readUnsignedShort(), (Long) pairs.readUnsignedInt());
      }
      return true;
    } catch (IllegalArgumentException | IndexOutOfBoundsException _) {
      return false;
    }
  }
}
