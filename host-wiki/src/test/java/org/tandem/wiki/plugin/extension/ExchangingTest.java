package org.tandem.wiki.plugin.extension;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;
import org.tandem.api.document.Documents;
import org.tandem.api.document.format.Looks;
import org.tandem.api.exchange.Exporter;
import org.tandem.api.exchange.Importer;
import org.tandem.api.host.Page;
import org.tandem.api.host.PageContent;
import org.tandem.api.host.PageId;
import org.tandem.api.host.Registration;
import org.tandem.wiki.exchange.Exchange;
import org.tandem.wiki.plugin.hook.HookKind;
import org.tandem.wiki.plugin.hook.PluginHooks;
import org.tandem.wiki.plugin.hook.PluginView;

class ExchangingTest {

  private static final Page PAGE = new Page(PageId.random(), "Title", "team");
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

  private interface Writing {
    void to(OutputStream out) throws IOException;
  }

  private static Exporter exporter(String name, Writing writing) {
    return exporter(name, "Label", "text/csv; charset=utf-8", "csv", writing);
  }

  private static Exporter exporter(
      String name, String label, String mediaType, String extension, Writing writing) {
    return new Exporter() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public String label() {
        return label;
      }

      @Override
      public String mediaType() {
        return mediaType;
      }

      @Override
      public String extension() {
        return extension;
      }

      @Override
      public void export(Page page, PageContent content, Looks looks, OutputStream out)
          throws IOException {
        writing.to(out);
      }
    };
  }

  private interface Reading {
    Importer.Outcome of(byte[] file, String fileName) throws IOException;
  }

  private static Importer importer(String name, List<String> extensions, Reading reading) {
    return new Importer() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public String label() {
        return "Label";
      }

      @Override
      public List<String> extensions() {
        return extensions;
      }

      @Override
      public Outcome read(byte[] file, String fileName) throws IOException {
        return reading.of(file, fileName);
      }
    };
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

  private Exchange.Exported export(String name) {
    return exchange.export("own", name, PAGE, new PageContent(1, Documents.EMPTY_PAGE), Looks.NONE);
  }

  private Exchange.Failure failedExport(String name) {
    return assertInstanceOf(Exchange.Exported.NotDone.class, export(name)).failure();
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
  void hasAPageExportedUntilThePluginEnds() {
    byte[] file = "a,b".getBytes(StandardCharsets.UTF_8);
    Registration registration =
        hooks.extensions.registrations().register("own", exporter("table", out -> out.write(file)));
    Exchange.Exported.Done done = assertInstanceOf(Exchange.Exported.Done.class, export("table"));
    assertArrayEquals(file, done.file());
    assertEquals(exchange.exporters().get(0), done.form());
    assertEquals(Exchange.Obstacle.UNKNOWN, failedExport("other").obstacle());
    registration.close();
    assertEquals(List.of(), exchange.exporters());
    assertEquals(Exchange.Obstacle.UNKNOWN, failedExport("table").obstacle());
  }

  @Test
  void whatAnExporterThrowsIsForTheLogAlone() {
    hooks
        .extensions
        .registrations()
        .register(
            "own",
            exporter(
                "throws",
                out -> {
                  throw new IOException("secret\ndetail");
                }));
    Logger log = (Logger) LoggerFactory.getLogger(Exchanging.class);
    ListAppender<ILoggingEvent> heard = new ListAppender<>();
    heard.start();
    log.addAppender(heard);
    assertEquals(new Exchange.Failure(Exchange.Obstacle.FAULT, ""), failedExport("throws"));
    log.detachAppender(heard);
    assertEquals(1, faults(HookKind.EXPORTER));
    assertEquals(
        List.of("The exporter throws of the plugin own threw java.io.IOException: secret detail"),
        heard.list.stream().map(ILoggingEvent::getFormattedMessage).toList());
    assertNull(heard.list.get(0).getThrowableProxy());
  }

  @Test
  void anExporterWritesSoMuchAndNoMore() {
    byte[] piece = new byte[Exchange.MOST_EXPORTED / 4];
    hooks
        .extensions
        .registrations()
        .register(
            "own",
            exporter(
                "just",
                out -> {
                  for (int i = 0; i < 4; i++) {
                    out.write(piece);
                  }
                }));
    hooks
        .extensions
        .registrations()
        .register(
            "own",
            exporter(
                "over",
                out -> {
                  for (int i = 0; i < 4; i++) {
                    out.write(piece);
                  }
                  try {
                    out.write(1);
                  } catch (IOException full) {
                    out.flush();
                  }
                }));
    PageContent content = new PageContent(1, Documents.EMPTY_PAGE);
    assertInstanceOf(
        Exchange.Exported.Done.class, exchange.export("own", "just", PAGE, content, Looks.NONE));
    assertEquals(
        new Exchange.Exported.NotDone(
            new Exchange.Failure(Exchange.Obstacle.FAULT, "wrote more than 20 MB")),
        exchange.export("own", "over", PAGE, content, Looks.NONE));
    assertEquals(1, faults(HookKind.EXPORTER));
  }

  @Test
  void anExporterThatHangsIsGivenUpAndLeftOut() throws Exception {
    hurry();
    AtomicReference<OutputStream> kept = new AtomicReference<>();
    hooks
        .extensions
        .registrations()
        .register(
            "own",
            exporter(
                "hangs",
                out -> {
                  kept.set(out);
                  hang();
                }));
    hooks.extensions.registrations().register("other", exporter("works", out -> out.write(1)));
    for (int i = 0; i < PluginHooks.MOST_STUCK; i++) {
      Exchange.Failure failure = failedExport("hangs");
      assertEquals(Exchange.Obstacle.FAULT, failure.obstacle());
      assertEquals("took longer than " + MILLIS + " ms", failure.how());
      assertThrows(IOException.class, () -> kept.get().write(1), "nobody waits for it any more");
    }
    assertEquals(Exchange.Obstacle.OFF, failedExport("hangs").obstacle());
    assertEquals(3, faults(HookKind.EXPORTER));
    assertInstanceOf(
        Exchange.Exported.Done.class,
        hooks
            .extensions
            .exchange()
            .export("other", "works", PAGE, new PageContent(1, Documents.EMPTY_PAGE), Looks.NONE));
  }

  @Test
  void hasAFileRead() {
    Delta document = Delta.builder().insert("text\n").build();
    hooks
        .extensions
        .registrations()
        .register(
            "own",
            importer(
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
            importer(
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
                importer(
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
            importer(
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
            importer(
                "hangs",
                List.of("csv"),
                (file, name) -> {
                  hang();
                  return new Importer.Outcome.Refused("late");
                }));
    hooks
        .extensions
        .registrations()
        .register("own", importer("silent", List.of("csv"), (file, name) -> null));
    assertEquals(new Exchange.Failure(Exchange.Obstacle.FAULT, ""), failedRead("throws"));
    assertEquals("gave no answer", failedRead("silent").how());
    hurry();
    assertEquals("took longer than " + MILLIS + " ms", failedRead("hangs").how());
    assertEquals(3, faults(HookKind.IMPORTER));
  }

  @ParameterizedTest
  @CsvSource({
    "'', Label, text/csv, csv",
    "Upper, Label, text/csv, csv",
    "a/b, Label, text/csv, csv",
    "fine, ' ', text/csv, csv",
    "fine, Label, text, csv",
    "fine, Label, 'text/csv\r\nX-Y: z', csv",
    "fine, Label, text/csv, ''",
    "fine, Label, text/csv, ../x",
    "fine, Label, text/csv, CSV",
  })
  void whatAnExporterSaysOfItselfIsChecked(
      String name, String label, String mediaType, String extension) {
    Exporter odd = exporter(name, label, mediaType, extension, out -> {});
    assertThrows(
        IllegalArgumentException.class,
        () -> hooks.extensions.registrations().register("own", odd));
    assertEquals(PluginView.NOTHING, hooks.extensions.of("own"));
  }

  @Test
  void twoOfOneNameAreOneTooMany() {
    hooks.extensions.registrations().register("own", exporter("table", out -> {}));
    assertThrows(
        IllegalArgumentException.class,
        () -> hooks.extensions.registrations().register("own", exporter("table", out -> {})));
    hooks.extensions.registrations().register("other", exporter("table", out -> {}));
    hooks
        .extensions
        .registrations()
        .register("own", importer("table", List.of("csv"), (file, name) -> null));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            hooks
                .extensions
                .registrations()
                .register("own", importer("table", List.of("csv"), (file, name) -> null)));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            hooks
                .extensions
                .registrations()
                .register("own", importer("none", List.of(), (file, name) -> null)));
    assertEquals(
        List.of("other", "own"),
        exchange.exporters().stream().map(Exchange.ExportForm::plugin).toList());
  }
}
