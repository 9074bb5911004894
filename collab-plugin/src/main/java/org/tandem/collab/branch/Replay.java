package org.tandem.collab.branch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.Op;

/**
 * What one side's changes, replayed one on top of the other, do to the base. The result is told in
 * the base's own coordinates, where each insert stands between two places of the base, be these
 * deleted or not: a composed delta would lose on which side of a deletion an insert stands.
 * Threads: one.
 */
final class Replay {

  /** An embed in {@link #inserted}, with a gap on each side: no span goes on over it. */
  private static final String EMBED = "\0\ufffc\0";

  private final Spans spans = new Spans();

  /** All text that was inserted, in the order of time: typing on needs no new span. */
  private final StringBuilder inserted = new StringBuilder();

  /** The embeds that were inserted, by their place in {@link #inserted}. */
  private final Map<Integer, Op.Embed> embeds = new HashMap<>();

  private Replay() {}

  /**
   * Operations that take the base to the side's end, over all of it but an unchanged rest; not in
   * normal form: an insert may stand behind a deletion.
   *
   * @throws ArithmeticException if lengths go beyond the end of any document, or more attributes
   *     meet at one place than any has
   */
  static List<Op> of(List<Delta> changes) {
    Replay replay = new Replay();
    changes.forEach(replay::apply);
    return replay.effect();
  }

  private void apply(Delta change) {
    int at = 0;
    for (Op op : change.ops()) {
      if (op instanceof Op.Delete) {
        spans.delete(at, op.length());
        continue;
      }
      if (op instanceof Op.Insert insert) {
        spans.insert(at, insert.length(), inserted.length(), insert.attributes());
        inserted.append(insert.text());
      } else if (op instanceof Op.Embed embed) {
        int source = inserted.length() + 1;
        embeds.put(source, embed);
        spans.insert(at, 1, source, embed.attributes());
        inserted.append(EMBED);
      } else {
        spans.format(at, op.length(), op.attributes());
      }
      at = Math.addExact(at, op.length());
    }
  }

  private List<Op> effect() {
    List<Op> ops = new ArrayList<>();
    spans.forEach(
        new Spans.Visitor() {
          @Override
          public void visible(int length, int source, Attributes attributes) {
            ops.add(op(length, source, attributes));
          }

          @Override
          public void gone(int length) {
            ops.add(new Op.Delete(length));
          }
        });
    return ops;
  }

  private Op op(int length, int source, Attributes attributes) {
    if (source == Spans.BASE) {
      return new Op.Retain(length, attributes);
    }
    Op.Embed embed = embeds.get(source);
    return embed == null
        ? new Op.Insert(inserted.substring(source, source + length), attributes)
        : new Op.Embed(embed.type(), embed.value(), attributes);
  }
}
