package org.tandem.collab.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tandem.collab.clock.Stamp;
import org.tandem.collab.log.OperationLog;
import org.tandem.collab.page.Revision;

/**
 * After a restart the first to come once waited until the page was read, by a JVM that was cold.
 */
@Timeout(120)
class OpenedAheadTest extends ThreeNodes {

  @Test
  void thePagesThatWereChangedLastAreReadBeforeAnybodyComes() throws Exception {
    ScriptedClient before = new ScriptedClient(page);
    log.create(page, 0, START);
    Revision newest =
        new Revision(1, before.id, 1, before.user.id(), insert(0, "x"), new Stamp(1, "n"));
    log.append(List.of(new OperationLog.Append(page, 0, List.of(newest))));
    nodes.get(0).openNewest().get(20, TimeUnit.SECONDS);
    assertEquals(1, log.loads());
    ScriptedClient first = join(0);
    assertEquals("x\n", text(first.document()));
    assertEquals(1, log.loads());
  }

  @Test
  void aLogThatIsAwayKeepsNobodyWaiting() throws Exception {
    log.away(true);
    nodes.get(0).openNewest().get(20, TimeUnit.SECONDS);
    log.away(false);
    assertEquals("\n", text(join(0).document()));
  }
}
