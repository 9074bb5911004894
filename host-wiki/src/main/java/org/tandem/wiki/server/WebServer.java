package org.tandem.wiki.server;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.Servlet;
import jakarta.websocket.server.ServerContainer;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.EnumSet;
import org.eclipse.jetty.compression.gzip.GzipCompression;
import org.eclipse.jetty.compression.server.CompressionConfig;
import org.eclipse.jetty.compression.server.CompressionHandler;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.ee11.websocket.jakarta.common.JakartaWebSocketContainer;
import org.eclipse.jetty.ee11.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.server.handler.ResourceHandler;
import org.eclipse.jetty.server.handler.SizeLimitHandler;
import org.eclipse.jetty.util.resource.Resource;
import org.eclipse.jetty.util.resource.ResourceFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.wiki.metrics.RouteClass;
import org.tandem.wiki.metrics.WikiMetrics;
import org.tandem.wiki.plugin.route.ControlFrames;
import org.tandem.wiki.settings.StartRefusal;
import org.tandem.wiki.settings.TrustedProxies;

/**
 * Jetty with the wiki's site.
 *
 * <p>Life cycle: {@link #bind} takes the port, {@link #start} serves, {@link #refuseMore} takes no
 * more requests, {@link #close} ends those that are left. Threads: these are called by one thread.
 */
