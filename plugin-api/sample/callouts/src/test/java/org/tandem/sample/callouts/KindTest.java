package org.tandem.sample.callouts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;
import org.tandem.api.document.PlainText;
import org.tandem.api.document.format.Looks;
import org.tandem.api.document.html.Html;
import org.tandem.api.document.markdown.Markdown;

class KindTest {

  private static final Looks LOOKS =
      (name, value) -> name.equals(Kind.FORMAT) ? Kind.of(value).map(Kind::look) : Optional.empty();

  private static Delta lines(String kind) {
    return Delta.builder()
        .insert("one")
        .insert("\n", Attributes.of(Map.of(Kind.FORMAT, kind)))
        .insert("two")
        .insert("\n", Attributes.of(Map.of(Kind.FORMAT, kind)))
        .build();
  }

  @Test
  void isOneOfThree() {
    for (Kind kind : Kind.values()) {
      assertEquals(Optional.of(kind), Kind.of(kind.value()));
    }
    assertEquals(Optional.empty(), Kind.of("rumour"));
    assertEquals(Optional.empty(), Kind.of(true));
  }

  @Test
  void isShownAsTheWikiWritesIt() {
    assertEquals(
        "<aside class=\"x-callouts x-callouts-question\"><p class=\"x-callouts-label\">"
            + "<strong>Question</strong></p><p>one</p><p>two</p></aside>",
        Html.render(lines("question"), LOOKS).replace("\n", ""));
    assertEquals("> [!TIP]\n> one\n> \n> two\n", Markdown.write(lines("example"), LOOKS));
    assertEquals("Decision: one\nDecision: two\n", PlainText.of(lines("decision"), LOOKS));
  }
}
