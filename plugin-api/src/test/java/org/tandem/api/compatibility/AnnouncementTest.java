package org.tandem.api.compatibility;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.zafarkhaja.semver.Version;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The test of the test: that {@link PublicSignaturesTest} fails when it should. */
class AnnouncementTest {

  private static final String OLD = "public interface Door { void open(); }";
  private static final String WIDER =
      "public interface Door { void open(); default void close() {} }";
  private static final String OTHER = "public interface Door { void open(int width); }";

  private static List<ApiChange> changes(String old, String... next) throws IOException {
    return ApiChange.between(Compiled.signatures(old), Compiled.signatures(next));
  }

  private static String missing(
      String before, String version, String changelog, List<ApiChange> changes) {
    return new Announcement(Version.parse(before), Version.parse(version), changelog)
        .missing(changes)
        .orElse("");
  }

  @Nested
  class Versions {

    @ParameterizedTest
    @CsvSource({
      "0.1.0, 0.1.0, 0.1.1",
      "0.1.0, 0.1.1,",
      "0.1.0, 0.2.0-SNAPSHOT,",
      "0.1.0, 1.0.0,",
      "1.2.3, 1.2.4, 1.3.0",
      "1.2.3, 1.3.0,",
      "1.2.3, 2.0.0,"
    })
    void riseByAnAddition(String before, String version, String needed) throws Exception {
      assertNeeds(needed, missing(before, version, everySection(), changes(OLD, WIDER)));
    }

    @ParameterizedTest
    @CsvSource({
      "0.1.0, 0.1.0, 0.2.0",
      "0.1.0, 0.1.9, 0.2.0",
      "0.1.0, 0.2.0-SNAPSHOT,",
      "0.1.0, 1.0.0,",
      "1.2.3, 1.3.0, 2.0.0",
      "1.2.3, 2.0.0,"
    })
    void riseMoreByWhatBreaksPlugins(String before, String version, String needed)
        throws Exception {
      assertNeeds(needed, missing(before, version, everySection(), changes(OLD, OTHER)));
    }

    @ParameterizedTest
    @CsvSource({"0.1.0, 0.1.0,", "1.2.3, 1.2.3,", "1.2.3, 1.3.0,", "1.2.3, 1.2.2, 1.2.3"})
    void stayWhenNothingIsOther(String before, String version, String needed) throws Exception {
      assertNeeds(needed, missing(before, version, "", changes(OLD, OLD)));
    }

    private static void assertNeeds(@org.jspecify.annotations.Nullable String needed, String said) {
      if (needed == null) {
        assertEquals("", said);
      } else {
        assertTrue(said.contains(" to " + needed + " or higher"), said);
        assertFalse(said.contains("CHANGELOG"), said);
      }
    }

    private static String everySection() {
      StringBuilder log = new StringBuilder();
      for (String version : List.of("0.1.1", "0.1.9", "0.2.0", "1.0.0", "1.3.0", "2.0.0")) {
        log.append("## " + version + "\n\n- `Door` is other.\n\n");
      }
      return log.toString();
    }
  }

