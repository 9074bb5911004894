package org.tandem.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.Archive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tandem.api.document.PlainText;
import org.tandem.api.host.PageId;

/** Clients whose frames are late and whose connections break, on a real wiki with co-editing. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
@Timeout(240)
class NetworkTest {

  private static final int CLIENTS = 4;
  private static final int WORDS = 25;

  @ArquillianResource private URI wiki;

  @Deployment(testable = false)
  static Archive<?> coEditing() {
    return PluginArchive.coEditing();
  }

  private WikiClient person(int number) {
    return WikiClient.demo(wiki, "editor" + (1 + number % 2));
  }

  @Test
  void everyWordThatIsTypedAtOnceIsThereExactlyOnce() throws Exception {
    PageId page = person(0).createPage("A bad network");
    ExecutorService typists = Executors.newFixedThreadPool(CLIENTS);
    try (Network network =
        Network.seeded().delay(Duration.ofMillis(1), Duration.ofMillis(15)).loss(0.03)) {
      ScriptedClient[] clients = new ScriptedClient[CLIENTS];
      for (int i = 0; i < CLIENTS; i++) {
        clients[i] = network.join(person(i), page);
      }
      List<Future<?>> typed = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        int number = i;
        typed.add(typists.submit(() -> type(clients[number], number, network.seed())));
      }
      for (Future<?> each : typed) {
        each.get(60, TimeUnit.SECONDS);
      }
      String text = PlainText.of(Convergence.assertWithin(Duration.ofSeconds(30), clients));
      List<String> expected =
          IntStream.range(0, CLIENTS)
              .boxed()
              .flatMap(number -> IntStream.range(0, WORDS).mapToObj(i -> number + "w" + i))
              .sorted()
              .toList();
      List<String> words =
          Arrays.stream(text.split("\\s+")).filter(word -> !word.isEmpty()).sorted().toList();
      assertEquals(expected, words, () -> "with seed " + network.seed());
      assertTrue(network.broken() > 0, "a network that breaks nothing shows nothing");
      Arrays.stream(clients).forEach(ScriptedClient::close);
    } finally {
      typists.shutdownNow();
    }
  }

  /** Puts each word in front of a word that it sees, and waits now and then. */
  private static void type(ScriptedClient client, int number, long seed) {
    SplittableRandom random = new SplittableRandom(seed + number);
    for (int i = 0; i < WORDS; i++) {
      String word = number + "w" + i + " ";
      synchronized (client) {
        String seen = PlainText.of(client.document());
        int[] begins =
            IntStream.range(0, seen.length())
                .filter(at -> at == 0 || seen.charAt(at - 1) == ' ')
                .toArray();
        client.insert(begins[random.nextInt(begins.length)], word);
      }
      if (random.nextInt(3) > 0) {
        client.awaitSettled();
      }
    }
  }

  @Test
  void whoWasCutOffStaysAwayUntilTheTestConnectsHer() {
    PageId page = person(0).createPage("Cut off");
    try (Network network = Network.of(1);
        ScriptedClient away = network.join(person(0), page);
        ScriptedClient there = network.join(person(1), page)) {
      away.cut();
      away.append("later ");
      there.append("now ");
      there.awaitSettled();
      assertEquals("later \n", PlainText.of(away.document()));
      away.connect();
      assertEquals(
          "now later \n",
          PlainText.of(Convergence.assertWithin(Duration.ofSeconds(30), away, there)));
    }
  }

  @Test
  void aFailureSaysWhatEachClientHoldsAndTheSeed() {
    PageId page = person(0).createPage("A failure");
    try (Network network = Network.of(4711);
        ScriptedClient away = network.join(person(0), page);
        ScriptedClient there = ScriptedClient.join(person(1), page)) {
      there.append("here");
      there.awaitSettled();
      away.cut();
      away.append("unsaid");
      AssertionError failure =
          assertThrows(
              AssertionError.class,
              () -> Convergence.assertWithin(Duration.ofMillis(200), there, away));
      String message = failure.getMessage();
      for (String part :
          List.of(
              "within 200 ms",
              "editor1's client " + away.id() + " (network seed 4711) is away",
              "editor2's client " + there.id() + " (no network between) is joined at revision 1",
              "here",
              "unsaid",
              "unacknowledged: nothing")) {
        assertTrue(message.contains(part), () -> part + " in " + message);
      }
    }
  }

  @Test
  void whatIsRefusedIsTakenBackAndWhatWasTypedBehindItStays() {
    PageId page = person(0).createPage("Refused");
    try (Network network = Network.of(2).delay(Duration.ofMillis(20), Duration.ofMillis(20));
        ScriptedClient client = network.join(person(0), page);
        ScriptedClient other = ScriptedClient.join(person(1), page)) {
      client.append("good ");
      client.awaitSettled();
      client.append("bad\u0007 ");
      client.append("fine");
      String sentence = client.awaitRefusal();
      assertTrue(sentence.length() > 5, sentence);
      assertEquals(
          "good fine\n",
          PlainText.of(Convergence.assertWithin(Duration.ofSeconds(30), client, other)));
    }
  }
}
