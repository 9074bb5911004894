package org.tandem.wiki.plugin.extension;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.tandem.api.document.Documents;
import org.tandem.api.document.format.Looks;
import org.tandem.api.host.Page;
import org.tandem.api.host.PageContent;
import org.tandem.api.host.PageId;
import org.tandem.api.host.Registration;
import org.tandem.wiki.exchange.Exchange;
import org.tandem.wiki.plugin.hook.HookKind;
import org.tandem.wiki.plugin.hook.PluginHooks;
import org.tandem.wiki.plugin.hook.PluginView;

class ExportingTest {

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
        hooks
            .extensions
            .registrations()
            .register("own", Exchangers.exporter("table", out -> out.write(file)));
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
            Exchangers.exporter(
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
            Exchangers.exporter(
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
            Exchangers.exporter(
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
            Exchangers.exporter(
                "hangs",
                out -> {
                  kept.set(out);
                  hang();
                }));
    hooks
        .extensions
        .registrations()
        .register("other", Exchangers.exporter("works", out -> out.write(1)));
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
}
