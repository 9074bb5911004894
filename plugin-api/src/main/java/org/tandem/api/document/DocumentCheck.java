package org.tandem.api.document;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.Op;
import org.tandem.api.document.format.Format;
import org.tandem.api.document.format.Formats;

/**
 * Says whether a change may be made to a document.
 *
 * <p>Refused are: lengths over the document's end; a touched last newline, though attributes may be
 * set on it; a split surrogate pair, and inserted text with half of one or with control characters
 * other than newline and tab; an unknown format or a value that its rule refuses; more than {@value
 * #MOST_ATTRIBUTES} attributes on one operation.
 *
 * <p>An inline format may be set on text and embeds only, a line format on newlines only: an insert
 * is judged by what it holds, a retain by the document's characters that it covers. So a client
 * that formats a range over several lines sends one retain for each line's text. To remove a format
 * (null) is allowed everywhere, also one that nobody knows any more.
 *
 * <p>Threads: safe for use by any thread.
 */
public final class DocumentCheck {

  /** UTF-16 code units that a document holds at most. */
  public static final int LONGEST = 10_000_000;

  /** Attributes that one operation has at most. */
  public static final int MOST_ATTRIBUTES = 32;

  private final Supplier<Formats> formats;

  /** A check that knows these formats and refuses every other. */
  public DocumentCheck(Formats formats) {
    this(() -> formats);
  }

  /**
   * @param formats those of now, asked once for each check: documents that are open see a format
   *     that is added or goes
   */
  public DocumentCheck(Supplier<Formats> formats) {
    this.formats = formats;
  }

  /** What the check found. */
  public sealed interface Verdict {

    /** The document keeps every rule. */
    record Accepted() implements Verdict {}

    /**
     * @param reason one sentence
     */
    record Refused(String reason) implements Verdict {}
  }

  /** Checks a change of {@code document}, in time that goes with the change. */
  public Verdict check(LiveDocument document, Delta change) {
    return verdict(new Walk(document, formats.get()).fault(change));
  }

  /** The same for a document that is not held live, in time that goes with its length too. */
  public Verdict check(Delta document, Delta change) {
    return check(LiveDocument.of(document), change);
  }

  /** Checks a whole document: inserts alone, with a newline at the end. */
  public Verdict checkDocument(Delta document) {
    if (!document.isDocument()) {
      return new Verdict.Refused("A document is made of inserts alone.");
    }
    if (!endsWithNewline(document)) {
      return new Verdict.Refused("A document ends with a newline.");
    }
    if (document.length() > LONGEST) {
      return new Verdict.Refused("A page holds at most " + LONGEST + " characters.");
    }
    Formats now = formats.get();
    for (Op op : document.ops()) {
      String fault = insertFault(op, now);
      if (fault != null) {
        return new Verdict.Refused(fault);
      }
    }
    return new Verdict.Accepted();
  }

  private static Verdict verdict(@Nullable String fault) {
    return fault == null ? new Verdict.Accepted() : new Verdict.Refused(fault);
  }

  private static boolean endsWithNewline(Delta document) {
    int last = document.ops().size() - 1;
    return last >= 0
        && document.ops().get(last) instanceof Op.Insert insert
        && insert.text().endsWith("\n");
  }

  private static @Nullable String insertFault(Op op, Formats formats) {
    if (op instanceof Op.Insert insert) {
      String fault = textFault(insert.text());
      return fault != null
          ? fault
          : attributesFault(insert.attributes(), insert.text(), true, formats);
    }
    Op.Embed embed = (Op.Embed) op;
    Optional<Format> format = formats.embed(embed.type());
    if (format.isEmpty()) {
      return "There is no embed of this kind.";
    }
    if (!format.get().allows(embed.value())) {
      return "The value of the embed " + embed.type() + " is not allowed.";
    }
    return attributesFault(embed.attributes(), String.valueOf(LiveDocument.THING), true, formats);
  }

  private static @Nullable String textFault(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c) && c != '\n' && c != '\t') {
        return "Inserted text holds a control character.";
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return "Inserted text holds half of a surrogate pair.";
      }
    }
    return null;
  }

  private static @Nullable String attributesFault(
      Attributes attributes, String on, boolean inserted, Formats formats) {
    if (attributes.asMap().size() > MOST_ATTRIBUTES) {
      return "An operation has at most " + MOST_ATTRIBUTES + " attributes.";
    }
    for (Map.Entry<String, @Nullable Object> attribute : attributes.asMap().entrySet()) {
      Object value = attribute.getValue();
      String fault;
      if (value != null) {
        fault = setFault(attribute.getKey(), value, on, formats);
      } else if (inserted) {
        fault = "An insert has no attribute null.";
      } else {
        fault = Format.isName(attribute.getKey()) ? null : "There is no format of this name.";
      }
      if (fault != null) {
        return fault;
      }
    }
    return null;
  }

  private static @Nullable String setFault(String name, Object value, String on, Formats formats) {
    Optional<Format> format = formats.attribute(name);
    if (format.isEmpty()) {
      return "There is no format of this name.";
    }
    if (!format.get().allows(value)) {
      return "The value of " + name + " is not allowed.";
    }
    if (fits(format.get().place(), on)) {
      return null;
    }
    return format.get().place() == Format.Place.LINE
        ? name + " stands on newlines only."
        : name + " stands on text only, not on newlines.";
  }

  private static boolean fits(Format.Place place, String on) {
    return place == Format.Place.LINE ? on.chars().allMatch(c -> c == '\n') : on.indexOf('\n') < 0;
  }

  /** Goes over a document with a change. */
  private static final class Walk {

    private final LiveDocument document;
    private final Formats formats;
    private int position;

    Walk(LiveDocument document, Formats formats) {
      this.document = document;
      this.formats = formats;
    }

    @Nullable String fault(Delta change) {
      if (document.length() + (long) change.changeLength() > LONGEST) {
        return "A page holds at most " + LONGEST + " characters.";
      }
      for (Op op : change.ops()) {
        String fault = fault(op);
        if (fault != null) {
          return fault;
        }
      }
      return null;
    }

    private @Nullable String fault(Op op) {
      if (op instanceof Op.Insert || op instanceof Op.Embed) {
        if (position >= document.length()) {
          return "Nothing is inserted after the last newline.";
        }
        return splits(position) ? "The insert splits a surrogate pair." : insertFault(op, formats);
      }
      int start = position;
      long end = (long) position + op.length();
      if (end > document.length()) {
        return "The change goes over the document's end.";
      }
      position = (int) end;
      if (op instanceof Op.Retain retain && retain.attributes().isEmpty()) {
        return null;
      }
      if (splits(start) || splits(position)) {
        return "The change splits a surrogate pair.";
      }
      if (op instanceof Op.Delete) {
        return position == document.length() ? "The last newline stays." : null;
      }
      return attributesFault(
          ((Op.Retain) op).attributes(), document.text(start, position), false, formats);
    }

    private boolean splits(int at) {
      if (at == 0 || at >= document.length()) {
        return false;
      }
      String around = document.text(at - 1, at + 1);
      return Character.isSurrogatePair(around.charAt(0), around.charAt(1));
    }
  }
}
