package org.tandem.wiki.pagesetting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tandem.api.host.PageId;
import org.tandem.api.host.Registration;
import org.tandem.api.plugin.PageSettings.Change;
import org.tandem.api.plugin.PageSettings.Outcome;
import org.tandem.wiki.core.Core;
import org.tandem.wiki.core.TestWiki;

/** What plugins keep for pages: values, bounds, and news on all nodes. */
@ExtendWith(TestWiki.Shared.class)
class SettingsOfPagesTest {

  private final TestWiki wiki;
  private final SettingsOfPages settings;

  SettingsOfPagesTest(TestWiki wiki) {
    this.wiki = wiki;
    this.settings = wiki.core().pageSettings();
  }

  private PageId page() throws Exception {
    return PageId.parse(wiki.page("With settings", "text")).orElseThrow();
  }

  private Outcome put(PageId page, String key, Object value) {
    return settings.put("glossary", page, key, value);
  }

  @Test
  void whatIsPutIsThereForThePluginAndThePageAlone() throws Exception {
    PageId page = page();
    Map<String, Object> value =
        Map.of(
            "on",
            true,
            "n",
            3,
            "x",
            0.5,
            "long",
            1L << 60,
            "list",
            List.of("a\u0000é😀", Map.of()));
    assertEquals(Outcome.STORED, put(page, "terms", value));
    assertEquals(Outcome.STORED, put(page, "A name, with blanks: ü", "text"));
    assertEquals(Optional.of(value), settings.get("glossary", page, "terms"));
    assertEquals(
        Map.of("terms", value, "A name, with blanks: ü", "text"), settings.all("glossary", page));
    assertEquals(Optional.empty(), settings.get("callouts", page, "terms"));
    assertEquals(Map.of(), settings.all("callouts", page));
    assertEquals(Map.of(), settings.all("glossary", page()));

    assertEquals(Outcome.STORED, put(page, "terms", 5L));
    assertEquals(Optional.of(5), settings.get("glossary", page, "terms"));
    assertFalse(settings.remove("callouts", page, "terms"));
    assertTrue(settings.remove("glossary", page, "terms"));
    assertFalse(settings.remove("glossary", page, "terms"));
    assertEquals(Optional.empty(), settings.get("glossary", page, "terms"));
  }

  @Test
  void aPageThatIsNotThereHasNone() {
    assertEquals(Outcome.NO_PAGE, put(PageId.random(), "key", "value"));
    assertEquals(Optional.empty(), settings.get("glossary", PageId.random(), "key"));
    assertFalse(settings.remove("glossary", PageId.random(), "key"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", " a", "a ", "a  b", "a\nb", "\u0000", "\ud800", "\u200b"})
  void aKeyIsALineOfText(String key) throws Exception {
    PageId page = page();
    assertEquals(Outcome.UNFIT_KEY, put(page, key, "value"));
    assertEquals(Optional.empty(), settings.get("glossary", page, key));
    assertFalse(settings.remove("glossary", page, key));
  }

  @Test
  void aKeyHasSixtyFourCharactersAtTheMost() throws Exception {
    PageId page = page();
    assertEquals(Outcome.STORED, put(page, "😀".repeat(64), "value"));
    assertEquals(Optional.of("value"), settings.get("glossary", page, "😀".repeat(64)));
    assertEquals(Outcome.UNFIT_KEY, put(page, "k".repeat(65), "value"));
  }

  private static List<Object> unfit() {
    List<Object> circle = new ArrayList<>();
    circle.add(circle);
    Object deep = "x";
    for (int i = 0; i < 33; i++) {
      deep = List.of(deep);
    }
    Object wide = List.of();
    for (int i = 0; i < 30; i++) {
      wide = List.of(wide, wide);
    }
    Map<Object, Object> unnamed = new HashMap<>();
    unnamed.put(1, "x");
    return List.of(
        circle,
        deep,
        wide,
        unnamed,
        Double.NaN,
        Double.NEGATIVE_INFINITY,
        'c',
        new Object(),
        new int[] {1},
        "\ud800",
        Map.of("\udc00", 1),
        Arrays.asList("x", null),
        Collections.singletonMap("x", null),
        Optional.of("x"),
        "x".repeat(8191),
        "ü".repeat(4096),
        "\u0000".repeat(1366));
  }

  /** The values have no names: one of them is too wide to be printed. */
  @Test
  void aValueIsPlainJsonOfEightKib() throws Exception {
    PageId page = page();
    assertEquals(Outcome.STORED, put(page, "key", "x".repeat(8190)));
    int number = 0;
    for (Object value : unfit()) {
      assertEquals(Outcome.UNFIT_VALUE, put(page, "key", value), "number " + number++);
    }
    assertEquals(Optional.of("x".repeat(8190)), settings.get("glossary", page, "key"));
  }

  @Test
  void sixtyFourKeysFitAPage() throws Exception {
    PageId page = page();
    for (int i = 0; i < SettingsOfPages.KEYS; i++) {
      assertEquals(Outcome.STORED, put(page, "key " + i, i));
    }
    assertEquals(Outcome.FULL, put(page, "one more", 1));
    assertEquals(Outcome.STORED, put(page, "key 7", "another value"));
    assertEquals(Outcome.STORED, settings.put("callouts", page, "one more", 1));
    settings.remove("glossary", page, "key 7");
    assertEquals(Outcome.STORED, put(page, "one more", 1));
    assertEquals(SettingsOfPages.KEYS, settings.all("glossary", page).size());
  }

  @Test
  void itGoesWithThePageAndThePlugin() throws Exception {
    PageId page = page();
    PageId other = page();
    put(page, "key", 1);
    put(other, "key", 2);
    settings.put("callouts", other, "key", 3);
    assertEquals(204, wiki.call("admin", "DELETE", "/api/pages/" + page, "").statusCode());
    assertEquals(Map.of(), settings.all("glossary", page));
    settings.deleteOf("glossary");
    assertEquals(Map.of(), settings.all("glossary", other));
    assertEquals(Map.of("key", 3), settings.all("callouts", other));
  }

  @Test
  void allNodesHearOfAChangeAndOfNoOther() throws Exception {
    PageId page = page();
    Optional<PageId> here = Optional.of(page);
    BlockingQueue<Change> heard = new LinkedBlockingQueue<>();
    try (Core other = wiki.node()) {
      Registration hears =
          other
              .pageSettings()
              .onChange(
                  (plugin, change) -> {
                    if (plugin.equals(Optional.of("glossary"))) {
                      heard.add(change);
                    }
                  });
      put(page, "a:key", 1);
      assertEquals(new Change(here, Optional.of("a:key")), heard.poll(20, TimeUnit.SECONDS));
      assertEquals(Optional.of(1), other.pageSettings().get("glossary", page, "a:key"));
      put(page, "a:key", 1);
      settings.put("callouts", page, "a:key", 2);
      put(page, "a:key", "x".repeat(9000));
      settings.remove("glossary", page, "a:key");
      assertEquals(new Change(here, Optional.of("a:key")), heard.poll(20, TimeUnit.SECONDS));
      assertEquals(Optional.empty(), other.pageSettings().get("glossary", page, "a:key"));
      put(page, "last", 1);
      assertEquals(new Change(here, Optional.of("last")), heard.poll(20, TimeUnit.SECONDS));
      hears.close();
      put(page, "last", 2);
      assertEquals(2, settings.get("glossary", page, "last").orElseThrow());
      assertEquals(List.of(), List.copyOf(heard));
    }
  }
}
