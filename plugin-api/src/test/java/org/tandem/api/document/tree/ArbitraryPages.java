package org.tandem.api.document.tree;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.DeltaBuilder;

/** Random pages with every line attribute, and with values that no check lets in, from a seed. */
public final class ArbitraryPages {

  private static final List<String> TEXTS =
      List.of("a", "b c", "<script>x</script>", "\" onclick=\"x", "&lt;", "|", "\ud83d\ude00");

  private static final Map<String, List<@Nullable Object>> LINE =
      Map.of(
          "header", Arrays.asList(1, 2, 3, 3, 4, 0, "1", 1.5, null),
          "list", Arrays.asList("bullet", "bullet", "ordered", "checked", "unchecked", "dash", 7),
          "indent", Arrays.asList(1, 1, 2, 3, 8, 9, -1, "1", 4_000_000_000L, null),
          "blockquote", Arrays.asList(true, true, true, false, "yes"),
          "code-block", Arrays.asList(true, true, "java", "c++", "no language", false, List.of()),
          "align", Arrays.asList("center", "right", "justify", "left", 1),
          "callout", Arrays.asList("note", "note", "tip", "warning", "danger", Map.of("a", 1)),
          "banner", Arrays.asList(true, "x", Map.of("list", "bullet")));

  private final Random random;

  public ArbitraryPages(Random random) {
    this.random = random;
  }

  /** A page, whose tables are as cut up as can be. */
  public Delta page() {
    DeltaBuilder page = Delta.builder();
    Map<String, @Nullable Object> line = new HashMap<>();
    for (int lines = 1 + random.nextInt(25); lines > 0; lines--) {
      if (random.nextInt(3) == 0) {
        line.clear();
      }
      LINE.forEach(
          (name, values) -> {
            if (random.nextInt(8) == 0) {
              line.put(name, values.get(random.nextInt(values.size())));
            } else if (random.nextInt(3) == 0) {
              line.remove(name);
            }
          });
      if (random.nextInt(3) != 0) {
        line.put("cell", cell());
      }
      text(page);
      page.insert("\n", Attributes.of(line));
    }
    return page.build();
  }

  private Map<String, Object> cell() {
    String table = random.nextInt(10) == 0 ? "u" : "t";
    Map<String, Object> cell = new HashMap<>();
    cell.put("table", table);
    cell.put("row", "r" + random.nextInt(3));
    cell.put("column", "c" + random.nextInt(4));
    switch (random.nextInt(20)) {
      case 0 -> cell.put("span", 2);
      case 1 -> cell.put("row", "no id");
      case 2 -> cell.remove("column");
      default -> {}
    }
    return cell;
  }

  private void text(DeltaBuilder page) {
    for (int runs = random.nextInt(3); runs > 0; runs--) {
      Map<String, Object> inline = new HashMap<>();
      for (String name : List.of("bold", "italic", "underline", "strike", "code", "gone")) {
        if (random.nextInt(5) == 0) {
          inline.put(name, random.nextInt(4) == 0 ? "true" : true);
        }
      }
      if (random.nextInt(4) == 0) {
        inline.put("link", random.nextBoolean() ? "https://a/?<\">" : "javascript:alert(1)");
      }
      switch (random.nextInt(8)) {
        case 0 -> page.embed("divider", random.nextInt(4) > 0, Attributes.of(inline));
        case 1 -> page.embed("<img>", Map.of("src", "x"), Attributes.of(inline));
        default -> page.insert(TEXTS.get(random.nextInt(TEXTS.size())), Attributes.of(inline));
      }
    }
  }
}
