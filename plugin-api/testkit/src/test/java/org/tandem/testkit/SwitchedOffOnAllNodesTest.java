package org.tandem.testkit;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.DeltaJson;
import org.tandem.api.document.PlainText;
import org.tandem.api.host.PageContent;
import org.tandem.api.host.PageId;
import org.tandem.wiki.installation.Condition;
import org.tandem.wiki.settings.WikiSettings;

/**
 * Co-editing is disabled and enabled on two nodes while a person types on each: whatever was typed
 * is in the page exactly once at the end, in its author's order, beside what was saved meanwhile by
 * a form.
 */
@Timeout(300)
class SwitchedOffOnAllNodesTest {

  private static final String COLLAB = "collab";

  @TempDir Path folder;

  private TwoNodes nodes;

  @BeforeEach
  void start() throws Exception {
    nodes = TwoNodes.start(folder);
    nodes.one().plugins().install(Path.of(System.getProperty("tandem.collab")), "admin");
  }

  @AfterEach
  void end() {
    if (nodes != null) {
      nodes.close();
    }
  }

  @Test
  void nothingThatWasTypedIsLostOrDoubled() throws Exception {
    WikiClient first =
        WikiClient.signedIn(nodes.one().address(), "editor1", WikiSettings.DEMO_PASSWORD);
    WikiClient second =
        WikiClient.signedIn(nodes.two().address(), "editor2", WikiSettings.DEMO_PASSWORD);
    PageId page = first.createPage("Switched off");
    nodes.awaitCondition(COLLAB, Condition.RUNNING);
    try (Typing here = new Typing(first, page, "a");
        Typing there = new Typing(second, page, "b")) {
      for (int time = 0; time < 3; time++) {
        here.write(5);
        there.write(5);
        // Not all of these will have an answer before the end.
        there.begin(3);
        nodes.one().plugins().disable(COLLAB, "admin");
        nodes.awaitCondition(COLLAB, Condition.OFF);
        here.awaitClosed();
        there.awaitClosed();
        saveAlone(time % 2 == 0 ? first : second, page, "saved" + time);
        nodes.two().plugins().enable(COLLAB, "admin");
        nodes.awaitCondition(COLLAB, Condition.RUNNING);
        here.goOn();
        there.goOn();
      }
      here.write(1);
      there.write(1);
      Delta document =
          Convergence.assertWithin(Duration.ofSeconds(30), here.client(), there.client());
      List<String> words = words(PlainText.of(document));
      assertEquals(here.words(), ofAuthor(words, "a"));
      assertEquals(there.words(), ofAuthor(words, "b"));
      assertEquals(List.of("saved2", "saved1", "saved0"), ofAuthor(words, "saved"));
    }
  }

  /** As a form does that is tried again while the wiki says that it cannot save now. */
  private static void saveAlone(WikiClient person, PageId page, String line) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              PageContent now = person.content(page);
              Delta document = now.document().compose(Delta.builder().insert(line + "\n").build());
              HttpResponse<String> answer =
                  person.send(
                      person
                          .request(
                              "PUT",
                              "/api/pages/" + page + "/content",
                              Map.of("ops", DeltaJson.toPlain(document)))
                          .header("If-Match", "\"" + now.rev() + "\""));
              return answer.statusCode() == 200;
            });
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.split("\\s+")).filter(word -> !word.isEmpty()).toList();
  }

  private static List<String> ofAuthor(List<String> words, String name) {
    return words.stream().filter(word -> word.matches(name + "\\d+")).toList();
  }

  /** Somebody who types words with numbers, each behind the last. */
  private static final class Typing implements AutoCloseable {

    private final ScriptedClient client;
    private final String name;
    private final List<String> words = new ArrayList<>();

    Typing(WikiClient person, PageId page, String name) {
      this.client = ScriptedClient.join(person, page);
      this.name = name;
    }

    void begin(int count) {
      for (int i = 0; i < count; i++) {
        String word = name + (words.size() + 1);
        words.add(word);
        client.append(word + " ");
      }
    }

    void write(int count) {
      begin(count);
      client.awaitSettled();
    }

    void awaitClosed() {
      client.await("closed", self -> self.closed().isPresent());
    }

    void goOn() {
      client.connect();
      client.awaitSettled();
    }

    List<String> words() {
      return List.copyOf(words);
    }

    ScriptedClient client() {
      return client;
    }

    @Override
    public void close() {
      client.close();
    }
  }
}
