package org.tandem.wiki.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.tandem.wiki.store.SearchWords;

/** Marks the words of a text that a search asked for. */
final class Highlights {

  private static final int BEFORE = 80;
  private static final int LENGTH = 260;

  private Highlights() {}

  /** The whole text in pieces. */
  static List<Piece> of(String text, Set<String> terms) {
    List<Piece> pieces = new ArrayList<>();
    int done = 0;
    for (SearchWords.Word word : SearchWords.of(text)) {
      if (asked(word, terms)) {
        add(pieces, text.substring(done, word.start()), false);
        add(pieces, text.substring(word.start(), word.end()), true);
        done = word.end();
      }
    }
    add(pieces, text.substring(done), false);
    return pieces;
  }

  /** The part of a text round the first word asked for, or its beginning. */
  static List<Piece> excerpt(String text, Set<String> terms) {
    int hit =
        SearchWords.of(text).stream()
            .filter(word -> asked(word, terms))
            .mapToInt(SearchWords.Word::start)
            .findFirst()
            .orElse(0);
    int start = hit <= BEFORE ? 0 : blankAfter(text, hit - BEFORE, hit);
    int end = text.length() - start <= LENGTH ? text.length() : blankBefore(text, start + LENGTH);
    String part = text.substring(start, end).replaceAll("\\s+", " ").strip();
    return of((start > 0 ? "… " : "") + part + (end < text.length() ? " …" : ""), terms);
  }

  private static boolean asked(SearchWords.Word word, Set<String> terms) {
    return terms.stream().anyMatch(word.folded()::startsWith);
  }

  private static int blankAfter(String text, int from, int latest) {
    for (int at = from; at < latest; at++) {
      if (Character.isWhitespace(text.charAt(at))) {
        return at + 1;
      }
    }
    return Character.isLowSurrogate(text.charAt(from)) ? from + 1 : from;
  }

  private static int blankBefore(String text, int from) {
    for (int at = from; at > from - BEFORE; at--) {
      if (Character.isWhitespace(text.charAt(at))) {
        return at;
      }
    }
    return Character.isLowSurrogate(text.charAt(from)) ? from - 1 : from;
  }

  private static void add(List<Piece> pieces, String text, boolean hit) {
    if (!text.isEmpty()) {
      pieces.add(new Piece(text, hit));
    }
  }
}
