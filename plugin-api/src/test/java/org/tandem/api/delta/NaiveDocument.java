package org.tandem.api.delta;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The oracle: a document as a list of single characters and things with their attributes. */
final class NaiveDocument {

  private record Place(Object content, Map<String, Object> attributes) {}

  private final List<Place> places = new ArrayList<>();

  NaiveDocument(Delta document) {
    apply(document);
  }

  void apply(Delta change) {
    int at = 0;
    for (Op op : change.ops()) {
      if (op instanceof Op.Insert insert) {
        for (char c : insert.text().toCharArray()) {
          places.add(at++, new Place(c, insert.attributes().asMap()));
        }
      } else if (op instanceof Op.Embed embed) {
        places.add(
            at++, new Place(Map.of(embed.type(), embed.value()), embed.attributes().asMap()));
      } else if (op instanceof Op.Delete) {
        for (int i = 0; i < op.length(); i++) {
          places.remove(at);
        }
      } else if (op instanceof Op.Retain retain) {
        for (int i = 0; i < op.length(); i++, at++) {
          Map<String, Object> attributes = new HashMap<>(places.get(at).attributes());
          attributes.putAll(retain.attributes().asMap());
          attributes.values().removeIf(java.util.Objects::isNull);
          places.set(at, new Place(places.get(at).content(), attributes));
        }
      }
    }
  }

  /** Whether a delta says the same, place by place. */
  boolean says(Delta document) {
    return places.equals(new NaiveDocument(document).places);
  }

  @Override
  public String toString() {
    return places.toString();
  }
}
