package org.tandem.sample.glossary;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.Op;
import org.tandem.api.document.tree.Line;

/**
 * A term and what it means: a line of a glossary such as {@code Owner: the node that orders a
 * page}. A dash does as well as a colon.
 *
 * @param word without surrounding blanks
 * @param meaning the same
 */
record Term(String word, String meaning) {

  private static final Pattern ENTRY =
      Pattern.compile("\\s*(\\S.{0,79}?)\\s*(?::|\\s[–—-])\\s+(\\S.*)");
  private static final int MOST = 500;
  private static final int LONGEST = 500;

  /** As much of a line as is looked at. */
  private static final int LONGEST_LINE = 1_000;

  /** The terms of a document's glossaries, in order; of one that stands within another once. */
  static List<Term> in(Outline outline) {
    List<Term> terms = new ArrayList<>();
    int read = 0;
    for (Section section : outline.sections()) {
      if (section.to() > read) {
        Delta text = outline.document().slice(Math.max(read, section.from()), section.to());
        Line.of(text).forEach(line -> add(line, terms));
        read = section.to();
      }
    }
    return List.copyOf(terms);
  }

  private static void add(Line line, List<Term> terms) {
    if (line.attributes().has("header") || terms.size() == MOST) {
      return;
    }
    StringBuilder text = new StringBuilder();
    for (Op op : line.content()) {
      if (op instanceof Op.Insert insert) {
        text.append(insert.text());
      }
    }
    text.setLength(Math.min(text.length(), LONGEST_LINE));
    Matcher entry = ENTRY.matcher(text);
    if (entry.matches()) {
      String meaning = entry.group(2).strip();
      terms.add(new Term(entry.group(1), shortened(meaning)));
    }
  }

  int length() {
    return word.length() + meaning.length();
  }

  private static String shortened(String meaning) {
    return meaning.length() <= LONGEST ? meaning : meaning.substring(0, LONGEST) + "…";
  }
}
