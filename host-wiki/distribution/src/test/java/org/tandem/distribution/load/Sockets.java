package org.tandem.distribution.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.TimeUnit;

/**
 * WebSockets on one event loop. Netty was chosen because it costs the generator's one core least
 * per frame: its native epoll, one thread, no object but the frame's. No permessage-deflate is
 * offered.
 */
final class Sockets implements AutoCloseable {

  /** Who listens to a socket; called on the event loop. */
  interface Listener {

    void opened(Channel channel);

    void frame(byte[] bytes, int length) throws IOException;

    /**
     * The socket is gone.
     *
     * @param code the closing frame's, or 1006 when there was none
     */
    void closed(int code, String why);
  }

  private static final int MOST_BYTES = 256 * 1024 * 1024;
  private static final int NO_CLOSING_FRAME = 1006;

  private final boolean epoll = Epoll.isAvailable();
  private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, factory());
  private byte[] bytes = new byte[1024 * 1024];

  private IoHandlerFactory factory() {
    return epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
  }

  EventLoop loop() {
    return group.next();
  }

  /** Opens a socket of a page with a person's cookies. */
  void open(URI wiki, String page, String cookies, Listener listener) {
    URI address =
        URI.create("ws://127.0.0.1:" + wiki.getPort() + "/api/collab/v1/pages/" + page + "/socket");
    HttpHeaders headers =
        new DefaultHttpHeaders()
            .set(HttpHeaderNames.COOKIE, cookies)
            .set(HttpHeaderNames.HOST, wiki.getAuthority())
            .set(HttpHeaderNames.ORIGIN, wiki.toString());
    WebSocketClientProtocolConfig config =
        WebSocketClientProtocolConfig.newBuilder()
            .webSocketUri(address)
            .subprotocol("tandem.v1")
            .customHeaders(headers)
            .generateOriginHeader(false)
            .maxFramePayloadLength(MOST_BYTES)
            .handleCloseFrames(false)
            .handshakeTimeoutMillis(60_000)
            .build();
    new Bootstrap()
        .group(group)
        .channel(epoll ? EpollSocketChannel.class : NioSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .handler(
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel channel) {
                channel
                    .pipeline()
                    .addLast(
                        new HttpClientCodec(),
                        new HttpObjectAggregator(64 * 1024),
                        new WebSocketClientProtocolHandler(config),
                        new WebSocketFrameAggregator(MOST_BYTES),
                        new Ear(listener));
              }
            })
        .connect("127.0.0.1", wiki.getPort())
        .addListener(
            connected -> {
              if (!connected.isSuccess()) {
                listener.closed(NO_CLOSING_FRAME, connected.cause().toString());
              }
            });
  }

  private byte[] room(int length) {
    if (bytes.length < length) {
      bytes = new byte[2 * length];
    }
    return bytes;
  }

  /** The end of one channel's pipeline. */
  private final class Ear extends SimpleChannelInboundHandler<WebSocketFrame> {

    private final Listener listener;
    private int code = NO_CLOSING_FRAME;
    private String why = "";

    Ear(Listener listener) {
      this.listener = listener;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event == WebSocketClientProtocolHandler.ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
        listener.opened(context.channel());
      }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame)
        throws IOException {
      if (frame instanceof TextWebSocketFrame text) {
        ByteBuf content = text.content();
        int length = content.readableBytes();
        byte[] room = room(length);
        content.getBytes(content.readerIndex(), room, 0, length);
        listener.frame(room, length);
      } else if (frame instanceof CloseWebSocketFrame close) {
        code = close.statusCode();
        why = close.reasonText();
        context
            .writeAndFlush(new CloseWebSocketFrame(code, why))
            .addListener(written -> context.close());
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      listener.closed(code, why);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable fault) {
      why = fault.toString();
      context.close();
    }
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
