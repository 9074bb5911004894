package org.tandem.wiki.plugin.extension;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tandem.api.exchange.Exporter;
import org.tandem.wiki.exchange.Exchange;
import org.tandem.wiki.plugin.hook.PluginView;

/** What exporters and importers say of themselves. */
class ExchangingTest {

  private final TestHooks hooks = new TestHooks();
  private final Exchange exchange = hooks.extensions.exchange();

  @AfterEach
  void close() {
    hooks.close();
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
    Exporter odd = Exchangers.exporter(name, label, mediaType, extension, out -> {});
    assertThrows(
        IllegalArgumentException.class,
        () -> hooks.extensions.registrations().register("own", odd));
    assertEquals(PluginView.NOTHING, hooks.extensions.of("own"));
  }

  @Test
  void twoOfOneNameAreOneTooMany() {
    hooks.extensions.registrations().register("own", Exchangers.exporter("table", out -> {}));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            hooks
                .extensions
                .registrations()
                .register("own", Exchangers.exporter("table", out -> {})));
    hooks.extensions.registrations().register("other", Exchangers.exporter("table", out -> {}));
    hooks
        .extensions
        .registrations()
        .register("own", Exchangers.importer("table", List.of("csv"), (file, name) -> null));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            hooks
                .extensions
                .registrations()
                .register(
                    "own", Exchangers.importer("table", List.of("csv"), (file, name) -> null)));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            hooks
                .extensions
                .registrations()
                .register("own", Exchangers.importer("none", List.of(), (file, name) -> null)));
    assertEquals(
        List.of("other", "own"),
        exchange.exporters().stream().map(Exchange.ExportForm::plugin).toList());
  }
}
