package org.tandem.api.document.format;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which cell a line stands in: the line attribute {@code cell}, an object of exactly these three
 * names. Rows and columns have ids and no numbers, so that whoever adds one beside another's change
 * moves nobody's text to another cell.
 *
 * @param table 1 to 32 letters, digits, hyphens and underscores of ASCII, as all three
 * @param row its id in the table
 * @param column its id in the table
 */
public record CellId(String table, String row, String column) {

  private static final int LONGEST = 32;

  public CellId {
    if (!isId(table) || !isId(row) || !isId(column)) {
      throw new IllegalArgumentException("no cell: " + table + ", " + row + ", " + column);
    }
  }

  /** What a value of the attribute says; null for a value that names no cell. */
  public static @Nullable CellId of(@Nullable Object value) {
    return value instanceof Map<?, ?> map
            && map.size() == 3
            && map.get("table") instanceof String table
            && map.get("row") instanceof String row
            && map.get("column") instanceof String column
            && isId(table)
            && isId(row)
            && isId(column)
        ? new CellId(table, row, column)
        : null;
  }

  /** The attribute's value. */
  public Map<String, Object> value() {
    return Map.of("table", table, "row", row, "column", column);
  }

  private static boolean isId(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean allowed =
          c >= 'a' && c <= 'z'
              || c >= 'A' && c <= 'Z'
              || c >= '0' && c <= '9'
              || c == '_'
              || c == '-';
      if (!allowed) {
        return false;
      }
    }
    return !text.isEmpty() && text.length() <= LONGEST;
  }
}
