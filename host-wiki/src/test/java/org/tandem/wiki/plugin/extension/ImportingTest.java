package org.tandem.wiki.plugin.extension;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;
import org.tandem.api.exchange.Importer;
import org.tandem.api.host.Registration;
import org.tandem.wiki.exchange.Exchange;
import org.tandem.wiki.plugin.hook.HookKind;
import org.tandem.wiki.plugin.hook.PluginView;

class ImportingTest {

  private static final long MILLIS = 200;

  private final TestHooks hooks = new TestHooks();
  private final CountDownLatch end = new CountDownLatch(1);

  private Exchange exchange = hooks.extensions.exchange();

  /** A test of what hangs does not wait ten seconds. */
  private void hurry() {
    exchange = hooks.extensions.exchange(MILLIS);
  }

  @AfterEach
  void close() {
    end.countDown();
    hooks.close();
  }

  private void hang() {
    boolean waits = true;
    while (waits) {
      try {
        end.await();
        waits = false;
      } catch (InterruptedException notInTheLeast) {
        waits = end.getCount() > 0;
      }
    }
  }

  private Exchange.Imported read(String name) {
    return exchange.read("own", name, new byte[] {1, 2}, "a.csv");
  }

  private Exchange.Failure failedRead(String name) {
    return assertInstanceOf(Exchange.Imported.NotDone.class, read(name)).failure();
  }

  private long faults(HookKind kind) {
    return hooks.extensions.of("own").figures().stream()
        .filter(figures -> figures.kind() == kind)
        .mapToLong(PluginView.Figures::faults)
        .sum();
  }

  @Test
  void hasAFileRead() {
    Delta document = Delta.builder().insert("text\n").build();
    hooks
        .extensions
        .registrations()
        .register(
            "own",
            Exchangers.importer(
                "table",
                List.of("csv"),
                (file, name) -> new Importer.Outcome.Imported(name + file.length, document)));
    assertEquals(new Exchange.Imported.Done("a.csv2", document), read("table"));
    assertEquals(
        List.of(new Exchange.ImportForm("own", "table", "Label", List.of("csv"))),
        exchange.importers());
  }

  @Test
  void aRefusalIsNoFault() {
    hooks
        .extensions
        .registrations()
        .register(
            "own",
            Exchangers.importer(
                "strict",
                List.of("csv"),
                (file, name) -> new Importer.Outcome.Refused("No rows.")));
    assertEquals(new Exchange.Imported.Refused("No rows."), read("strict"));
    assertEquals(0, faults(HookKind.IMPORTER));
    assertThrows(IllegalArgumentException.class, () -> new Importer.Outcome.Refused(" "));
    assertThrows(
        IllegalArgumentException.class, () -> new Importer.Outcome.Refused("x".repeat(301)));
  }

  private Exchange.Failure failureWith(Delta document) {
    Registration registration =
        hooks
            .extensions
            .registrations()
            .register(
                "own",
                Exchangers.importer(
                    "bad",
                    List.of("csv"),
                    (file, name) -> new Importer.Outcome.Imported("", document)));
    try {
      return failedRead("bad");
    } finally {
      registration.close();
    }
  }

  @Test
  void aDocumentThatBreaksARuleIsTheImportersFault() {
    List<Delta> bad =
        List.of(
            Delta.builder().insert("no newline").build(),
            Delta.builder().retain(1).insert("\n").build(),
            Delta.builder().embed("nobody-knows", "x", Attributes.NONE).insert("\n").build(),
            Delta.builder().insert("a\u0000\n").build(),
            Delta.builder()
                .insert("x", Attributes.of(Map.of("bold", new Object())))
                .insert("\n")
                .build(),
            Delta.EMPTY);
    for (Delta document : bad) {
      Exchange.Failure failure = failureWith(document);
      assertEquals(Exchange.Obstacle.FAULT, failure.obstacle());
      assertTrue(
          failure.how().startsWith("made a document that breaks a rule: "), failure.toString());
    }
  }

  @Test
  void anImporterThatThrowsHangsOrSaysNothingIsTold() {
    hooks
        .extensions
        .registrations()
        .register(
            "own",
            Exchangers.importer(
                "throws",
                List.of("csv"),
                (file, name) -> {
                  throw new IllegalStateException("secret\ndetail");
                }));
    hooks
        .extensions
        .registrations()
        .register(
            "own",
            Exchangers.importer(
                "hangs",
                List.of("csv"),
                (file, name) -> {
                  hang();
                  return new Importer.Outcome.Refused("late");
                }));
    hooks
        .extensions
        .registrations()
        .register("own", Exchangers.importer("silent", List.of("csv"), (file, name) -> null));
    assertEquals(new Exchange.Failure(Exchange.Obstacle.FAULT, ""), failedRead("throws"));
    assertEquals("gave no answer", failedRead("silent").how());
    hurry();
    assertEquals("took longer than " + MILLIS + " ms", failedRead("hangs").how());
    assertEquals(3, faults(HookKind.IMPORTER));
  }
}
