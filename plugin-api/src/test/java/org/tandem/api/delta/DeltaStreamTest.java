package org.tandem.api.delta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The stream and the tree say the same of every text, right or spoilt. */
class DeltaStreamTest {

  private static final int SEEDS = 5_000;
  private static final String SPOILING = "{}[]\",:01-9.eatn \\\u0000\ud83d";

  @Test
  void writesWhatTheTreeHolds() throws Exception {
    ObjectMapper mapper = new ObjectMapper();
    for (int seed = 0; seed < SEEDS; seed++) {
      Delta delta = any(seed);
      assertEquals(mapper.writeValueAsString(DeltaJson.toPlain(delta)), DeltaJson.write(delta));
    }
  }

  @Test
  void readsWhatTheTreeReads() {
    int valid = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      String right = DeltaJson.write(any(seed));
      String spoilt = spoil(right, new Random(seed));
      assertEquals(DeltaJson.readTree(right), DeltaJson.read(right), right);
      assertEquals(DeltaJson.readTree(spoilt), DeltaJson.read(spoilt), spoilt);
      valid += DeltaJson.read(spoilt) instanceof DeltaJson.Parsed.Valid ? 1 : 0;
    }
    assertTrue(valid > SEEDS / 100 && valid < SEEDS * 9 / 10, valid + " spoilt ones were right");
  }

  private static Delta any(int seed) {
    Arbitrary arbitrary = new Arbitrary(seed);
    Delta document = arbitrary.document();
    return seed % 4 == 0 ? document : arbitrary.change(document.length());
  }

  private static String spoil(String json, Random random) {
    StringBuilder text = new StringBuilder(json);
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(text.length());
      char other = SPOILING.charAt(random.nextInt(SPOILING.length()));
      if (random.nextBoolean()) {
        text.setCharAt(at, other);
      } else {
        text.insert(at, other);
      }
    }
    return text.toString();
  }
}
