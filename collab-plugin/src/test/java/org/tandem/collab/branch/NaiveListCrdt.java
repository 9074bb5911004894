package org.tandem.collab.branch;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.DeltaBuilder;
import org.tandem.api.delta.Op;

/**
 * The oracle: a list CRDT that knows nothing of bases, sides or runs. Each character is an item
 * with an identity, the items that stood left and right of it when it was made, and a tombstone's
 * flag. Items that others made are placed by YjsMod's rule (Gentle's reference-crdts), which is
 * FugueMax. Each operation takes as many steps as there are items.
 */
final class NaiveListCrdt {

  /** Who made an item, and as which of theirs; {@code agent} breaks ties, the lower stands left. */
  record Id(int agent, int number) {}

  /** What happens to a replica, as it is told to others. */
  sealed interface Event {
    record Insert(Id id, @Nullable Id left, @Nullable Id right, Op content) implements Event {}

    record Delete(Id id) implements Event {}

    record Format(int agent, Id id, Attributes set) implements Event {}
  }

  private static final class Item {
    final Id id;
    final @Nullable Id left;
    final @Nullable Id right;
    Op content;
    boolean deleted;

    /** What agents 0 and 1 set on it, each composed. */
    final Attributes[] set = {Attributes.NONE, Attributes.NONE};

    Item(Event.Insert insert) {
      id = insert.id();
      left = insert.left();
      right = insert.right();
      content = insert.content();
    }
  }

  private final int agent;
  private final List<Item> items = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();
  private int made;

  /** A replica that starts with a document, whose items are the same at every replica. */
  NaiveListCrdt(int agent, Delta base) {
    this.agent = agent;
    List<Op> units = units(base.ops());
    for (int i = 0; i < units.size(); i++) {
      Id before = i == 0 ? null : new Id(-1, i - 1);
      items.add(new Item(new Event.Insert(new Id(-1, i), before, null, units.get(i))));
    }
  }

  private static List<Op> units(List<Op> ops) {
    List<Op> units = new ArrayList<>();
    for (Op op : ops) {
      if (op instanceof Op.Insert insert) {
        for (int i = 0; i < insert.length(); i++) {
          units.add(new Op.Insert(insert.text().substring(i, i + 1), insert.attributes()));
        }
      } else {
        units.add(op);
      }
    }
    return units;
  }

  // --- this replica's own edits -----------------------------------------------------------------

  void edit(Delta change) {
    int at = 0;
    for (Op op : change.ops()) {
      if (op instanceof Op.Delete) {
        for (int i = 0; i < op.length(); i++) {
          happen(new Event.Delete(visible(at).id));
        }
      } else if (op instanceof Op.Retain) {
        for (int i = 0; i < op.length(); i++, at++) {
          if (!op.attributes().isEmpty()) {
            happen(new Event.Format(agent, visible(at).id, op.attributes()));
          }
        }
      } else {
        for (Op unit : units(List.of(op))) {
          int left = at == 0 ? -1 : items.indexOf(visible(at - 1));
          happen(
              new Event.Insert(
                  new Id(agent, made++),
                  left < 0 ? null : items.get(left).id,
                  left + 1 == items.size() ? null : items.get(left + 1).id,
                  unit));
          at++;
        }
      }
    }
  }

  private void happen(Event event) {
    events.add(event);
    integrate(event);
  }

  private Item visible(int position) {
    int left = position;
    for (Item item : items) {
      if (!item.deleted && left-- == 0) {
        return item;
      }
    }
    throw new AssertionError("beyond the end: " + position);
  }

  // --- the edits of others ----------------------------------------------------------------------

  void integrateAll(NaiveListCrdt other) {
    List.copyOf(other.events).forEach(this::integrate);
  }

  private void integrate(Event event) {
    if (event instanceof Event.Insert insert) {
      integrate(new Item(insert));
    } else if (event instanceof Event.Delete delete) {
      items.get(index(delete.id())).deleted = true;
    } else if (event instanceof Event.Format format) {
      Attributes[] set = items.get(index(format.id())).set;
      set[format.agent()] = set[format.agent()].compose(format.set(), true);
    }
  }

  private void integrate(Item item) {
    int left = item.left == null ? -1 : index(item.left);
    int right = item.right == null ? items.size() : index(item.right);
    int place = left + 1;
    boolean scanning = false;
    for (int i = left + 1; i < right; i++) {
      Item other = items.get(i);
      int otherLeft = other.left == null ? -1 : index(other.left);
      int otherRight = other.right == null ? items.size() : index(other.right);
      if (otherLeft < left) {
        break;
      }
      if (otherLeft == left) {
        if (otherRight < right) {
          scanning = true;
        } else if (otherRight == right && item.id.agent() < other.id.agent()) {
          break;
        } else {
          scanning = false;
        }
      }
      if (!scanning) {
        place = i + 1;
      }
    }
    items.add(place, item);
  }

  private int index(Id id) {
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i).id.equals(id)) {
        return i;
      }
    }
    throw new AssertionError("no such item: " + id);
  }

  /** What is visible; where both agents set an attribute, agent 0's value stays. */
  Delta document() {
    DeltaBuilder document = Delta.builder();
    for (Item item : items) {
      if (item.deleted) {
        continue;
      }
      Attributes set = item.set[0].compose(item.set[0].transform(item.set[1], true), true);
      Attributes attributes = item.content.attributes().compose(set, false);
      document.add(
          item.content instanceof Op.Embed embed
              ? new Op.Embed(embed.type(), embed.value(), attributes)
              : new Op.Insert(((Op.Insert) item.content).text(), attributes));
    }
    return document.build();
  }
}
