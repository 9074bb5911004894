package org.tandem.wiki.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttachmentTest {

  private static Attachment of(String title) {
    return Attachment.of(title, "csv", "text/csv", new byte[0]);
  }

  @ParameterizedTest
  @CsvSource({
    "Notes, Notes.csv, Notes.csv",
    "Étude über 日本, Etude uber __.csv, %C3%89tude%20%C3%BCber%20%E6%97%A5%E6%9C%AC.csv",
    "a/b\\c, a b c.csv, a%20b%20c.csv",
    "../../etc/passwd, etc passwd.csv, etc%20passwd.csv",
    "'say \"hi\"; filename=x.exe', 'say hi ; filename=x.exe.csv', say%20hi%20%3B%20filename%3Dx.exe.csv",
    "50%20 off, 50 20 off.csv, 50%2020%20off.csv",
    "CON, page CON.csv, page%20CON.csv",
    "lpt1.txt, page lpt1.txt.csv, page%20lpt1.txt.csv",
    "..., page.csv, page.csv",
    "-rf, rf.csv, rf.csv",
    "it's, it's.csv, it%27s.csv",
  })
  void isNamedSafely(String title, String plain, String encoded) {
    assertEquals(
        "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded,
        of(title).disposition());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nSet-Cookie: x=y", "a\u0000b", "gpj.\u202eexe", "\u2066\u2069", " "})
  void aNameIsOneVisibleLine(String title) {
    String disposition = of(title).disposition();
    assertTrue(disposition.chars().allMatch(c -> c >= ' ' && c < 127), disposition);
    assertFalse(
        of(title).name().codePoints().anyMatch(c -> Character.getType(c) == Character.FORMAT));
    assertTrue(of(title).name().length() > ".csv".length());
  }

  @Test
  void aLongNameIsCutBetweenCharacters() {
    String name = of("\ud83d\ude00".repeat(200)).name();
    assertEquals("\ud83d\ude00".repeat(60) + ".csv", name);
    assertTrue(of("x".repeat(200)).disposition().length() < 200);
  }
}
