package org.tandem.api.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.DeltaJson;
import org.tandem.api.document.format.Formats;

class DocumentCheckTest {

  /** Length 12: two letters, a pair, a newline, six letters, the last newline. */
  private static final Delta DOCUMENT = Delta.builder().insert("ab\ud83d\ude00\nsecond\n").build();

  private final DocumentCheck check = new DocumentCheck(Formats.builtIn());

  private static Delta delta(String json) {
    return assertInstanceOf(DeltaJson.Parsed.Valid.class, DeltaJson.read(json)).delta();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "[{\"insert\":\"x\"}]",
        "[{\"retain\":11},{\"insert\":\"end\"}]",
        "[{\"retain\":11},{\"retain\":1,\"attributes\":{\"header\":2}}]",
        "[{\"retain\":2},{\"delete\":2}]",
        "[{\"retain\":4},{\"retain\":1,\"attributes\":{\"list\":\"checked\",\"indent\":8}}]",
        "[{\"retain\":12,\"attributes\":{\"bold\":null,\"gone-extension\":null}}]",
        "[{\"insert\":\"x\",\"attributes\":{\"link\":\"https://a.b/c\"}}]",
        "[{\"insert\":\"x\",\"attributes\":{\"link\":\"/pages/1\"}}]",
        "[{\"insert\":\"x\",\"attributes\":{\"link\":\"#part\"}}]",
        "[{\"insert\":\"x\",\"attributes\":{\"link\":\"mailto:a@b.c\"}}]",
        "[{\"insert\":\"\\n\",\"attributes\":{\"code-block\":\"c++\"}}]",
        "[{\"insert\":\"\\n\",\"attributes\":{\"code-block\":true,\"blockquote\":true}}]",
        "[{\"insert\":{\"divider\":true}}]",
        "[{\"insert\":\"tab\\tand \\ud83d\\ude00\"}]"
      })
  void accepts(String change) {
    assertEquals(new DocumentCheck.Verdict.Accepted(), check.check(DOCUMENT, delta(change)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"retain\":13,\"attributes\":{\"bold\":null}}]",
        "[{\"retain\":60000000},{\"insert\":\"x\"}]",
        "[{\"retain\":30000000},{\"delete\":30000000}]",
        "[{\"insert\":\"\\u0085\"}]",
        "[{\"retain\":12},{\"insert\":\"after the last newline\"}]",
        "[{\"retain\":11},{\"delete\":1}]",
        "[{\"delete\":12}]",
        "[{\"delete\":13}]",
        "[{\"retain\":3},{\"insert\":\"in the pair\"}]",
        "[{\"retain\":3},{\"delete\":1}]",
        "[{\"retain\":2},{\"delete\":1}]",
        "[{\"retain\":3,\"attributes\":{\"bold\":true}}]",
        "[{\"insert\":\"\\ud83d\"}]",
        "[{\"insert\":\"\\ude00x\"}]",
        "[{\"insert\":\"a\\u0000\"}]",
        "[{\"insert\":\"a\\r\\n\"}]",
        "[{\"insert\":\"x\",\"attributes\":{\"onclick\":\"x\"}}]",
        "[{\"insert\":\"x\",\"attributes\":{\"style\":\"x\"}}]",
        "[{\"insert\":\"x\",\"attributes\":{\"__proto__\":{}}}]",
        "[{\"retain\":1,\"attributes\":{\"__proto__\":null}}]",
        "[{\"retain\":1,\"attributes\":{\"constructor\":null}}]",
        "[{\"retain\":1,\"attributes\":{\"\":null}}]",
        "[{\"insert\":\"x\",\"attributes\":{\"link\":\"javascript&colon;alert(1)\"}}]",
        "[{\"insert\":\"x\",\"attributes\":{\"link\":\"javascript%3Aalert(1)\"}}]",
        "[{\"insert\":\"x\",\"attributes\":{\"link\":\"\\u0001javascript:alert(1)\"}}]",
        "[{\"insert\":\"x\",\"attributes\":{\"link\":\"https:\"}}]",
        "[{\"insert\":\"x\",\"attributes\":{\"link\":\"https://a\\u202eb\"}}]",
        "[{\"insert\":\"x\",\"attributes\":{\"link\":[\"https://a\"]}}]",
        "[{\"insert\":\"x\",\"attributes\":{\"link\":{\"a\":{\"a\":{\"a\":1}}}}}]",
        "[{\"insert\":\"x\",\"attributes\":{\"bold\":\"true\"}}]",
        "[{\"insert\":\"x\",\"attributes\":{\"bold\":null}}]",
        "[{\"insert\":\"x\",\"attributes\":{\"link\":\"javascript:alert(1)\"}}]",
        "[{\"insert\":\"x\",\"attributes\":{\"link\":\"JaVaScRiPt:alert(1)\"}}]",
        "[{\"insert\":\"x\",\"attributes\":{\"link\":\"java\\tscript:alert(1)\"}}]",
        "[{\"insert\":\"x\",\"attributes\":{\"link\":\" https://a\"}}]",
        "[{\"insert\":\"x\",\"attributes\":{\"link\":\"//evil\"}}]",
        "[{\"insert\":\"x\",\"attributes\":{\"link\":\"/\\\\evil\"}}]",
        "[{\"insert\":\"x\",\"attributes\":{\"link\":\"data:text/html,x\"}}]",
        "[{\"insert\":\"x\",\"attributes\":{\"link\":\"vbscript:x\"}}]",
        "[{\"insert\":\"x\",\"attributes\":{\"link\":\"relative\"}}]",
        "[{\"insert\":\"x\",\"attributes\":{\"link\":\"\"}}]",
        "[{\"insert\":\"x\",\"attributes\":{\"header\":1}}]",
        "[{\"insert\":\"x\\n\",\"attributes\":{\"header\":1}}]",
        "[{\"insert\":\"\\n\",\"attributes\":{\"header\":4}}]",
        "[{\"insert\":\"\\n\",\"attributes\":{\"header\":0}}]",
        "[{\"insert\":\"\\n\",\"attributes\":{\"indent\":9}}]",
        "[{\"insert\":\"\\n\",\"attributes\":{\"list\":\"dash\"}}]",
        "[{\"insert\":\"\\n\",\"attributes\":{\"bold\":true}}]",
        "[{\"insert\":\"\\n\",\"attributes\":{\"code-block\":\"\\\" onload=\"}}]",
        "[{\"retain\":12,\"attributes\":{\"bold\":true}}]",
        "[{\"retain\":5,\"attributes\":{\"header\":1}}]",
        "[{\"insert\":{\"script\":\"x\"}}]",
        "[{\"insert\":{\"divider\":false}}]"
      })
  void refuses(String change) {
    assertInstanceOf(
        DocumentCheck.Verdict.Refused.class, check.check(DOCUMENT, delta(change)), change);
  }

  @Test
  void boundsTheAttributesOfAnOperation() {
    Map<String, Object> many = new HashMap<>();
    for (int i = 0; i <= DocumentCheck.MOST_ATTRIBUTES; i++) {
      many.put("gone-" + i, null);
    }
    Delta change = Delta.builder().retain(1, Attributes.of(many)).build();
    assertInstanceOf(DocumentCheck.Verdict.Refused.class, check.check(DOCUMENT, change));
  }

  @Test
  void boundsTheLengthOfADocument() {
    Delta tooLong = Delta.builder().insert("x".repeat(DocumentCheck.LONGEST)).build();
    assertInstanceOf(DocumentCheck.Verdict.Refused.class, check.check(DOCUMENT, tooLong));
    assertInstanceOf(
        DocumentCheck.Verdict.Refused.class,
        check.checkDocument(
            tooLong.compose(Delta.builder().retain(DocumentCheck.LONGEST).insert("\n").build())));
  }

  @Test
  void asksADocumentToEndWithANewline() {
    assertEquals(new DocumentCheck.Verdict.Accepted(), check.checkDocument(DOCUMENT));
    assertInstanceOf(
        DocumentCheck.Verdict.Refused.class, check.checkDocument(delta("[{\"insert\":\"a\"}]")));
    assertInstanceOf(DocumentCheck.Verdict.Refused.class, check.checkDocument(Delta.EMPTY));
    assertInstanceOf(
        DocumentCheck.Verdict.Refused.class,
        check.checkDocument(delta("[{\"retain\":1},{\"insert\":\"\\n\"}]")));
  }
}
