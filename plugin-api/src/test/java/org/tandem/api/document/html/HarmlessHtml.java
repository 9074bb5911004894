package org.tandem.api.document.html;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Comment;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Element;

/** What HTML of a page may hold: fixed names of elements and attributes, and harmless values. */
final class HarmlessHtml {

  private static final Set<String> ELEMENTS =
      Set.of(
          "p",
          "h2",
          "h3",
          "h4",
          "ul",
          "ol",
          "li",
          "input",
          "pre",
          "code",
          "blockquote",
          "hr",
          "br",
          "a",
          "strong",
          "em",
          "u",
          "s",
          "span",
          "div",
          "table",
          "thead",
          "tbody",
          "tr",
          "th",
          "td");

  /** No handler, no style: the attributes that are written, with what they may say. */
  private static final Map<String, Pattern> ATTRIBUTES =
      Map.of(
          "id", Pattern.compile("h(-[\\p{L}\\p{N}\\p{M}]+)*"),
          "class",
              Pattern.compile("[a-z]+(-[a-z0-9]+)?( [a-z]+-[a-z]+)?|language-[A-Za-z0-9+#._-]+"),
          "href", Pattern.compile("(?i)(https?://|mailto:|/(?!/)|[?#])[^\\x00-\\x20\\\\<>\"]*"),
          "rel", Pattern.compile("noopener nofollow"),
          "type", Pattern.compile("checkbox"),
          "disabled", Pattern.compile(""),
          "checked", Pattern.compile(""),
          "scope", Pattern.compile("col"),
          "role", Pattern.compile("note"));

  private HarmlessHtml() {}

  static void assertHarmless(String html) {
    Element body = Jsoup.parseBodyFragment(html).body();
    for (Element element : body.getAllElements()) {
      assertTrue(element == body || ELEMENTS.contains(element.normalName()), html);
      for (Attribute attribute : element.attributes()) {
        Pattern allowed = ATTRIBUTES.get(attribute.getKey());
        assertTrue(
            allowed != null && allowed.matcher(attribute.getValue()).matches(),
            () -> attribute + " in " + html);
      }
    }
    body.traverse(
        (node, depth) ->
            assertTrue(!(node instanceof Comment) && !(node instanceof DataNode), html));
  }
}
