package org.tandem.wiki.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.tandem.api.editor.EditorFrontEnd;
import org.tandem.api.editor.EditorModule;
import org.tandem.api.host.Registration;
import org.tandem.wiki.Browser;
import org.tandem.wiki.SharedWiki;
import org.tandem.wiki.Wiki;
import org.tandem.wiki.settings.WikiSettings;
import org.tandem.wiki.view.EditorPage;

/** What plugins add to the editor, and how its page names it. */
class EditorModulesTest {

  @Nested
  @ExtendWith(SharedWiki.class)
  class OnThePage {

    @TempDir Path folder;

    private final Wiki wiki;
    private final Browser browser;

    OnThePage(Wiki wiki, Browser browser) {
      this.wiki = wiki;
      this.browser = browser;
    }

    @Test
    void areNamedWithTheirStylesUntilThePluginEnds() throws Exception {
      wiki.plugins()
          .install(TestArchive.of("EchoPlugin").writeTo(folder.resolve("echo.zip")), "admin");
      try {
        browser.signIn("editor1", WikiSettings.DEMO_PASSWORD);
        HttpResponse<String> made =
            browser.call("POST", "/api/pages", "{\"space\": \"team\", \"title\": \"Modules\"}");
        String page = made.headers().firstValue("location").orElseThrow().replace("/api/", "/");
        Document shown = Jsoup.parse(browser.open(page + "/edit").body());
        JsonNode modules =
            new ObjectMapper().readTree(shown.selectFirst("script#editor-modules").data());
        assertEquals(1, modules.size());
        assertEquals("echo", modules.at("/0/plugin").asText());
        assertEquals("1.0.0", modules.at("/0/version").asText());
        String module = modules.at("/0/module").asText();
        assertTrue(module.matches("/plugins/echo/[0-9a-f]{8}/front/echo\\.js"), module);
        String style = module.replace("front/echo.js", "echo.css");
        assertEquals(style, modules.at("/0/styles/0").asText());
        assertEquals(1, shown.select("link[rel=stylesheet][href=" + style + "]").size());
        assertEquals(
            1,
            Jsoup.parse(browser.open(page).body())
                .select("link[rel=stylesheet][href=" + style + "]")
                .size());
        wiki.plugins().disable("echo", "admin");
        assertFalse(browser.open(page + "/edit").body().contains("editor-modules"));
        assertFalse(browser.open(page).body().contains(style));
      } finally {
        wiki.plugins().remove("echo", "admin");
      }
    }
  }

  @Nested
  class OfSeveralPlugins {

    private final Contributions contributions = new Contributions();

    private List<String> addresses() {
      return contributions.editor().orElseThrow().additions().stream()
          .map(EditorPage.Addition::module)
          .toList();
    }

    private Registration add(String plugin, String module) {
      return contributions.register(
          new EditorModule(module, List.of()), plugin, "1.0.0", "/plugins/" + plugin + "/0a/");
    }

    @Test
    void standInTheOrderOfThePluginsAndGoOneByOne() {
      Registration second = add("b", "x.js");
      assertTrue(contributions.editor().isEmpty(), "a module is no editor");
      contributions.register(new EditorFrontEnd("editor.js", List.of()), "/plugins/collab/0a/");
      add("a", "2.js");
      add("a", "1.js");
      assertEquals(
          List.of("/plugins/a/0a/2.js", "/plugins/a/0a/1.js", "/plugins/b/0a/x.js"), addresses());
      assertThrows(IllegalStateException.class, () -> add("a", "1.js"));
      second.close();
      assertEquals(List.of("/plugins/a/0a/2.js", "/plugins/a/0a/1.js"), addresses());
      add("b", "x.js");
      second.close();
      assertEquals(3, addresses().size(), "closing again takes nothing of a later one");
    }

    @Test
    void cannotLeaveTheScriptElement() throws Exception {
      String hostile = "</script><!--<script>";
      EditorPage page =
          new EditorPage(
              "/e.js",
              List.of(),
              List.of(new EditorPage.Addition("a", hostile, "/a.js", List.of())));
      assertFalse(page.additionsJson().contains("<"));
      assertEquals(
          hostile, new ObjectMapper().readTree(page.additionsJson()).at("/0/version").asText());
    }
  }
}
