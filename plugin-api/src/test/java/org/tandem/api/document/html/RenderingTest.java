package org.tandem.api.document.html;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.DeltaJson;
import org.tandem.api.document.markdown.Markdown;
import org.tandem.api.document.tree.ArbitraryPages;

class RenderingTest {

  /** Documents with the HTML they mean; the editor reads the same file. */
  @TestFactory
  Stream<DynamicTest> vectors() throws Exception {
    try (InputStream in = getClass().getResourceAsStream("/vectors/trees.json")) {
      List<DynamicTest> tests = new ArrayList<>();
      for (JsonNode vector : new ObjectMapper().readTree(in)) {
        Delta document =
            ((DeltaJson.Parsed.Valid) DeltaJson.read(vector.get("delta").toString())).delta();
        tests.add(
            DynamicTest.dynamicTest(
                vector.get("name").asText(),
                () -> assertEquals(vector.get("html").asText(), Html.render(document))));
      }
      return tests.stream();
    }
  }

  /** Any combination of attributes, known and unknown, gives HTML of known elements. */
  @Property(tries = 2_000)
  void rendersAnythingHarmlessly(@ForAll long seed) {
    HarmlessHtml.assertHarmless(Html.render(new ArbitraryPages(new Random(seed)).page()));
  }

  @Test
  void givesEachHeadingANameOfItsOwn() {
    Delta document = Markdown.read("# Same words\n\n# Same words\n\n# \u00dcber <alles>\n");
    assertEquals(
        List.of("h-same-words", "h-same-words-2", "h-\u00fcber-alles"),
        Jsoup.parseBodyFragment(Html.render(document)).select("h2").eachAttr("id"));
  }
}
