package org.tandem.api.document.format;

/**
 * What becomes of a format when two people set it at once, neither having seen the other's change.
 * These are the two ways that the algebra of deltas has; there is no third.
 */
public enum ConflictRule {

  /**
   * One of two values stays whole. Of an attribute of the same text or line it is the one with the
   * lower revision, the one that was ordered first; the other author sees her value replaced. To
   * remove an attribute is a value too. An embed is atomic: two that are inserted at once at one
   * place both stay, the lower revision's to the left, and nobody merges their values. Whoever
   * changes an embed deletes it and inserts another: two who do so at once leave both of theirs.
   */
  ONE_VALUE,

  /**
   * Each key is an attribute of its own, so that two keys set at once on the same text both stay;
   * for one key the rule is that of {@link #ONE_VALUE}. The format {@code box} is then not an
   * attribute itself, but a family of them: {@code box-<key>}, where the key is one to 24
   * lower-case letters, digits and hyphens. Not for embeds.
   */
  EACH_KEY
}
