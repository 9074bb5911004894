package org.tandem.api.delta;

/**
 * One operation of a delta. Lengths count UTF-16 code units and are at least 1; an embed has length
 * 1.
 */
public sealed interface Op {

  /** How far it reaches, in UTF-16 code units; an embed counts 1. */
  int length();

  /** What the operation sets; a delete sets nothing. */
  Attributes attributes();

  /**
   * New text.
   *
   * @param text at least one code unit
   * @param attributes of the text
   */
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
   * @param type the name of its format
   * @param value plain JSON: String, Number, Boolean, List or Map
   * @param attributes of the embed
   */
  record Embed(String type, Object value, Attributes attributes) implements Op {

    @Override
    public int length() {
      return 1;
    }
  }

  /**
   * What stays; attributes are set on it, and null removes one.
   *
   * @param length at least 1, in UTF-16 code units
   * @param attributes to set; none leaves it as it is
   */
  record Retain(int length, Attributes attributes) implements Op {

    public Retain {
      positive(length);
    }
  }

  /**
   * What goes.
   *
   * @param length at least 1, in UTF-16 code units
   */
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
