package org.tandem.api.document;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.tandem.api.delta.Delta;
import org.tandem.api.document.format.Formats;
import org.tandem.api.document.format.Links;

/**
 * vectors/characters.json, which the client reads too, against every code point there is: a newer
 * Java or browser, with a newer Unicode, must not refuse others.
 */
class RefusedCharactersTest {

  private final DocumentCheck check = new DocumentCheck(Formats.builtIn());

  @Test
  void inLinks() throws IOException {
    assertEquals(listed("link"), refused(c -> Links.allowed("https://a.b/" + c + "x")));
  }

  @Test
  void inText() throws IOException {
    assertEquals(listed("text"), refused(this::isText));
  }

  private boolean isText(String c) {
    Delta change = Delta.builder().insert("a" + c + "x").build();
    return check.check(Documents.EMPTY_PAGE, change) instanceof DocumentCheck.Verdict.Accepted;
  }

  /** The code points that a rule refuses, as ranges. */
  private static List<String> refused(Predicate<String> allowed) {
    List<String> ranges = new ArrayList<>();
    int first = 0;
    for (int c = 0; c <= Character.MAX_CODE_POINT + 1; c++) {
      if (c > Character.MAX_CODE_POINT || allowed.test(Character.toString(c))) {
        if (c > first) {
          ranges.add(range(first, c - 1));
        }
        first = c + 1;
      }
    }
    return ranges;
  }

  private static String range(int first, int last) {
    return first == last ? String.format("%04X", first) : String.format("%04X-%04X", first, last);
  }

  private static List<String> listed(String name) throws IOException {
    try (InputStream in =
        RefusedCharactersTest.class.getResourceAsStream("/vectors/characters.json")) {
      List<String> listed = new ArrayList<>();
      new ObjectMapper().readTree(in).get(name).forEach(range -> listed.add(range.asText()));
      return listed;
    }
  }
}
