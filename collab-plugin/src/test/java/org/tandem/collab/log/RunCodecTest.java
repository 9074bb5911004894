package org.tandem.collab.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;
import org.tandem.api.host.UserId;
import org.tandem.collab.clock.Stamp;
import org.tandem.collab.page.Revision;
import org.tandem.collab.protocol.ClientId;

class RunCodecTest {

  private static List<Revision> random(long seed, int count) {
    Random random = new Random(seed);
    long first = random.nextInt(3) == 0 ? Long.MAX_VALUE - count : 1 + random.nextInt(1_000_000);
    List<Revision> revisions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int who = random.nextInt(5);
      revisions.add(
          new Revision(
              first + i,
              new ClientId(new UUID(seed, who)),
              random.nextInt(4) == 0 ? random.nextLong() : i,
              new UserId(new UUID(who, random.nextInt(2))),
              random.nextInt(6) == 0 ? Delta.EMPTY : delta(random),
              new Stamp(
                  random.nextInt(4) == 0 ? random.nextLong() : i * 70_000L,
                  random.nextInt(3) == 0 ? "\u00e9\ud83d\ude00" : "n" + who)));
    }
    return revisions;
  }

  private static Delta delta(Random random) {
    return Delta.builder()
        .retain(1 + random.nextInt(9_999))
        .insert("x\ud83d\ude00\u0000\"".substring(0, 1 + 2 * random.nextInt(2)))
        .delete(1 + random.nextInt(3))
        .retain(1, Attributes.of(Map.of("bold", true)))
        .build();
  }

  @Property
  void givesBackWhatWasEncoded(@ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int count) {
    List<Revision> revisions = random(seed, count);
    assertEquals(Optional.of(revisions), RunCodec.decode(RunCodec.encode(revisions)));
  }

  @Property
  void whatIsDamagedIsSomethingElseOrNothing(@ForAll long seed) {
    List<Revision> revisions = random(seed, 20);
    byte[] run = RunCodec.encode(revisions);
    Random random = new Random(seed);
    byte[] cut = Arrays.copyOf(run, random.nextInt(run.length));
    assertEquals(Optional.empty(), RunCodec.decode(cut));
    int at = random.nextInt(run.length);
    run[at] ^= (byte) (1 << random.nextInt(8));
    // A flipped bit may be seen by the checksum of the row alone, but never throws here.
    RunCodec.decode(run).ifPresent(other -> assertNotEquals(List.of(), other));
  }

  @Test
  void nothingIsNoRun() {
    assertEquals(Optional.empty(), RunCodec.decode(new byte[0]));
    assertEquals(Optional.empty(), RunCodec.decode(new byte[] {2, 3, 0}));
  }
}
