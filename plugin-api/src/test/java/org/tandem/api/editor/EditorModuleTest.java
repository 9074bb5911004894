package org.tandem.api.editor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EditorModuleTest {

  @Test
  void namesFilesBelowWeb() {
    EditorModule module = new EditorModule("front/a-b_c.1.js", List.of("x.css"));
    assertEquals("front/a-b_c.1.js", module.module());
    assertEquals(List.of("x.css"), module.styles());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/a.js",
        "../a.js",
        "a/../../b.js",
        "a//b.js",
        "https://a.b/c.js",
        "a.js?b",
        "a\"b"
      })
  void refusesOtherAddresses(String path) {
    assertThrows(IllegalArgumentException.class, () -> new EditorModule(path, List.of()));
    assertThrows(
        IllegalArgumentException.class, () -> new EditorModule("a.js", List.of("a.css", path)));
  }
}
