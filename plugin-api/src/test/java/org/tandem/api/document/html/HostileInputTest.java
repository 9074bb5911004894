package org.tandem.api.document.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.DeltaBuilder;
import org.tandem.api.delta.DeltaJson;
import org.tandem.api.document.DocumentCheck;
import org.tandem.api.document.Documents;
import org.tandem.api.document.format.Formats;
import org.tandem.api.document.markdown.Markdown;
import org.tandem.api.document.tree.BlockTree;
import org.tandem.api.document.tree.Line;
import org.tandem.api.document.tree.Lines;

/**
 * What somebody may send who means harm: vectors/hostile.json, changes of an empty page. Each that
 * is to be refused is, and even when its content stood in a stored page, nobody who reads that page
 * would be harmed.
 */
class HostileInputTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Begins with a capital, ends with its only full stop, and quotes no markup. */
  private static final Pattern SENTENCE = Pattern.compile("[A-Za-z][^.<>\n]{5,150}\\.");

  private final DocumentCheck check = new DocumentCheck(Formats.builtIn());

  @TestFactory
  Stream<DynamicTest> vectors() throws Exception {
    try (InputStream in = getClass().getResourceAsStream("/vectors/hostile.json")) {
      List<DynamicTest> tests = new ArrayList<>();
      for (JsonNode vector : JSON.readTree(in)) {
        tests.add(DynamicTest.dynamicTest(vector.get("name").asText(), () -> run(vector)));
      }
      return tests.stream();
    }
  }

  private void run(JsonNode vector) {
    String reason = refusal(vector.get("delta").toString());
    if (vector.get("expect").asText().equals("refused")) {
      assertTrue(SENTENCE.matcher(reason).matches(), "the reason: " + reason);
    } else {
      assertEquals("", reason);
    }
    Delta stored = forced(vector.get("delta"));
    HarmlessHtml.assertHarmless(Html.render(stored));
    assertEquals(Line.of(stored), Lines.of(BlockTree.of(stored)));
    Delta throughMarkdown = Markdown.read(Markdown.write(stored));
    assertInstanceOf(DocumentCheck.Verdict.Accepted.class, check.checkDocument(throughMarkdown));
    HarmlessHtml.assertHarmless(Html.render(throughMarkdown));
  }

  /** Why a change of an empty page is refused; empty when it is accepted. */
  private String refusal(String json) {
    DeltaJson.Parsed parsed = DeltaJson.read(json);
    if (parsed instanceof DeltaJson.Parsed.Malformed malformed) {
      return malformed.reason();
    }
    Delta change = ((DeltaJson.Parsed.Valid) parsed).delta();
    return check.check(Documents.EMPTY_PAGE, change)
            instanceof DocumentCheck.Verdict.Refused refused
        ? refused.reason()
        : "";
  }

  /** A page that holds what was sent, past every check: each attribute on text and on a newline. */
  private static Delta forced(JsonNode delta) {
    DeltaBuilder page = Delta.builder();
    for (JsonNode op : delta) {
      Attributes attributes = Attributes.of(plain(op.path("attributes")));
      JsonNode insert = op.path("insert");
      page.insert(insert.isTextual() ? insert.asText() : "x", attributes);
      plain(insert)
          .forEach((type, value) -> page.embed(type, value == null ? 0 : value, attributes));
      page.insert("\n", attributes);
    }
    return page.insert("\n").build();
  }

  private static Map<String, @Nullable Object> plain(JsonNode node) {
    return node.isObject()
        ? JSON.convertValue(
            node, JSON.getTypeFactory().constructMapType(Map.class, String.class, Object.class))
        : Map.of();
  }
}
