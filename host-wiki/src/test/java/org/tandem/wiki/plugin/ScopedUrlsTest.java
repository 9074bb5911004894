package org.tandem.wiki.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tandem.api.host.PageId;

class ScopedUrlsTest {

  private final ScopedUrls urls =
      new ScopedUrls(URI.create("https://wiki.example.org:8443"), "/plugins/echo/ab12/");

  @Test
  void ofTheWikiAndItsPages() {
    PageId page = PageId.random();
    assertEquals("https://wiki.example.org:8443/", urls.wiki().toString());
    assertEquals("https://wiki.example.org:8443/pages/" + page, urls.page(page).toString());
    assertEquals(
        "https://wiki.example.org:8443/pages/" + page + "/edit", urls.editor(page).toString());
  }

  @ParameterizedTest
  @CsvSource({
    "front/echo.js, front/echo.js",
    "a b%.svg, a%20b%25.svg",
    "ü?#.css, %C3%BC%3F%23.css",
    "a..b/...x, a..b/...x",
    "@x:y/z, @x:y/z"
  })
  void ofFiles(String path, String address) {
    assertEquals(
        "https://wiki.example.org:8443/plugins/echo/ab12/" + address, urls.file(path).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "/", "/a", "a/", "a//b", ".", "..", "../a", "a/../../b", "./a", "a\\b"})
  void aPathThatLeadsElsewhereIsRefused(String path) {
    assertThrows(IllegalArgumentException.class, () -> urls.file(path));
  }
}
