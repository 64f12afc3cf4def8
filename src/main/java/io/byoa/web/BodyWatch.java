package io.byoa.web;

import io.byoa.common.Failure;
import io.byoa.common.FailureException;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Watches the bodies that come over one HTTP/1.1 connection: one that falls silent is answered 408,
 * and one whose chunks cannot be read 400.
 *
 * <p>The layers above can answer neither: for them the connection is broken by then, and they close
 * it without a word. So this stands between them and the codec. It answers in place of the request
 * that is being served, and only as long as that has not begun to answer by itself.
 */
final class BodyWatch extends ChannelDuplexHandler {

  /** How long a body may be silent; how slowly it comes otherwise is {@link BodyLimit}'s. */
  private static final long SILENCE = TimeUnit.SECONDS.toNanos(10);

  private static final String NAME = "byoa-body-watch";

  /** What Vert.x calls what serves HTTP/1.1. */
  static final String VERTX = "handler";

  private @Nullable RoutingContext served;
  private int headsRead = 1;
  private int headsServed;
  private boolean bodyOpen = true;
  private boolean answered;
  private boolean ended;
  private long heard;
  private @Nullable Future<?> alarm;

  private BodyWatch() {}

  /** Watches the body of this request, which is about to be served. */
  static void over(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (request.version() == io.vertx.core.http.HttpVersion.HTTP_2
        || !(request.connection() instanceof ConnectionBase known)) {
      return;
    }
    Channel channel = known.channel();
    ChannelPipeline pipeline = channel.pipeline();
    if (!channel.eventLoop().inEventLoop() || pipeline.get(VERTX) == null) {
      return;
    }
    BodyWatch watch = pipeline.get(BodyWatch.class);
    if (watch == null && mayHaveBody(request)) {
      watch = new BodyWatch();
      pipeline.addBefore(VERTX, NAME, watch);
    }
    if (watch != null) {
      watch.serve(context, pipeline.context(watch));
    }
  }

  private static boolean mayHaveBody(HttpServerRequest request) {
    return request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)
        || request.headers().contains(HttpHeaderNames.CONTENT_LENGTH);
  }

  private void serve(RoutingContext context, ChannelHandlerContext channel) {
    served = context;
    headsServed++;
    answered = false;
    heard = System.nanoTime();
    arm(channel, SILENCE);
  }

  @Override
  public void channelRead(ChannelHandlerContext channel, Object message) throws Exception {
    if (ended) {
      ReferenceCountUtil.release(message);
      return;
    }
    if (message instanceof HttpRequest) {
      headsRead++;
      bodyOpen = true;
    }
    if (message instanceof HttpContent content) {
      heard = System.nanoTime();
      if (content.decoderResult().isFailure() && mayAnswer()) {
        ReferenceCountUtil.release(message);
        answer(channel, unreadable());
        return;
      }
      bodyOpen = !(message instanceof LastHttpContent);
    }
    super.channelRead(channel, message);
  }

  @Override
  public void write(ChannelHandlerContext channel, Object message, ChannelPromise promise)
      throws Exception {
    if (ended) {
      ReferenceCountUtil.release(message);
      promise.tryFailure(new ClosedChannelException());
      return;
    }
    if (message instanceof HttpResponse response
        && response.status().code() >= HttpResponseStatus.OK.code()) {
      answered = true;
    }
    super.write(channel, message, promise);
  }

  @Override
  public void channelInactive(ChannelHandlerContext channel) throws Exception {
    ended = true;
    if (alarm != null) {
      alarm.cancel(false);
    }
    super.channelInactive(channel);
  }

  private void arm(ChannelHandlerContext channel, long nanos) {
    if (alarm == null && bodyOpen) {
      alarm = channel.executor().schedule(() -> look(channel), nanos, TimeUnit.NANOSECONDS);
    }
  }

  private void look(ChannelHandlerContext channel) {
    alarm = null;
    if (ended || !bodyOpen) {
      return;
    }
    if (!channel.channel().config().isAutoRead()) {
      heard = System.nanoTime(); // It is we who do not listen.
    }
    long left = SILENCE - (System.nanoTime() - heard);
    if (left > 0) {
      arm(channel, left);
    } else if (mayAnswer()) {
      answer(channel, new SocketTimeoutException("The body has stopped coming"));
    }
  }

  /** Whether the open body is that of the request being served, and nothing was answered yet. */
  private boolean mayAnswer() {
    return headsRead == headsServed && !answered;
  }

  private static FailureException unreadable() {
    return new FailureException(
        new Failure.Malformed(
            "malformed-request",
            "The body's chunks cannot be read: each begins with its size in hexadecimal digits."));
  }

  private void answer(ChannelHandlerContext channel, Exception problem) {
    RoutingContext context = served;
    if (context == null) {
      return;
    }
    ended = true;
    LastAnswer.send(channel, ProblemAnswer.to(problem, context), RequestName.of(context));
  }
}
