package org.tandem.distribution;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.tandem.api.host.PageId;
import org.tandem.testkit.ScriptedClient;
import org.tandem.testkit.WikiClient;
import org.tandem.wiki.settings.WikiSettings;

/**
 * Types a word of its own some ten times a second, connected or not, and connects again at once
 * when its connection is closed. Threads: safe for use by any thread; it has one of its own.
 */
final class RovingWriter implements AutoCloseable {

  private static final long BETWEEN_WORDS = 100;

  private final ScheduledExecutorService hands = Executors.newSingleThreadScheduledExecutor();
  private final ScriptedClient client;
  private final String name;
  private final List<Integer> codes = new ArrayList<>();
  private final List<Long> gaps = new ArrayList<>();
  private int typed;
  private boolean lost;
  private boolean waited;
  private long answeredAt = System.nanoTime();
  private volatile int saved;
  private volatile boolean rests;

  private RovingWriter(ScriptedClient client, int number) {
    this.client = client;
    this.name = "c" + number + "w";
  }

  static RovingWriter begin(URI wiki, String person, PageId page, int number) {
    WikiClient signedIn = WikiClient.signedIn(wiki, person, WikiSettings.DEMO_PASSWORD);
    RovingWriter writer = new RovingWriter(ScriptedClient.join(signedIn, page), number);
    writer.hands.scheduleWithFixedDelay(writer::beat, 0, BETWEEN_WORDS, TimeUnit.MILLISECONDS);
    return writer;
  }

  private void beat() {
    if (!rests) {
      typed++;
      client.append(name + typed + " ");
    }
    if (lost) {
      connect();
    }
    if (!lost) {
      client.await("answered", told -> told.settled() || told.closed().isPresent());
      client.closed().ifPresent(this::closed);
    }
    if (client.settled()) {
      answered();
    } else if (lost) {
      connect();
    }
  }

  private void closed(int code) {
    codes.add(code);
    lost = true;
    waited = true;
  }

  /** Without a node that takes it, the next beat tries again. */
  private void connect() {
    try {
      client.connect();
      lost = false;
    } catch (RuntimeException | AssertionError away) {
      waited = true;
    }
  }

  private void answered() {
    long now = System.nanoTime();
    if (waited && !lost) {
      gaps.add(TimeUnit.NANOSECONDS.toMillis(now - answeredAt));
      waited = false;
    }
    answeredAt = now;
    saved = typed;
  }

  /** How many words are acknowledged, at least. */
  int saved() {
    return saved;
  }

  /** Types no more, and returns when all is acknowledged. */
  void finish() {
    Awaitility.await("all of " + name)
        .atMost(90, TimeUnit.SECONDS)
        .until(hands.submit(() -> rests = true)::isDone);
    Awaitility.await("all of " + name).atMost(60, TimeUnit.SECONDS).until(() -> client.settled());
    hands.shutdown();
    Awaitility.await("an end of " + name)
        .atMost(60, TimeUnit.SECONDS)
        .until(() -> hands.awaitTermination(1, TimeUnit.SECONDS));
  }

  /** All words in the order of their typing. */
  List<String> words() {
    return IntStream.rangeClosed(1, typed).mapToObj(word -> name + word).toList();
  }

  /** Those words of a text that are this writer's. */
  List<String> wordsIn(String text) {
    return Stream.of(text.split("\\s+")).filter(word -> word.startsWith(name)).toList();
  }

  /** What the server closed its connections with. */
  List<Integer> codes() {
    return List.copyOf(codes);
  }

  /** Milliseconds from the last acknowledgement before a loss to the first one behind it. */
  List<Long> gaps() {
    return List.copyOf(gaps);
  }

  List<JsonNode> errors() {
    return client.heard().stream()
        .filter(frame -> frame.path("t").asText().equals("error"))
        .toList();
  }

  @Override
  public void close() {
    hands.shutdownNow();
    client.close();
  }
}
