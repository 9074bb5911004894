package org.tandem.api.document.markdown;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.DeltaJson;
import org.tandem.api.document.DocumentCheck;
import org.tandem.api.document.format.Formats;

class MarkdownTest {

  private final DocumentCheck check = new DocumentCheck(Formats.builtIn());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "# One\n\n## Two\n\n### Three\n",
        "Some **bold**, *italic*, ~~struck~~, `code` and <u>underlined</u> words.\n",
        "***all*** of it\n",
        "A [link](https://a.b/c_d?e=f&g) and [another](/pages/x)\n",
        "- a\n  - b\n    - c\n- d\n",
        "1. one\n2. two\n   - nested\n3. three\n",
        "- [x] done\n- [ ] open\n",
        "> quoted\n\n> - in a list\n",
        "```java\nint x = 1;\n\n// end\n```\n",
        "````\n```\n````\n",
        "above\n\n---\n\nbelow\n",
        "1\\. no list, \\*no emphasis\\*, \\# no heading, \\<b\\>, a\\_b\\_c \\`no code\\`\n",
        "\ud83d\ude00 text\n",
        "| a | b |\n|:-:|--:|\n| 1 <br> 2 | **x\\|y** |\n\n| other |\n|---|\n",
        "> [!NOTE]\n> text\n>\n> - list\n\n> [!TIP]\n>\n> > quote\n"
      })
  void survivesARoundTrip(String markdown) {
    Delta read = Markdown.read(markdown);
    assertEquals(new DocumentCheck.Verdict.Accepted(), check.checkDocument(read));
    String written = Markdown.write(read);
    assertEquals(read, Markdown.read(written), written);
  }

  /** A reader takes a blank from each end of a code span, unless all of it is spaces. */
  @ParameterizedTest
  @ValueSource(strings = {" ", "   ", " a ", " \t ", "\t", " \u00a0 ", " a", "` "})
  void keepsTheBlanksOfCode(String code) {
    Delta document =
        Delta.builder()
            .insert("x")
            .insert(code, Attributes.of(Map.of("code", true)))
            .insert("x\n")
            .build();
    assertEquals(document, Markdown.read(Markdown.write(document)));
  }

  /** A letter at the border of two formats may be a reference: that is none to an underscore. */
  @Test
  void escapesAnUnderscoreBesideAReference() {
    Delta document =
        Delta.builder()
            .insert("b_b", Attributes.of(Map.of("italic", true)))
            .insert("\"", Attributes.of(Map.of("italic", true, "strike", true)))
            .insert("\n")
            .build();
    assertEquals(document, Markdown.read(Markdown.write(document)), Markdown.write(document));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n\n",
        "<script>alert(1)</script>",
        "a <img src=x onerror=alert(1)> b",
        "[x](javascript:alert(1))",
        "[x](<java\tscript:alert(1)>)",
        "![img](https://a/b.png)",
        "\u0000\u0001\r\nx\u007f",
        "\ud83d alone",
        "- ",
        "-",
        "> ",
        "| a | b |\n| - | - |\n| 1 | 2 |",
        "[ref]: javascript:alert(1)\n\n[ref]",
        "```weird language!\ncode\n```",
        "- [ ]\n- [x]",
        "###### six",
        "&#1;&#13;&#10;&#xD800;&#0;",
        "`a\u2028b`",
        "[x](java&#9;script:alert(1))",
        "|\n|-|\n|",
        "| a |\n|---|---|\n|||||\n| \\",
        "|a|\n|-|\n|&#10;|\n|`|`|",
        "- | a |\n  |---|\n  | b |\n- c",
        "> [!NOTE]",
        "> [!NOTE]\n> [!NOTE]\n> > [!TIP]\n\n[!NOTE]: /x",
        "> - [!WARNING]"
      })
  void makesAValidDocumentOfAnything(String markdown) {
    assertEquals(
        new DocumentCheck.Verdict.Accepted(), check.checkDocument(Markdown.read(markdown)));
  }

  @Test
  void keepsDeepListsWithinTheAllowedIndent() {
    StringBuilder deep = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      deep.append("  ".repeat(i)).append("- item\n");
    }
    assertEquals(
        new DocumentCheck.Verdict.Accepted(), check.checkDocument(Markdown.read(deep.toString())));
  }

  /** The parser recurses; what is nested deeper than it may go is text. */
  @ParameterizedTest
  @ValueSource(strings = {">", "- ", "![", "*a _b ", "<u>", "[", "`"})
  void takesAnyNesting(String opening) {
    String hostile = opening.repeat(20_000) + "x" + "](/a) b_ a*".repeat(20_000);
    Delta read = assertTimeout(Duration.ofSeconds(10), () -> Markdown.read(hostile));
    assertEquals(new DocumentCheck.Verdict.Accepted(), check.checkDocument(read));
  }

  /** From each of these the parser looked for an end through all the rest: minutes for one text. */
  @ParameterizedTest
  @ValueSource(strings = {"<u ", "<!--", "<", "a < b ", "<?"})
  void doesNotLookForTheEndsOfTagsForEver(String opening) {
    String hostile = "x" + opening.repeat(150_000);
    Delta read = assertTimeout(Duration.ofSeconds(5), () -> Markdown.read(hostile));
    assertEquals(new DocumentCheck.Verdict.Accepted(), check.checkDocument(read));
  }

  @Test
  void readsALongTextInAFenceAsUsual() {
    Delta read = Markdown.read("# T\n\n```\n" + "<td>1 < 2</td>\n".repeat(20_000) + "```\n");
    assertEquals(Map.of("header", 1), read.ops().get(1).attributes().asMap());
  }

  @Test
  void keepsUnderlineInItsParagraph() {
    assertEquals(
        "[{\"insert\":\"a\",\"attributes\":{\"underline\":true}},{\"insert\":\"\\nb\\n\"}]",
        DeltaJson.write(Markdown.read("<u>a\n\nb\n")));
  }

  @Test
  void saysTheFormatsInTheProtocolsNames() {
    assertEquals(
        "[{\"insert\":\"T\"},{\"insert\":\"\\n\",\"attributes\":{\"header\":2}},"
            + "{\"insert\":\"x\"},{\"insert\":\"\\n\",\"attributes\":{\"blockquote\":true,"
            + "\"list\":\"unchecked\"}}]",
        DeltaJson.write(Markdown.read("## T\n\n> - [ ] x\n")));
  }
}
