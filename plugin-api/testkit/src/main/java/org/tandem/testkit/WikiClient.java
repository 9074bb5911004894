package org.tandem.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.DeltaJson;
import org.tandem.api.host.PageContent;
import org.tandem.api.host.PageId;
import org.tandem.wiki.settings.WikiSettings;

/**
 * One person at the wiki's REST interface, with cookies of their own.
 *
 * <p>Threads: safe for use by any thread, after the sign-in.
 *
 * <p>Failure: an {@link AssertionError} that quotes the wiki's answer, when a call that must
 * succeed did not; {@link UncheckedIOException} when there was no answer within 30 s. {@link #send}
 * hands out every answer, for tests of refusals.
 *
 * <p>A connection that nothing was asked on for 20 s is not used again: the wiki closes one after a
 * minute, and a request that meets the end of its connection is lost, unless it is a GET, which the
 * JDK sends again.
 */
public final class WikiClient {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int UNAVAILABLE = 503;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** For how many seconds the JDK's client keeps a connection; it reads this once. */
  private static final String KEPT = "jdk.httpclient.keepalive.timeout";

  static {
    if (System.getProperty(KEPT) == null) {
      System.setProperty(KEPT, "20");
    }
  }

  private final URI wiki;
  private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
  private final HttpClient http =
      HttpClient.newBuilder().cookieHandler(cookies).connectTimeout(PATIENCE).build();
  private volatile String name = "nobody";

  /** Somebody who is not signed in. */
  public WikiClient(URI wiki) {
    this.wiki = wiki;
  }

  /** A client that is signed in; fails the test when it is not let in. */
  public static WikiClient signedIn(URI wiki, String name, String password) {
    WikiClient client = new WikiClient(wiki);
    client.signIn(name, password);
    return client;
  }

  /**
   * One of the people that the wiki of the test has, signed in.
   *
   * @param name {@code admin}, {@code editor1}, {@code editor2}, {@code commenter} or {@code
   *     viewer}
   */
  public static WikiClient demo(URI wiki, String name) {
    return signedIn(wiki, name, WikiSettings.DEMO_PASSWORD);
  }

  /** Signs in, with cookies as a browser; fails the test when it is not let in. */
  public void signIn(String name, String password) {
    call("POST", "/api/auth/sign-in", Map.of("name", name, "password", password), 204);
    this.name = name;
  }

  /** Ends the sign-in. */
  public void signOut() {
    call("POST", "/api/auth/sign-out", Map.of(), 204);
  }

  /** Takes the next tokens, as a browser does while somebody is there. */
  public void refresh() {
    call("POST", "/api/auth/refresh", Map.of(), 204);
  }

