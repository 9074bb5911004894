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

  /** Stands for an embed among the text, so that no text goes on from the one before it. */
  private static final char EMBED = '\ufffc';

  private final Spans spans = new Spans();

  /** All text that was inserted, in the order of time: typing on needs no new span. */
  private final StringBuilder inserted = new StringBuilder();

  /** What the marks of spans mean: attributes, or an embed. */
  private final List<Object> meanings = new ArrayList<>(List.of(Attributes.NONE));

  private final Map<Attributes, Integer> marks = new HashMap<>(Map.of(Attributes.NONE, 0));

  private Replay() {}

  /**
   * Operations that take the base to the side's end, over all of it but an unchanged rest; not in
   * normal form: an insert may stand behind a deletion.
   *
   * @throws ArithmeticException if lengths go beyond the end of any document
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
        spans.insert(at, insert.length(), inserted.length(), mark(insert.attributes()));
        inserted.append(insert.text());
      } else if (op instanceof Op.Embed embed) {
        spans.insert(at, 1, inserted.length(), mark(embed));
        inserted.append(EMBED);
      } else if (!op.attributes().isEmpty()) {
        spans.mark(at, op.length(), (source, mark) -> formatted(source, mark, op.attributes()));
      }
      at = Math.addExact(at, op.length());
    }
  }

  private int mark(Attributes attributes) {
    return attributes.isEmpty() ? 0 : marks.computeIfAbsent(attributes, this::meaning);
  }

  private int mark(Op.Embed embed) {
    return meaning(embed);
  }

  private int meaning(Object meaning) {
    meanings.add(meaning);
    return meanings.size() - 1;
  }

  private int formatted(int source, int mark, Attributes set) {
    if (meanings.get(mark) instanceof Op.Embed embed) {
      Attributes attributes = embed.attributes().compose(set, false);
      return mark(new Op.Embed(embed.type(), embed.value(), attributes));
    }
    return mark(((Attributes) meanings.get(mark)).compose(set, source == Spans.BASE));
  }

  private List<Op> effect() {
    List<Op> ops = new ArrayList<>();
    spans.forEach(
        new Spans.Visitor() {
          @Override
          public void visible(int length, int source, int mark) {
            ops.add(op(length, source, meanings.get(mark)));
          }

          @Override
          public void gone(int length) {
            ops.add(new Op.Delete(length));
          }
        });
    return ops;
  }

  private Op op(int length, int source, Object meaning) {
    if (meaning instanceof Op.Embed embed) {
      return embed;
    }
    Attributes attributes = (Attributes) meaning;
    return source == Spans.BASE
        ? new Op.Retain(length, attributes)
        : new Op.Insert(inserted.substring(source, source + length), attributes);
  }
}
