package org.tandem.api.document.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tandem.api.document.format.Format.Place;

class FormatsTest {

  private static Format format(String name, Place place) {
    return new Format(name, place, value -> true);
  }

  @Test
  void growWithoutChangingThoseBefore() {
    Formats more =
        Formats.builtIn()
            .with(format("glow", Place.INLINE), format("banner", Place.LINE))
            .with(List.of(format("chart", Place.EMBED)));
    assertTrue(more.attribute("glow").isPresent());
    assertTrue(more.attribute("banner").isPresent());
    assertTrue(more.embed("chart").isPresent());
    assertTrue(more.attribute("bold").isPresent());
    assertEquals(Optional.empty(), more.attribute("chart"));
    assertEquals(Optional.empty(), more.embed("glow"));
    assertEquals(Optional.empty(), Formats.builtIn().attribute("glow"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bold", "cell", "divider", "glow"})
  void refuseANameThatIsThere(String name) {
    Formats formats = Formats.builtIn().with(format("glow", Place.INLINE));
    for (Place place : Place.values()) {
      IllegalArgumentException refused =
          assertThrows(IllegalArgumentException.class, () -> formats.with(format(name, place)));
      assertEquals("There is a format of the name " + name + " already.", refused.getMessage());
    }
  }

  @Test
  void refuseANameTwiceAtOnce() {
    List<Format> twice = List.of(format("chart", Place.EMBED), format("chart", Place.LINE));
    assertThrows(IllegalArgumentException.class, () -> Formats.builtIn().with(twice));
  }

  @Test
  void takeARuleThatThrowsForARefusal() {
    Format careless = new Format("chart", Place.EMBED, value -> ((Map<?, ?>) value).isEmpty());
    assertTrue(careless.allows(Map.of()));
    assertFalse(careless.allows("no map"));
  }

  private static boolean allows(String name, Object value) {
    return Formats.builtIn().attribute(name).orElseThrow().allows(value);
  }

  @Test
  void holdWhatShapesLines() {
    assertTrue(allows("align", "center") && allows("align", "right") && allows("align", "justify"));
    assertFalse(allows("align", "start") || allows("align", "left") || allows("align", true));
    for (CalloutKind kind : CalloutKind.values()) {
      assertTrue(allows("callout", kind.value()));
    }
    assertFalse(allows("callout", "NOTE") || allows("callout", "danger") || allows("callout", 1));
    assertTrue(allows("cell", Map.of("table", "t", "row", "-", "column", "_".repeat(32))));
    assertFalse(allows("cell", Map.of("table", "t", "row", "r", "column", "_".repeat(33))));
    assertFalse(allows("cell", Map.of("table", "t", "row", "r", "column", "")));
    assertFalse(allows("cell", Map.of("table", "t", "row", "r", "column", "\u00e4")));
    assertFalse(allows("cell", Map.of("table", "t", "row", "r")));
    assertFalse(allows("cell", Map.of("table", "t", "row", "r", "column", "c", "span", "2")));
    assertFalse(allows("cell", List.of("t", "r", "c")));
  }
}
