package org.tandem.distribution.load;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server that orders inserts and stores nothing: what the generator itself can drive is measured
 * against it. A process of its own, for the wiki's core; it prints its port and ends with its
 * input.
 */
public final class Stub {

  private static final Pattern JOIN = Pattern.compile("\"client\":\"([^\"]+)\"");
  private static final Pattern OP =
      Pattern.compile(
          "\"seq\":(\\d+),\"rev\":(\\d+),\"delta\":\\[(?:\\{\"retain\":(\\d+)},)?"
              + "\\{\"insert\":\"([^\"]*)\"}]");

  private final Map<String, Page> pages = new HashMap<>();

  private static final class Page {
    private final List<Channel> channels = new ArrayList<>();
    private final List<int[]> inserts = new ArrayList<>();
  }

  private Stub() {}

  public static void main(String[] args) throws Exception {
    MultiThreadIoEventLoopGroup group =
        new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    Stub stub = new Stub();
    Channel channel =
        new ServerBootstrap()
            .group(group)
            .channel(EpollServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel socket) {
                    socket
                        .pipeline()
                        .addLast(
                            new HttpServerCodec(),
                            new HttpObjectAggregator(65_536),
                            new WebSocketServerProtocolHandler(
                                "/", "tandem.v1", false, 65_536, false, true),
                            stub.new Ear());
                  }
                })
            .bind("127.0.0.1", 0)
            .sync()
            .channel();
    System.out.println(((InetSocketAddress) channel.localAddress()).getPort());
    while (System.in.read() >= 0) {
      // Until the generator closes it or is gone.
    }
    System.exit(0);
  }

  /** One socket. */
  private final class Ear extends SimpleChannelInboundHandler<TextWebSocketFrame> {

    private Page page = new Page();
    private String client = "";

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof WebSocketServerProtocolHandler.HandshakeComplete done) {
        page = pages.computeIfAbsent(done.requestUri(), first -> new Page());
        page.channels.add(context.channel());
      }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame frame) {
      String text = frame.text();
      Matcher op = OP.matcher(text);
      Matcher join = JOIN.matcher(text);
      if (op.find()) {
        take(context.channel(), op);
      } else if (join.find()) {
        client = join.group(1);
        send(
            context.channel(),
            "{\"t\":\"joined\",\"rev\":"
                + page.inserts.size()
                + ",\"acked\":0,\"doc\":[{\"insert\":\"\\n\"}]}");
      }
    }

    private void take(Channel author, Matcher op) {
      int place = op.group(3) == null ? 0 : Integer.parseInt(op.group(3));
      String letters = op.group(4);
      for (int rev = Integer.parseInt(op.group(2)); rev < page.inserts.size(); rev++) {
        int[] insert = page.inserts.get(rev);
        place += insert[0] <= place ? insert[1] : 0;
      }
      page.inserts.add(new int[] {place, letters.length()});
      int rev = page.inserts.size();
      String hlc = "\"hlc\":\"0000000000000000-00000000\"}";
      String retain = place == 0 ? "" : "{\"retain\":" + place + "},";
      String others =
          "{\"t\":\"op\",\"rev\":"
              + rev
              + ",\"client\":\""
              + client
              + "\",\"seq\":"
              + op.group(1)
              + ",\"user\":\"00000000-0000-0000-0000-000000000000\",\"delta\":["
              + retain
              + "{\"insert\":\""
              + letters
              + "\"}],"
              + hlc;
      for (Channel channel : page.channels) {
        send(
            channel,
            channel == author
                ? "{\"t\":\"ack\",\"seq\":" + op.group(1) + ",\"rev\":" + rev + "," + hlc
                : others);
      }
    }

    private static void send(Channel channel, String text) {
      channel.writeAndFlush(new TextWebSocketFrame(text), channel.voidPromise());
    }
  }
}