public final class WebServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);

  private static final int MAX_THREADS = 200;
  private static final int MAX_BODY_BYTES = 16 * 1024 * 1024;

  /** Forms with files: larger ones stand on the disk while their request is served. */
  private static final MultipartConfigElement FILES =
      new MultipartConfigElement("", MAX_BODY_BYTES, MAX_BODY_BYTES, 256 * 1024);

  private static final int MAX_HEADER_BYTES = 16 * 1024;
  private static final long IDLE_MS = 60_000;
  private static final long UNDER_WAY_MS = 5_000;
  private static final long STOP_MS = 1_000;

  private final Server server;
  private final ServerConnector connector;
  private final ReservedPort reserved;
  private @Nullable UnderWay requests;

  private WebServer(Server server, ServerConnector connector, ReservedPort reserved) {
    this.server = server;
    this.connector = connector;
    this.reserved = reserved;
  }

  /**
   * Takes the port; connections are refused until {@link #start}.
   *
   * @param port 0 for any free one
   * @param proxies those that are believed to ask for somebody else
   */
  public static WebServer bind(String address, int port, TrustedProxies proxies)
      throws StartRefusal {
    QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS);
    threads.setName("http");
    Server server = new Server(threads);
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(MAX_HEADER_BYTES);
    if (!proxies.isEmpty()) {
      http.addCustomizer(new ForwardedAddress(proxies));
    }
    ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setHost(address);
    connector.setIdleTimeout(IDLE_MS);
    server.addConnector(connector);
    server.setOpenEarly(false);
    try {
      ReservedPort reserved = ReservedPort.of(address, port);
      connector.setPort(reserved.port());
      return new WebServer(server, connector, reserved);
    } catch (IOException | UnresolvedAddressException taken) {
      throw refusal(address, port, taken);
    }
  }

  private static StartRefusal refusal(String address, int port, Exception cause) {
    Throwable root = cause.getCause() == null ? cause : cause.getCause();
    if (root instanceof UnresolvedAddressException) {
      return new StartRefusal(
          "The address " + address + " is not known: set tandem.address to one of this machine.",
          cause);
    }
    String reason = String.valueOf(root.getMessage());
    if (reason.contains("Cannot assign")) {
      return new StartRefusal(
          "The address " + address + " is none of this machine: set tandem.address to one that is.",
          cause);
    } else if (reason.contains("Permission denied")) {
      return new StartRefusal(
          "This user may not listen at port " + port + ": set tandem.port to one above 1023.",
          cause);
    }
    return new StartRefusal(
        "The port "
            + port
            + " at "
            + address
            + " is taken: end the program that uses it, or set"
            + " tandem.port to another.",
        cause);
  }

  public int port() {
    return connector.getPort();
  }

  /** An address for clients on this machine. */
  public URI address() {
    String host = connector.getHost();
    boolean any = host.equals("0.0.0.0") || host.equals("::");
    String reachable = any ? "127.0.0.1" : host;
    return URI.create(
        "http://" + (reachable.contains(":") ? "[" + reachable + "]" : reachable) + ":" + port());
  }

  public void start(Site site) throws StartRefusal {
    ErrorPages errors = new ErrorPages(site.web());
    server.setErrorHandler(errors);
    Handler.Sequence handlers = new Handler.Sequence(assets(), context(site, errors));
    SizeLimitHandler sizes = new SizeLimitHandler(MAX_BODY_BYTES, -1);
    sizes.setHandler(compression(handlers));
    UnderWay counted = new UnderWay(new SecurityHeaders(site.https(), sizes));
    requests = counted;
    server.setRequestLog((request, answer) -> count(site.metrics(), request, answer));
    server.setHandler(counted);
    server.setStopTimeout(STOP_MS);
    try {
      server.start();
      reserved.close();
    } catch (Exception failure) {
      throw new StartRefusal("The web server did not start: " + failure.getMessage(), failure);
    }
  }

  private static void count(WikiMetrics metrics, Request request, Response answer) {
    metrics.served(
        RouteClass.of(Request.getPathInContext(request)),
        answer.getStatus(),
        Duration.ofNanos(System.nanoTime() - request.getBeginNanoTime()));
  }

  /** Only files: compressing a page that holds a secret beside what a stranger chose leaks it. */
  private static Handler compression(Handler handler) {
    CompressionHandler compression = new CompressionHandler(handler);
    compression.putCompression(new GzipCompression());
    compression.putConfiguration(
        "/*",
        CompressionConfig.builder()
            .defaults()
            .compressIncludePath("/assets/*")
            .compressIncludePath("/plugins/*")
            .build());
    return compression;
  }

  /** The files of the web build, whose names change with their content. */
  private Handler assets() {
    ContextHandler context = new ContextHandler("/assets");
    Resource folder = ResourceFactory.of(server).newClassLoaderResource("web/assets/", false);
    if (folder != null) {
      ResourceHandler files = new ResourceHandler();
      files.setBaseResource(folder);
      files.setDirAllowed(false);
      files.setEtags(true);
      files.setCacheControl("public, max-age=31536000, immutable");
      context.setHandler(files);
    }
    return context;
  }

  private static ServletContextHandler context(Site site, ErrorPages errors) {
    ServletContextHandler context = new ServletContextHandler();
    context.setErrorHandler(errors);
    context.setMaxFormContentSize(MAX_BODY_BYTES);
    JakartaWebSocketServletContainerInitializer.configure(
        context, (servlets, sockets) -> countControlFrames(sockets));
    filter(context, site.guard(), "/*");
    filter(context, site.pluginRoutes(), "/api/*");
    serve(context, new Health(site.pool()), "/health/*");
    serve(context, new Metrics(site.metrics()), "/metrics");
    serve(context, site.pluginAssets(), "/plugins/*");
    serve(context, site.auth(), "/api/auth/*");
    serve(context, jersey(site.rest()), "/api/*");
    serve(context, jersey(site.html()), "/*").getRegistration().setMultipartConfig(FILES);
    return context;
  }

  private static void countControlFrames(ServerContainer sockets) {
    ((JakartaWebSocketContainer) sockets)
        .getWebSocketComponents()
        .getExtensionRegistry()
        .register(ControlFrames.NAME, ControlFrames.class);
  }

  private static Servlet jersey(ResourceConfig config) {
    return new ServletContainer(config);
  }

  private static void filter(ServletContextHandler context, Filter filter, String path) {
    FilterHolder holder = new FilterHolder(filter);
    holder.setAsyncSupported(true);
    context.addFilter(holder, path, EnumSet.of(DispatcherType.REQUEST));
  }

  private static ServletHolder serve(ServletContextHandler context, Servlet servlet, String path) {
    ServletHolder holder = new ServletHolder(servlet);
    holder.setAsyncSupported(true);
    holder.setInitOrder(1);
    context.addServlet(holder, path);
    return holder;
  }

  /**
   * Takes no more connections and no more requests on those that are open, and waits for the
   * requests that are under way, for 5 s at the most. Sockets stay open.
   */
  public void refuseMore() {
    connector.close();
    if (requests != null) {
      requests.end(UNDER_WAY_MS);
    }
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception failure) {
      LOG.warn("The web server did not end cleanly: {}", failure.toString());
    }
    connector.close();
    reserved.close();
  }
}
