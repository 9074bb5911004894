package org.tandem.sample.glossary;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class TermTest {

  private static List<Term> terms(String... lines) {
    return Term.in(Outline.of(Text.document(lines), Text.MARK));
  }

  @Test
  void aLineOfAGlossaryWithAColonOrADashIsATerm() {
    assertEquals(
        List.of(
            new Term("Owner", "the node that orders a page: one at a time"),
            new Term("Two-phase commit", "what we do without"),
            new Term("Ack", "committed")),
        terms(
            "Not: in it",
            "# Glossary: ours",
            "Owner: the node that orders a page: one at a time",
            "Some words on it.",
            "Two-phase commit - what we do without",
            "12:30 is no term, http://example.org neither",
            "",
            "## Acks: few",
            "Ack – committed ",
            "# Behind",
            "Not: in it"));
  }

  @Test
  void aGlossaryWithinAnotherIsReadOnce() {
    assertEquals(
        List.of(new Term("A", "a"), new Term("B", "b")),
        terms("# Glossary", "A: a", "## Glossary of B", "B: b"));
  }
}