  @Nested
  class ChangeLogs {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "## 0.2.0\n\n- `Doors`, `Outdoor` and `Front.Door` are other.\n",
          "## 0.2.0\n\n## 0.1.0\n\n- `Door`\n",
          "## 0.2.0.1\n\n- `Door`\n",
          "## 0.2.01\n\n- `Door`\n"
        })
    void mustNameTheTypeInTheirSectionOfTheVersion(String log) throws Exception {
      String said = missing("0.1.0", "0.2.0", log, changes(OLD, OTHER));
      assertEquals(
          """
          The public API is not that of 0.1.0:
            Door (incompatible): open() removed; open(int) new
          To do (plugin-api/README.md, Versions):
            plugin-api/CHANGELOG.md: the section "## 0.2.0" must name, with what is other of it: Door
          """,
          said);
    }

    @Test
    void nameNestedTypesWithThoseAroundThem() throws Exception {
      List<ApiChange> nested =
          changes(OLD, "public interface Door { void open(); record Key(int teeth) {} }");
      assertEquals(List.of("Door.Key"), nested.stream().map(ApiChange::type).toList());
      assertEquals("", missing("0.1.0", "0.1.1", "## 0.1.1\n\n- New: `Door.Key`.", nested));
      assertTrue(
          missing("0.1.0", "0.1.1", "## 0.1.1\n\n- New: `Key`.", nested).contains("Door.Key"));
    }

    @Test
    void areAskedForTogetherWithTheVersion() throws Exception {
      String said = missing("0.1.0", "0.1.0", "## 0.1.0\n\n- `Door`", changes(OLD, OTHER));
      assertTrue(said.contains("raise 0.1.0 to 0.2.0") && said.contains("\"## 0.2.0\""), said);
    }
  }

  @Nested
  class Changes {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "public interface Door { int open(); }",
          "public interface Door { void open() throws java.io.IOException; }",
          "public interface Door { void open(); void close(); }",
          "interface Door { void open(); }",
          "public abstract class Door { public abstract void open(); }",
          "public interface Window { void open(); }",
        })
    void ofAnInterfaceThatBreakPlugins(String next) throws Exception {
      assertFalse(compatible(OLD, next), next);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "record Size(int width) {} | record Size(int width, int height) {}",
          "record Size(int width) {} | record Size(long width) {}",
          "enum Side { LEFT, RIGHT } | enum Side { LEFT }",
          "class Key { protected int teeth; } | class Key { int teeth; }",
          "class Key { public void turn() {} } | final class Key { public void turn() {} }",
          "class Key { public java.util.List<String> of() { return null; } }"
              + " | class Key { public java.util.List<Integer> of() { return null; } }",
          "record Keys(java.util.List<String> all) {} | record Keys(java.util.List<Long> all) {}",
          "interface Key { void of(java.util.List<String> all); }"
              + " | interface Key { void of(java.util.List<Long> all); }",
          "interface Key<T> { T of(); } | interface Key<T extends Number> { T of(); }",
          "class Key { protected java.util.List<String> all; }"
              + " | class Key { protected java.util.List<Long> all; }",
          "interface Key { String of(); }"
              + " | interface Key { @org.jspecify.annotations.Nullable String of(); }",
          "interface Key { void of(String a); }"
              + " | interface Key { void of(@org.jspecify.annotations.Nullable String a); }",
          "record Key(@org.jspecify.annotations.Nullable String a) {} | record Key(String a) {}",
          "interface Key { java.util.List<String> of(); } | interface Key {"
              + " java.util.List<@org.jspecify.annotations.Nullable String> of(); }",
          "interface Key { int TEETH = 5; } | interface Key { int TEETH = 6; }",
          "sealed interface Key { record A() implements Key {} }"
              + " | sealed interface Key { record A() implements Key {} record B() implements Key {} }",
          "sealed interface Key { record A() implements Key {} record B() implements Key {} }"
              + " | interface Key { record A() implements Key {} record B() implements Key {} }",
        })
    void ofATypeThatBreakPlugins(String old, String next) throws Exception {
      assertFalse(compatible("public " + old, "public " + next), next);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "enum Side { LEFT } | enum Side { LEFT, RIGHT }",
          "class Key { } | class Key { public void turn() {} }",
          "class Key { } | class Key { protected int teeth; }",
          "class Key { }"
              + " | class Key { public void of(@org.jspecify.annotations.Nullable String a) {} }",
        })
    void thatOnlyAdd(String old, String next) throws Exception {
      assertTrue(compatible("public " + old, "public " + next), next);
    }

    private static boolean compatible(String old, String next) throws Exception {
      List<ApiChange> changes = changes(old, next);
      assertFalse(changes.isEmpty(), next);
      return changes.stream().allMatch(ApiChange::compatible);
    }

    @Test
    void ofCodeAndOfHiddenMembersAreNone() throws Exception {
      assertEquals(
          List.of(),
          changes(
              "public class Key { int teeth; public int turn() { return 1; } }",
              "public class Key { private long cuts; public int turn() { return hidden(); }"
                  + " int hidden() { return 2; } private record Notch() {} }"));
      assertEquals(List.of(), changes(OLD, OLD, "interface Hidden { record Shown() {} }"));
    }

    @Test
    void includeTypesThatAreAddedAndTaken() throws Exception {
      assertEquals(
          List.of(
              new ApiChange("Door", false, List.of("removed")),
              new ApiChange("Gate", true, List.of("new"))),
          changes(OLD, "public interface Gate { void open(); }"));
    }
  }

  @Nested
  class SignaturesOfClasses {

    @Test
    void areTheSameBytesWhenTheyAreTheSameSignatures() throws Exception {
      assertArrayEquals(
          Compiled.signatures("public class Key { public int turn() { return 1; } }"),
          Compiled.signatures("public class Key { public int turn() { return 2; } }"));
    }
  }
}
