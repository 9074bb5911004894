package org.tandem.wiki.plugin.extension;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
import org.tandem.api.document.format.Tag;
import org.tandem.api.document.html.Html;
import org.tandem.api.host.Registration;
import org.tandem.wiki.plugin.hook.Fuse;

class ShowingTest {

  private static final Delta PAGE =
      Delta.builder()
          .embed("people", "anna", Attributes.NONE)
          .embed("people", "bad", Attributes.NONE)
          .embed("others-x", "y", Attributes.NONE)
          .insert("\n")
          .build();

  private final TestHooks hooks = new TestHooks();
  private final CountDownLatch end = new CountDownLatch(1);

  @AfterEach
  void close() {
    end.countDown();
    hooks.close();
  }

  private static DeclaredFormat embed(String name, DeclaredFormat.Rendering rendering) {
    return new DeclaredFormat(
        new Format(name, Format.Place.EMBED, String.class::isInstance),
        ConflictRule.ONE_VALUE,
        rendering);
  }

  private static Look look(Object value) {
    return Look.Thing.of(Markup.Element.of(Tag.SPAN).text("@" + value), "@" + value);
  }

  private String html() {
    return Html.render(PAGE, hooks.extensions.looks(PAGE));
  }

  private static String placeholder(String name) {
    return "<span class=\"unknown-embed\">[" + name + "]</span>";
  }

  private static final String ANNA = "<span class=\"x-people\">@anna</span>";

  @Test
  void showsWhatThePluginsThatRunSay() {
    Registration people =
        hooks.extensions.registrations().register("people", embed("people", (n, v) -> look(v)));
    hooks.extensions.registrations().register("others", embed("others-x", (n, v) -> look("other")));
    assertEquals(
        "<p>"
            + ANNA
            + "<span class=\"x-people\">@bad</span>"
            + "<span class=\"x-others-x\">@other</span></p>",
        html());
    people.close();
    assertEquals(
        "<p>"
            + placeholder("people")
            + placeholder("people")
            + "<span class=\"x-others-x\">@other</span></p>",
        html());
  }

  @Test
  void leavesOutWhatThrowsOrDoesNotFit() {
    hooks
        .extensions
        .registrations()
        .register(
            "people",
            embed(
                "people",
                (name, value) -> {
                  if (value.equals("bad")) {
                    throw new IllegalStateException("as the test wants");
                  }
                  return look(value);
                }));
    hooks
        .extensions
        .registrations()
        .register(
            "others", embed("others-x", (n, v) -> Look.Inline.of(Markup.Element.of(Tag.MARK))));
    assertEquals("<p>" + ANNA + placeholder("people") + placeholder("others-x") + "</p>", html());
    assertEquals(1, hooks.extensions.of("people").figures().get(0).faults());
    assertEquals(2, hooks.extensions.of("people").figures().get(0).calls());
    assertEquals(1, hooks.extensions.of("others").figures().get(0).faults());
  }

  @Test
  void doesNotWaitForWhatHangs() throws Exception {
    hooks
        .extensions
        .registrations()
        .register(
            "others",
            embed(
                "others-x",
                (name, value) -> {
                  try {
                    end.await();
                  } catch (InterruptedException given) {
                    Thread.currentThread().interrupt();
                  }
                  return look(value);
                }));
    for (int i = 0; i < Fuse.FAULTS; i++) {
      assertEquals(
          "<p>" + placeholder("people").repeat(2) + placeholder("others-x") + "</p>", html());
    }
    long calls = hooks.extensions.of("others").figures().get(0).calls();
    html();
    assertEquals(calls, hooks.extensions.of("others").figures().get(0).calls(), "it is off");
    assertEquals(1, hooks.extensions.of("others").off().size());
  }

  @Test
  void aFormatIsNamedByItsPlugin() {
    for (String name : new String[] {"other", "peoples", "bold"}) {
      assertThrows(
          IllegalArgumentException.class,
          () ->
              hooks.extensions.registrations().register("people", embed(name, (n, v) -> look(v))));
    }
    hooks.extensions.registrations().register("people", embed("people", (n, v) -> look(v)));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            hooks
                .extensions
                .registrations()
                .register("people", embed("people", (n, v) -> look(v))));
    assertEquals(1, hooks.extensions.of("people").contributions().size());
  }
}
