package io.byoa.web;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import java.util.List;

/**
 * Reads HTTP/1.1 as Vert.x does, but takes as an error what Vert.x quietly mends and others might
 * mend differently: a length beside chunks, headers that must be there once and are twice, headers
 * folded over lines.
 *
 * <p>What it cannot read it passes on as a request whose decoder result is a failure; {@link
 * HeadGuard} answers it.
 */
final class StrictDecoder extends VertxHttpRequestDecoder {

  /** Above {@link RequestLine}'s limits, after whose answer the connection can go on. */
  static final int MAX_LINE = 32 * 1024;

  static final int MAX_HEAD = 64 * 1024;

  private static final HttpServerOptions LIMITS =
      new HttpServerOptions().setMaxInitialLineLength(MAX_LINE).setMaxHeaderSize(MAX_HEAD);

  private static final byte TLS_HANDSHAKE = 0x16;

  private boolean begun;
  private boolean inHead;
  private boolean folded;
  private int lengths;
  private int hosts;

  StrictDecoder() {
    super(LIMITS);
  }

  @Override
  protected void decode(ChannelHandlerContext channel, ByteBuf in, List<Object> out)
      throws Exception {
    int begin = in.readerIndex();
    int known = out.size();
    if (!begun) {
      begun = true;
      if (in.getByte(begin) == TLS_HANDSHAKE) {
        out.add(failed(createInvalidMessage(), UnreadableHead.tls()));
        in.skipBytes(in.readableBytes());
        return;
      }
    }
    boolean continued = inHead;
    super.decode(channel, in, out);
    if (inHead) {
      folded |= isFolded(in, begin, in.readerIndex(), continued);
      if (out.size() > known && out.get(known) instanceof HttpMessage head) {
        inHead = false;
        if (folded && head.decoderResult().isSuccess()) {
          failed(head, UnreadableHead.folded());
        }
      }
    }
  }

  /** Whether a line of these, which are whole lines, begins with a blank. */
  private static boolean isFolded(ByteBuf in, int begin, int end, boolean continued) {
    int line = continued ? begin : in.indexOf(begin, end, (byte) '\n') + 1;
    while (line > 0 && line < end) {
      byte first = in.getByte(line);
      if (first == ' ' || first == '\t') {
        return true;
      }
      line = in.indexOf(line, end, (byte) '\n') + 1;
    }
    return false;
  }

  private static HttpMessage failed(HttpMessage head, UnreadableHead why) {
    head.setDecoderResult(DecoderResult.failure(why));
    return head;
  }

  @Override
  protected HttpMessage createMessage(String[] line) {
    inHead = true;
    folded = false;
    lengths = 0;
    hosts = 0;
    HttpMessage head = super.createMessage(line);
    HttpVersion version = head.protocolVersion();
    // The codec takes them in small letters too.
    if (!line[2].equals(version.text())) {
      throw UnreadableHead.requestLine();
    }
    if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
      throw UnreadableHead.version();
    }
    return head;
  }

  @Override
  protected AsciiString splitHeaderName(byte[] bytes, int start, int length) {
    if (length == 0) {
      throw UnreadableHead.header();
    }
    AsciiString name = super.splitHeaderName(bytes, start, length);
    if (inHead) {
      if (length == HttpHeaderNames.CONTENT_LENGTH.length()
          && HttpHeaderNames.CONTENT_LENGTH.contentEqualsIgnoreCase(name)
          && ++lengths > 1) {
        throw UnreadableHead.twoLengths();
      }
      if (length == HttpHeaderNames.HOST.length()
          && HttpHeaderNames.HOST.contentEqualsIgnoreCase(name)
          && ++hosts > 1) {
        throw UnreadableHead.twoHosts();
      }
    }
    return name;
  }

  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage head) {
    throw UnreadableHead.lengthBesideChunks();
  }
}
