package org.tandem.api.document;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.DeltaBuilder;
import org.tandem.api.delta.Op;

/**
 * A document that changes are applied to one after the other: what a keystroke costs goes with the
 * logarithm of the document's length. Immutable; a new version shares all with the old one but the
 * surroundings of the change.
 *
 * <p>Positions and lengths count UTF-16 code units; an embed has length 1. Threads: safe for use by
 * any thread.
 */
public final class LiveDocument {

  /** Stands for an embed in text. */
  static final char THING = '\ufffc';

  private final Chunk content;
  private @Nullable String hash;

  private LiveDocument(Chunk content) {
    this.content = content;
  }

  /**
   * A live form of a document, in time that goes with its length.
   *
   * @throws IllegalArgumentException if the delta is not made of inserts alone
   */
  public static LiveDocument of(Delta document) {
    if (!document.isDocument()) {
      throw new IllegalArgumentException("a document is made of inserts alone");
    }
    return new LiveDocument(Chunk.of(document.ops()));
  }

  /** The document after a change: the same as {@link Delta#compose}, if the change fits in it. */
  public LiveDocument apply(Delta change) {
    Chunk done = Chunk.NONE;
    Chunk rest = content;
    for (Op op : change.ops()) {
      if (op instanceof Op.Delete) {
        rest = rest.from(op.length());
      } else if (op instanceof Op.Retain retain) {
        done = Chunk.join(done, formatted(rest.until(op.length()), retain.attributes()));
        rest = rest.from(op.length());
      } else {
        done = Chunk.join(done, Chunk.of(List.of(op)));
      }
    }
    return new LiveDocument(Chunk.join(done, rest));
  }

  private static Chunk formatted(Chunk part, Attributes set) {
    if (set.isEmpty()) {
      return part;
    }
    List<Op> pieces = new ArrayList<>();
    part.forEachLeaf(
        leaf -> {
          for (int i = 0; i < leaf.count(); i++) {
            pieces.add(formatted(leaf.piece(i), set));
          }
        });
    return Chunk.of(pieces);
  }

  private static Op formatted(Op piece, Attributes set) {
    Attributes attributes = piece.attributes().compose(set, false);
    return piece instanceof Op.Embed embed
        ? new Op.Embed(embed.type(), embed.value(), attributes)
        : new Op.Insert(((Op.Insert) piece).text(), attributes);
  }

  /** How long it is, in UTF-16 code units; an embed counts 1. */
  public int length() {
    return content.length();
  }

  /** The document as a delta, in time that goes with its length. */
  public Delta toDelta() {
    DeltaBuilder document = Delta.builder();
    content.forEachLeaf(
        leaf -> {
          for (int i = 0; i < leaf.count(); i++) {
            document.add(leaf.piece(i));
          }
        });
    return document.build();
  }

  Chunk content() {
    return content;
  }

  /**
   * What stands between two positions, as inserts, in time that goes with their distance.
   *
   * @param from at least 0
   * @param to at least {@code from}, at most the length
   */
  public Delta slice(int from, int to) {
    DeltaBuilder part = Delta.builder();
    content
        .until(to)
        .from(from)
        .forEachLeaf(
            leaf -> {
              for (int i = 0; i < leaf.count(); i++) {
                part.add(leaf.piece(i));
              }
            });
    return part.build();
  }

  /** The text between two positions, as {@link #slice}; an embed is U+FFFC. */
  public String text(int from, int to) {
    StringBuilder text = new StringBuilder(to - from);
    content
        .until(to)
        .from(from)
        .forEachLeaf(
            leaf -> {
              for (int i = 0; i < leaf.count(); i++) {
                if (leaf.piece(i) instanceof Op.Insert insert) {
                  text.append(insert.text());
                } else {
                  text.append(THING);
                }
              }
            });
    return text.toString();
  }

  /**
   * Whether both hold the same, in time that goes with what they do not share: a version and what
   * comes of it share all but the surroundings of the change. So who has found out something about
   * a document can see at once whether it has the same one before it.
   */
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || other instanceof LiveDocument document && Chunk.equal(content, document.content);
  }

  /** Of its length alone. */
  @Override
  public int hashCode() {
    return Integer.hashCode(content.length());
  }

  /** {@link DocumentHash} of it, kept once it was asked for. */
  String hash() {
    String known = hash;
    if (known == null) {
      known = new CanonicalForm().hash(content);
      hash = known;
    }
    return known;
  }
}
