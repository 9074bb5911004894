package org.tandem.wiki.plugin.extension;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;
import org.tandem.api.document.format.ConflictRule;
import org.tandem.api.document.format.DeclaredFormat;
import org.tandem.api.document.format.Format;
import org.tandem.api.document.format.Look;
import org.tandem.api.document.format.Markup;
import org.tandem.api.exchange.SearchText;
import org.tandem.api.host.PageId;
import org.tandem.api.host.Registration;
import org.tandem.wiki.content.SearchSources;
import org.tandem.wiki.plugin.hook.Fuse;

class SearchingTest {

  private static final Delta DOCUMENT =
      Delta.builder().embed("people", "anna", Attributes.NONE).insert("\n").build();

  private final TestHooks hooks = new TestHooks();
  private final SearchSources search = hooks.extensions.search();
  private final PageId page = PageId.random();
  private final CountDownLatch end = new CountDownLatch(1);

  @AfterEach
  void close() {
    end.countDown();
    hooks.close();
  }

  private Registration words(String plugin, SearchText words) {
    return hooks.extensions.registrations().register(plugin, words);
  }

  private static SearchText of(String edition) {
    return new SearchText() {
      @Override
      public String words(PageId page, Delta document) {
        return "words";
      }

      @Override
      public String edition() {
        return edition;
      }
    };
  }

  @Test
  void joinsWhatThePluginsSay() {
    assertTrue(search.ask(page, DOCUMENT).complete(), "there is nobody to ask");
    hooks.extensions.version("a", "1.0.0");
    Registration first = words("a", (id, document) -> "of " + id);
    words("b", (id, document) -> "length " + document.length());
    SearchSources.Said said = search.ask(page, DOCUMENT);
    assertEquals("of " + page + " length 2", said.words());
    assertEquals(Map.of("a", "1.0.0", "b", ""), said.by());
    assertTrue(said.complete());
    first.close();
    assertEquals("length 2", search.ask(page, DOCUMENT).words());
  }

  @Test
  void whoFailsIsLeftOutAndNamed() {
    words("good", (id, document) -> "good");
    words(
        "throws",
        (id, document) -> {
          throw new IllegalStateException("as the test wants");
        });
    words("silent", (id, document) -> null);
    SearchSources.Said said = search.ask(page, DOCUMENT);
    assertEquals("good", said.words().strip());
    assertEquals(Map.of("good", ""), said.by());
    assertFalse(said.complete());
    assertEquals(1, hooks.extensions.of("throws").figures().get(0).faults());
    assertEquals(1, hooks.extensions.of("silent").figures().get(0).faults());
  }

  @Test
  void whoHangsIsGivenUpAndLeftOutOnThatPage() {
    words("a-good", (id, document) -> "good");
    words(
        "hangs",
        (id, document) -> {
          try {
            end.await();
          } catch (InterruptedException given) {
            Thread.currentThread().interrupt();
          }
          return "late";
        });
    for (int i = 0; i < Fuse.FAULTS; i++) {
      SearchSources.Said said = search.ask(page, DOCUMENT);
      assertEquals("good", said.words().strip());
      assertFalse(said.complete());
    }
    long calls = hooks.extensions.of("hangs").figures().get(0).calls();
    assertFalse(search.ask(page, DOCUMENT).complete());
    assertEquals(calls, hooks.extensions.of("hangs").figures().get(0).calls(), "it is off");
    assertEquals(1, hooks.extensions.of("hangs").off().size());
  }

  @Test
  void tooMuchIsCutBetweenCharacters() {
    words("much", (id, document) -> "x" + "\ud83d\ude00".repeat(SearchText.LONGEST));
    String said = search.ask(page, DOCUMENT).words();
    assertEquals(SearchText.LONGEST - 1, said.length());
    assertTrue(search.ask(page, DOCUMENT).complete());
  }

  @Test
  void aFormatThatIsNotShownIsAskedForAgain() {
    List<Boolean> fails = new ArrayList<>(List.of(true));
    hooks
        .extensions
        .registrations()
        .register(
            "people",
            new DeclaredFormat(
                new Format("people", Format.Place.EMBED, String.class::isInstance),
                ConflictRule.ONE_VALUE,
                (name, value) -> {
                  if (fails.get(0)) {
                    throw new IllegalStateException("as the test wants");
                  }
                  return Look.Thing.of(new Markup.Text("@" + value), "@" + value);
                }));
    assertFalse(search.ask(page, DOCUMENT).complete());
    fails.set(0, false);
    SearchSources.Said said = search.ask(page, DOCUMENT);
    assertTrue(said.complete());
    assertEquals(Map.of("people", ""), said.by());
    assertTrue(said.looks().of("people", "anna").isPresent());
  }

  @Test
  void tellsWhenThereIsMoreToAskOrSomethingElse() {
    List<Map<String, String>> told = new ArrayList<>();
    Registration listening = search.onChange(() -> told.add(search.editions()));
    hooks.extensions.version("a", "1.0.0");
    Registration first = words("a", of(""));
    hooks.extensions.registrations().register("a", (change, author, access) -> null);
    first.close();
    words("a", of("en"));
    words("a", of("de"));
    listening.close();
    words("b", of(""));
    assertEquals(
        List.of(
            Map.of("a", "1.0.0"), Map.of(), Map.of("a", "1.0.0 en"), Map.of("a", "1.0.0 en de")),
        told);
    assertThrows(IllegalArgumentException.class, () -> words("c", of("x".repeat(101))));
  }
}
