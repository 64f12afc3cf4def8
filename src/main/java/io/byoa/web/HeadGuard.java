package io.byoa.web;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.MultiMap;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers the requests of one HTTP/1.1 connection after which nobody can tell where the next one
 * begins, and ends the connection with that.
 *
 * <p>Vert.x would answer some of them without a body, and serve others. The answer comes when it is
 * its turn: after those to the requests before it.
 */
final class HeadGuard extends ChannelDuplexHandler {

  private boolean served;
  private int unanswered;
  private boolean last;
  private boolean deaf;
  private boolean mute;
  private @Nullable HttpRequest refused;

  @Override
  public void channelRead(ChannelHandlerContext channel, Object message) throws Exception {
    if (message instanceof HttpRequest head && !deaf) {
      deaf = last || check(head).isPresent();
      if (deaf) {
        refused = last ? null : head;
        refuseInTurn(channel);
      } else {
        UpgradeOffer.passOverHalf(head.headers());
        served = true;
        unanswered++;
        last = !HttpUtil.isKeepAlive(head);
      }
    }
    if (deaf) {
      ReferenceCountUtil.release(message);
    } else {
      super.channelRead(channel, message);
    }
  }

  @Override
  public void write(ChannelHandlerContext channel, Object message, ChannelPromise promise)
      throws Exception {
    if (mute) {
      ReferenceCountUtil.release(message);
      promise.tryFailure(new ClosedChannelException());
      return;
    }
    super.write(channel, message, promise);
    if (message instanceof LastHttpContent && !isInterim(message)) {
      unanswered--;
      refuseInTurn(channel);
    }
  }

  /**
   * Before its first request and after its last one a connection has nobody else to hear of this.
   */
  @Override
  public void exceptionCaught(ChannelHandlerContext channel, Throwable cause) throws Exception {
    if (cause instanceof IOException && (deaf || !served)) {
      var _ = channel.close();
    } else {
      super.exceptionCaught(channel, cause);
    }
  }

  private static boolean isInterim(Object message) {
    return message instanceof HttpResponse response
        && response.status().code() < HttpResponseStatus.OK.code();
  }

  private static Optional<Problem> check(HttpRequest head) {
    return head.decoderResult().isFailure()
        ? Optional.of(UnreadableHead.problemOf(head))
        : RequestLine.checkFraming(
            (MultiMap) head.headers(), head.protocolVersion().minorVersion() > 0);
  }

  private void refuseInTurn(ChannelHandlerContext channel) {
    HttpRequest head = refused;
    if (head == null || unanswered > 0) {
      return;
    }
    refused = null;
    if (channel.channel().isActive()) {
      mute = true;
      RequestName request = RequestName.of(head);
      LastAnswer.send(channel, ProblemAnswer.of(check(head).orElseThrow(), request), request);
    }
  }
}
