package org.tandem.wiki.core;

import com.zaxxer.hikari.HikariDataSource;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.glassfish.jersey.servlet.ServletContainer;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.tandem.api.editor.PageAuthority;
import org.tandem.api.host.Database;
import org.tandem.api.host.User;
import org.tandem.db.DatabaseAddress;
import org.tandem.db.DatabasePool;
import org.tandem.db.DatabaseRefusal;
import org.tandem.db.EmbeddedDatabase;
import org.tandem.db.Migrations;
import org.tandem.wiki.maintenance.Runs;
import org.tandem.wiki.plugin.extension.Extensions;
import org.tandem.wiki.plugin.extension.Times;
import org.tandem.wiki.view.EditorPage;

/**
 * The core on a real PostgreSQL and a real Jetty, with the demo's people and spaces. Who calls is
 * said by the header X-Caller: signing in is not the core's business.
 */
public final class TestWiki implements AutoCloseable {

  /** How long entries of the audit are kept. */
  public static final Duration AUDIT_KEPT = Duration.ofDays(30);

  private static final String CALLER = "X-Caller";

  /** Gives a test the one wiki of this run. */
  public static final class Shared implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == TestWiki.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(ExtensionContext.Namespace.GLOBAL)
          .getOrComputeIfAbsent(TestWiki.class, key -> start(), TestWiki.class);
    }

    private static TestWiki start() {
      try {
        return new TestWiki();
      } catch (Exception failure) {
        throw new IllegalStateException("The test's wiki does not start", failure);
      }
    }
  }

  public final AtomicReference<Optional<PageAuthority>> authority =
      new AtomicReference<>(Optional.empty());
  public final AtomicReference<Optional<EditorPage>> editor =
      new AtomicReference<>(Optional.empty());

  /** What plugins have registered: nothing, unless a test does. */
  public final Extensions extensions = new Extensions(new Times(1_500, 1_500, 1_500));

  public final Database database;
  private final Core core;
  private final HikariDataSource pool;

  private final Path folder;
  private final EmbeddedDatabase postgres;
  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);
  private final HttpClient client = HttpClient.newHttpClient();

  TestWiki() throws Exception {
    this.folder = Files.createTempDirectory("tandem-wiki-test");
    this.postgres = EmbeddedDatabase.start(folder, OptionalInt.empty());
    DatabaseAddress address = postgres.address();
    this.database = new Database(address.url(), address.user(), address.password());
    this.pool = DatabasePool.open(address, "wiki-test", 10);
    Migrations.migrate(pool, "wiki", "db/wiki", TestWiki.class.getClassLoader());
    this.core = node();
    extensions.know(core.accounts(), core.pages(), core.access());
    core.demo().create("hash");
    serve();
  }

  /** A node of the same wiki, without a server. */
  public Core node() throws SQLException {
    return node(Clock.systemUTC());
  }

  /** The same by another clock. */
  public Core node(Clock clock) throws SQLException {
    return Core.open(
        new Core.Needs(
            pool,
            database,
            authority::get,
            editor::get,
            List::of,
            extensions,
            extensions::looks,
            extensions.search(),
            extensions.exchange(),
            this::caller,
            Locale.ENGLISH,
            AUDIT_KEPT,
            clock));
  }

  public Core core() {
    return core;
  }

  private void serve() throws Exception {
    ServletContextHandler context = new ServletContextHandler();
    context.setMaxFormContentSize(6 * 1024 * 1024);
    Runs runs = new Runs(List::of, database, Clock.systemUTC());
    NoPlugins none = new NoPlugins();
    context.addServlet(
        new ServletHolder(new ServletContainer(core.rest(core.adminCalls(runs, none)))), "/api/*");
    List<Object> pages = new ArrayList<>(core.adminPages(runs, none));
    pages.add(core.people(person -> "one-time"));
    ServletHolder html = new ServletHolder(new ServletContainer(core.html(pages)));
    html.getRegistration().setMultipartConfig(new MultipartConfigElement(""));
    context.addServlet(html, "/*");
    context.addFilter(TestWiki::readForm, "/*", EnumSet.of(DispatcherType.REQUEST));
    server.setHandler(context);
    connector.setHost("127.0.0.1");
    // A call that met a connection at the end of its idle time failed now and then.
    connector.setIdleTimeout(TimeUnit.MINUTES.toMillis(10));
    server.addConnector(connector);
    server.start();
  }

  /** As the filter does that checks the token of a form. */
  private static void readForm(ServletRequest request, ServletResponse answer, FilterChain chain)
      throws IOException, ServletException {
    request.getParameter("csrf");
    chain.doFilter(request, answer);
  }

  /** A person with whom every question to the database fails. */
  public static final String UNLUCKY = "unlucky";

  private Optional<User> caller(HttpServletRequest request) {
    if (UNLUCKY.equals(request.getHeader(CALLER))) {
      throw new UncheckedIOException(new IOException("The database is away."));
    }
    return Optional.ofNullable(request.getHeader(CALLER))
        .filter(name -> !name.isEmpty())
        .flatMap(core.accounts()::named);
  }

  public User user(String name) {
    return core.accounts().named(name).orElseThrow();
  }

  /** A call of the person; no name: nobody has signed in. */
  public HttpResponse<String> call(
      String person, String method, String path, String body, String... headers) throws Exception {
    return call(person, method, path, BodyPublishers.ofString(body), headers);
  }

  /** The same with a body that is no text. */
  public HttpResponse<String> call(
      String person, String method, String path, BodyPublisher body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + connector.getLocalPort() + path))
            .method(method, body)
            .header(CALLER, person);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  public HttpResponse<String> get(String person, String path, String... headers) throws Exception {
    return call(person, "GET", path, "", headers);
  }

  public HttpResponse<String> json(
      String person, String method, String path, String body, String... more) throws Exception {
    String[] headers = Arrays.copyOf(more, more.length + 2);
    headers[more.length] = "Content-Type";
    headers[more.length + 1] = "application/json";
    return call(person, method, path, body, headers);
  }

  public HttpResponse<String> form(String person, String path, String fields) throws Exception {
    return call(person, "POST", path, fields, "Content-Type", "application/x-www-form-urlencoded");
  }

  /** What the page now holds, in this form. */
  public String content(String page, String mediaType) throws Exception {
    return get("admin", "/api/pages/" + page + "/content", "Accept", mediaType).body();
  }

  /** A new page in the space team; its id. */
  public String page(String title, String markdown) throws Exception {
    HttpResponse<String> made =
        json(
            "editor1",
            "POST",
            "/api/pages",
            Json.of("space", "team", "title", title, "markdown", markdown));
    return Json.read(made.body()).get("id").textValue();
  }

  @Override
  public void close() throws IOException, DatabaseRefusal {
    LifeCycle.stop(server);
    extensions.close();
    core.close();
    pool.close();
    postgres.close();
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    }
  }
}
