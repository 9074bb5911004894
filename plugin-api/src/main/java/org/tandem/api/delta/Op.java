package org.tandem.api.delta;

/**
 * One operation of a delta. Lengths count UTF-16 code units and are at least 1; an embed has length
 * 1.
 */
public sealed interface Op {

  int length();

  /** What the operation sets; a delete sets nothing. */
  Attributes attributes();

  /** New text. */
  record Insert(String text, Attributes attributes) implements Op {

    public Insert {
      if (text.isEmpty()) {
        throw new IllegalArgumentException("an insert holds text");
      }
    }

    @Override
    public int length() {
      return text.length();
    }
  }

  /**
   * A new thing that is no text.
   *
   * @param value plain JSON: String, Number, Boolean, List or Map
   */
  record Embed(String type, Object value, Attributes attributes) implements Op {

    @Override
    public int length() {
      return 1;
    }
  }

  /** What stays; attributes are set on it, and null removes one. */
  record Retain(int length, Attributes attributes) implements Op {

    public Retain {
      positive(length);
    }
  }

  /** What goes. */
  record Delete(int length) implements Op {

    public Delete {
      positive(length);
    }

    @Override
    public Attributes attributes() {
      return Attributes.NONE;
    }
  }

  private static void positive(int length) {
    if (length < 1) {
      throw new IllegalArgumentException("a length is at least 1, not " + length);
    }
  }
}
