package io.byoa.web;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.vertx.core.impl.VertxBuilder;
import io.vertx.core.impl.transports.JDKTransport;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.spi.VertxServiceProvider;

/**
 * Puts {@link StrictDecoder} and {@link HeadGuard} into every connection, before its first byte is
 * read.
 *
 * <p>Vert.x finds it as a service. A handler of the HTTP server's would come too late: it is told
 * of a connection when the first request has been read.
 */
public final class StrictTransport implements VertxServiceProvider {

  /** What Vert.x calls its decoder, and its upgrade to HTTP/2. */
  private static final String DECODER = "httpDecoder";

  private static final String UPGRADE = "h2c";

  /** The service loader's. */
  public StrictTransport() {}

  @Override
  public void init(VertxBuilder vertx) {
    vertx.findTransport(new Listening());
  }

  private static final class Listening extends JDKTransport {

    @Override
    public void configure(NetServerOptions options, boolean domainSocket, ServerBootstrap server) {
      super.configure(options, domainSocket, server);
      ChannelHandler vertx = server.config().childHandler();
      server.childHandler(
          new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel accepted) {
              accepted.pipeline().addLast(vertx).addLast(new FirstBytes());
            }
          });
    }
  }

  /** By the time they come this far Vert.x knows which HTTP the client speaks. */
  private static final class FirstBytes extends ChannelInboundHandlerAdapter {

    @Override
    public void channelRead(ChannelHandlerContext channel, Object message) throws Exception {
      if (message instanceof ByteBuf) {
        ChannelPipeline pipeline = channel.pipeline();
        if (pipeline.get(DECODER) != null) {
          String next = pipeline.get(UPGRADE) == null ? BodyWatch.VERTX : UPGRADE;
          pipeline.replace(DECODER, DECODER, new StrictDecoder());
          pipeline.addBefore(next, HeadGuard.class.getName(), new HeadGuard());
        }
        pipeline.remove(this);
      }
      channel.fireChannelRead(message);
    }
  }
}
