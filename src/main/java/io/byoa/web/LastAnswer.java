package io.byoa.web;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** An answer given beside the router, on a connection that ends with it. */
final class LastAnswer {

  /** How long what the client still sends is read, so that it gets to see the answer. */
  private static final long LINGERING_MILLIS = 1_000;

  private LastAnswer() {}

  /** Sends it and hangs up; whoever calls this lets nothing through any more, in or out. */
  static void send(ChannelHandlerContext channel, ProblemAnswer answer, RequestName request) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(answer.status()),
            Unpooled.copiedBuffer(answer.body(), StandardCharsets.UTF_8));
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    SecurityHeaders.put(headers);
    headers.set(TraceId.HEADER, request.traceId());
    answer.headers().forEach(headers::set);
    headers.forEach((name, value) -> response.headers().set(name, value));
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes())
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    channel
        .writeAndFlush(response)
        .addListener((ChannelFutureListener) written -> hangUp(written.channel()));
  }

  /** Closing with unread bytes would take the answer back from the client. */
  private static void hangUp(Channel channel) {
    if (channel instanceof DuplexChannel duplex && channel.isActive()) {
      var _ = duplex.shutdownOutput();
      channel.config().setAutoRead(true);
      Runnable close =
          () -> {
            var _ = channel.close();
          };
      var _ = channel.eventLoop().schedule(close, LINGERING_MILLIS, TimeUnit.MILLISECONDS);
    } else {
      var _ = channel.close();
    }
  }
}
