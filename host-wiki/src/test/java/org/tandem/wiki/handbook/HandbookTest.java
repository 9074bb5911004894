package org.tandem.wiki.handbook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tandem.wiki.core.Json;
import org.tandem.wiki.core.TestWiki;

@ExtendWith(TestWiki.Shared.class)
class HandbookTest {

  private final TestWiki wiki;

  HandbookTest(TestWiki wiki) {
    this.wiki = wiki;
  }

  @Test
  void isImportedAsATreeWhosePagesAndLinksAreThere() throws Exception {
    JsonNode tree = Json.read(wiki.get("viewer", "/api/spaces/handbook/tree").body());
    Map<String, String> pages = new HashMap<>();
    collect(tree, pages);
    assertEquals("Welcome", tree.get(0).get("title").textValue());
    assertTrue(Handbook.leaves().size() >= 12);
    for (Handbook.Leaf leaf : Handbook.leaves()) {
      check(leaf.title(), pages.get(leaf.title()));
    }
  }

  private static void collect(JsonNode nodes, Map<String, String> pages) {
    for (JsonNode node : nodes) {
      pages.put(node.get("title").textValue(), node.get("id").textValue());
      collect(node.get("children"), pages);
    }
  }

  private void check(String title, String id) throws Exception {
    Document page = Jsoup.parse(wiki.get("viewer", "/pages/" + id).body());
    assertEquals(title, page.selectFirst("h1").text());
    Element article = page.selectFirst("article");
    assertTrue(article.text().length() > 300, title);
    for (Element link : article.select("a[href^=/]")) {
      assertEquals(200, wiki.get("viewer", link.attr("href")).statusCode(), link.outerHtml());
    }
  }

  @Test
  void isImportedOnce() {
    assertEquals(false, wiki.core().demo().create("hash"));
  }
}
