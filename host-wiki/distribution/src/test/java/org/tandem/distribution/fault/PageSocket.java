package org.tandem.distribution.fault;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.tandem.api.host.PageId;
import org.tandem.testkit.WikiClient;
import org.tandem.wiki.settings.WikiSettings;

/**
 * One connection of a client to a node. Threads: safe for use by any thread; what is heard comes by
 * threads of the HTTP client, one after the other.
 */
final class PageSocket implements WebSocket.Listener {

  /** What a client hears of its connection. */
  interface Ear {
    void heard(PageSocket from, JsonNode frame);

    void ended(PageSocket from, int code);
  }

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What RFC 6455 calls a connection that broke. */
  private static final int BROKEN = 1006;

  private final Ear ear;
  private final StringBuilder message = new StringBuilder();
  private CompletableFuture<?> sending = CompletableFuture.completedFuture(null);
  private @Nullable WebSocket socket;
  private boolean over;

  private PageSocket(Ear ear) {
    this.ear = ear;
  }

  /** Connects within 10 s or fails. */
  static PageSocket open(HttpClient http, WikiClient person, String name, PageId page, Ear ear)
      throws Exception {
    PageSocket opened = new PageSocket(ear);
    String wiki = person.wiki().toString();
    String path = "/api/collab/v1/pages/" + page + "/socket?ticket=" + ticket(person, name, page);
    CompletableFuture<WebSocket> opening =
        http.newWebSocketBuilder()
            .header("Origin", wiki)
            .subprotocols("tandem.v1")
            .connectTimeout(PATIENCE)
            .buildAsync(URI.create(wiki.replaceFirst("^http", "ws") + path), opened);
    // A node that was stopped takes connections and says nothing.
    opening.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).get();
    return opened;
  }

  private static String ticket(WikiClient person, String name, PageId page) throws Exception {
    HttpResponse<String> answer = ask(person, page);
    if (answer.statusCode() == 401) {
      person.signIn(name, WikiSettings.DEMO_PASSWORD);
      answer = ask(person, page);
    }
    if (answer.statusCode() != 201) {
      throw new IllegalStateException("no ticket: " + answer.statusCode() + " " + answer.body());
    }
    return JSON.readTree(answer.body()).path("ticket").asText();
  }

  private static HttpResponse<String> ask(WikiClient person, PageId page) {
    Map<String, String> wanted = Map.of("page", page.toString());
    return person.send(person.request("POST", "/api/collab/tickets", wanted).timeout(PATIENCE));
  }

  /** Sends after what was sent before; what cannot be sent is lost, as on a real line. */
  synchronized void send(Map<String, @Nullable Object> frame) {
    WebSocket open = socket;
    if (open == null) {
      return;
    }
    try {
      String text = JSON.writeValueAsString(frame);
      sending = sending.exceptionally(lost -> null).thenCompose(done -> open.sendText(text, true));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  synchronized boolean over() {
    return over;
  }

  private void end(int code) {
    synchronized (this) {
      over = true;
    }
    ear.ended(this, code);
  }

  /** Without a closing handshake. */
  synchronized void abort() {
    if (socket != null) {
      socket.abort();
    }
  }

  synchronized void leave() {
    WebSocket open = socket;
    if (open != null) {
      open.sendClose(WebSocket.NORMAL_CLOSURE, "").whenComplete((sent, failed) -> open.abort());
    }
  }

  @Override
  public void onOpen(WebSocket opened) {
    synchronized (this) {
      socket = opened;
    }
    opened.request(1);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
    message.append(part);
    if (last) {
      String text = message.toString();
      message.setLength(0);
      try {
        ear.heard(this, JSON.readTree(text));
      } catch (JsonProcessingException noJson) {
        throw new IllegalStateException(noJson);
      }
    }
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
    end(status);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable fault) {
    end(BROKEN);
  }
}