  /** What a browser sends as {@code Cookie} to an address of the wiki. */
  public String cookies(String path) {
    try {
      return String.join(
          "; ", cookies.get(wiki.resolve(path), Map.of()).getOrDefault("Cookie", List.of()));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** What the wiki says of whoever is signed in. */
  public JsonNode me() {
    return json(call("GET", "/api/me", null, 200));
  }

  /** Creates a page in a space, and gives its id; tries again as {@link #save} does. */
  public PageId createPage(String space, String title, String markdown) {
    Map<String, String> page = Map.of("space", space, "title", title, "markdown", markdown);
    JsonNode created = json(expect(sendUntilTaken(request("POST", "/api/pages", page)), 201));
    return PageId.parse(created.path("id").asText()).orElseThrow();
  }

  /** An empty page in the demo's space for trying things. */
  public PageId createPage(String title) {
    return createPage("team", title, "");
  }

  /** Deletes the page for good. */
  public void deletePage(PageId page) {
    call("DELETE", "/api/pages/" + page, null, 204);
  }

  /** The page's newest content, as the wiki knows it. */
  public PageContent content(PageId page) {
    JsonNode content = json(call("GET", "/api/pages/" + page + "/content", null, 200));
    return new PageContent(content.path("rev").asLong(), delta(content.path("ops")));
  }

  /**
   * Waits until this is the page's content in the wiki's own copy, too, which its readers see and
   * find: it follows what was acknowledged within some seconds.
   */
  public void awaitContent(PageId page, Delta document) {
    Awaitility.await("the wiki shows " + document)
        .atMost(PATIENCE)
        .until(
            () -> {
              PageContent now = content(page);
              return now.document().equals(document) && shown(page) >= now.rev();
            });
  }

  /** The revision that readers see. */
  private long shown(PageId page) {
    JsonNode newestFirst = json(call("GET", "/api/pages/" + page + "/versions", null, 200));
    return newestFirst.path(0).path("rev").asLong();
  }

  /**
   * Saves the whole page, as an edit of the revision {@code base}; again while the wiki says that
   * it cannot now, as where the check of a plugin does not answer in time.
   */
  public void save(PageId page, long base, Delta document) {
    String path = "/api/pages/" + page + "/content";
    HttpRequest.Builder request = request("PUT", path, Map.of("ops", DeltaJson.toPlain(document)));
    expect(sendUntilTaken(request.header("If-Match", "\"" + base + "\"")), 200);
  }

  /** The page's own address, as a browser without JavaScript reads it. */
  public String view(PageId page) {
    return read("/pages/" + page, "text/html");
  }

  /** A ticket for one connection to a page. */
  public String ticket(PageId page) {
    Map<String, String> wanted = Map.of("page", page.toString());
    return json(call("POST", "/api/collab/tickets", wanted, 201)).path("ticket").asText();
  }

  /** The name that it signed in with last, {@code nobody} before. */
  public String name() {
    return name;
  }

  /** The page as Markdown. */
  public String markdown(PageId page) {
    return read("/api/pages/" + page + "/content", "text/markdown");
  }

  /** The page as plain text. */
  public String text(PageId page) {
    return read("/api/pages/" + page + "/content", "text/plain");
  }

  private String read(String path, String type) {
    return expect(send(request("GET", path, null).setHeader("Accept", type)), 200).body();
  }

  /** The address of the wiki. */
  public URI wiki() {
    return wiki;
  }

  HttpClient http() {
    return http;
  }

  /**
   * A request with this person's cookies and CSRF token.
   *
   * @param body written as JSON; null for none
   */
  public HttpRequest.Builder request(String method, String path, @Nullable Object body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(wiki.resolve(path))
            .timeout(PATIENCE)
            .header("Accept", "application/json")
            .method(method, body == null ? BodyPublishers.noBody() : publisher(body));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    cookies.getCookieStore().getCookies().stream()
        .filter(cookie -> cookie.getName().equals("csrf"))
        .map(HttpCookie::getValue)
        .forEach(token -> request.setHeader("X-CSRF-Token", token));
    return request;
  }

  /**
   * Sends the request with the cookies of this client, and waits for the answer, whatever its
   * status.
   */
  public HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for the wiki", stopped);
    }
  }

  /** Sends the request, again while the answer is that the wiki cannot now; the last answer. */
  HttpResponse<String> sendUntilTaken(HttpRequest.Builder request) {
    AtomicReference<HttpResponse<String>> last = new AtomicReference<>(send(request.copy()));
    try {
      Awaitility.await()
          .pollInSameThread()
          .atMost(PATIENCE)
          .until(
              () -> {
                if (last.get().statusCode() == UNAVAILABLE) {
                  last.set(send(request.copy()));
                }
                return last.get().statusCode() != UNAVAILABLE;
              });
    } catch (ConditionTimeoutException still) {
      // The answer says it.
    }
    return last.get();
  }

  private HttpResponse<String> call(
      String method, String path, @Nullable Object body, int expected) {
    return expect(send(request(method, path, body)), expected);
  }

  private static HttpResponse<String> expect(HttpResponse<String> answer, int expected) {
    if (answer.statusCode() != expected) {
      HttpRequest request = answer.request();
      throw new AssertionError(
          "%s %s was answered with %d instead of %d: %s"
              .formatted(
                  request.method(), request.uri(), answer.statusCode(), expected, answer.body()));
    }
    return answer;
  }

  private static HttpRequest.BodyPublisher publisher(Object body) {
    try {
      return BodyPublishers.ofString(JSON.writeValueAsString(body));
    } catch (JsonProcessingException notPlain) {
      throw new IllegalArgumentException(notPlain);
    }
  }

  private static JsonNode json(HttpResponse<String> answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (JsonProcessingException noJson) {
      throw new AssertionError("the wiki answered with no JSON: " + answer.body(), noJson);
    }
  }

  static Delta delta(JsonNode ops) {
    if (DeltaJson.read(ops.toString()) instanceof DeltaJson.Parsed.Valid valid) {
      return valid.delta();
    }
    throw new AssertionError("the wiki sent no delta: " + ops);
  }
}
