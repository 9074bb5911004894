package org.tandem.wiki;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.tandem.db.DatabaseAddress;
import org.tandem.db.EmbeddedDatabase;
import org.tandem.wiki.plugin.TestArchive;
import org.tandem.wiki.settings.WikiSettings;

/** The language that the admin has set, in pages and for plugins. */
@ExtendWith(SharedWiki.class)
class LocaleTest {

  @TempDir Path folder;

  private final Wiki wiki;
  private final Browser browser;

  LocaleTest(Wiki wiki, Browser browser) {
    this.wiki = wiki;
    this.browser = browser;
  }

  private static String lang(Browser of) throws Exception {
    return Jsoup.parse(of.open("/sign-in").body()).selectFirst("html").attr("lang");
  }

  private static String best(Browser of, String accepted) throws Exception {
    return of.get("/api/echo/services/locale", "Accept-Language", accepted).body();
  }

  @Test
  void isEnglishWhenNoneIsSet() throws Exception {
    assertEquals("en", lang(browser));
  }

  @Test
  void isSaidInThePagesAndToPlugins() throws Exception {
    DatabaseAddress database =
        EmbeddedDatabase.remembered(wiki.data().resolve("database")).orElseThrow();
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "port", "0",
                "locale", "de-CH",
                "database.url", database.url(),
                "database.user", database.user(),
                "database.password", database.password()));
    try (Wiki node = Wiki.start(WikiSettings.of(folder, settings))) {
      Browser other = new Browser(node.address());
      assertEquals("de-CH", lang(other));
      node.plugins().install(TestArchive.of("EchoPlugin").writeTo(folder.resolve("e.zip")), "me");
      String wikis = "de-CH ";
      assertEquals(wikis + "fr", best(other, "fr"));
      assertEquals(wikis + "fr", best(other, "pt, fr-CA;q=0.8, en;q=0.1"));
      assertEquals(wikis + "en", best(other, "de;q=0.5, en-GB"));
      assertEquals(wikis + "de", best(other, "pt"), "the wiki's own");
      assertEquals(wikis + "de", best(other, "*"));
      assertEquals(wikis + "de", best(other, "de-de-de-;;q=x"), "cannot be read");
      assertEquals(wikis + "de", best(other, ""));
    } finally {
      wiki.installation().remove("echo", "admin");
      wiki.installation().deleteData("echo", "admin");
    }
  }
}
