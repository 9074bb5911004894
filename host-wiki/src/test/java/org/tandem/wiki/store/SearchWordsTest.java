package org.tandem.wiki.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchWordsTest {

  @ParameterizedTest
  @CsvSource({
    "'Résumé, naïve!', 'resume naive '",
    "'foo-bar user@example.org', 'foo bar user example org '",
    "'ÄÖÜ ﬁne ① 3.14', 'aou fine 1 3 14 '",
    "'漢字 kana', '漢 字 kana '",
    "'''; drop --\\ :*&|!', 'drop '"
  })
  void textIsFolded(String text, String indexed) {
    assertEquals(indexed, SearchWords.indexed(text));
  }

  @Test
  void veryLongWordsAndTextsAreCut() {
    assertTrue(SearchWords.indexed("x".repeat(100_000)).length() <= 201);
    assertTrue(SearchWords.indexed("abc ".repeat(1_000_000)).length() <= 250_004);
  }
}
