package org.tandem.collab.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;
import org.tandem.api.editor.ProposedChange.Manner;
import org.tandem.api.editor.SaveOutcome;
import org.tandem.api.host.UserId;
import org.tandem.collab.log.LogDamaged;
import org.tandem.collab.page.Submission;
import org.tandem.collab.protocol.ClientId;

/** A row that is not what was written stops its page, and is one line that names it. */
@Timeout(60)
class DamagedLogTest extends ThreeNodes {

  private static final String NAMED = "revision 7 is damaged";

  private final Logger logger = (Logger) LoggerFactory.getLogger("org.tandem.collab.runtime");
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

  @BeforeEach
  void damage() {
    log.amidReading(
        any -> {
          throw new LogDamaged(NAMED);
        });
    logged.start();
    logger.addAppender(logged);
  }

  @AfterEach
  void listenNoMore() {
    logger.detachAppender(logged);
  }

  @Test
  void aSaveIsNotTaken() throws Exception {
    Submission save =
        new Submission(
            new ClientId(UUID.randomUUID()),
            1,
            UserId.random(),
            0,
            List.of(insert(0, "a")),
            Manner.TYPED);
    SaveOutcome outcome = nodes.get(owner()).save(page, save).get();
    assertInstanceOf(SaveOutcome.Unavailable.class, outcome);
    assertNamedOnce();
  }

  @Test
  void aReaderIsToldThatThePageIsNotThere() {
    assertThrows(ExecutionException.class, () -> nodes.get(0).current(page).get());
    assertNamedOnce();
  }

  private void assertNamedOnce() {
    List<ILoggingEvent> errors =
        logged.list.stream().filter(line -> line.getLevel() == Level.ERROR).toList();
    assertEquals(
        List.of("Page " + page + ": " + NAMED),
        errors.stream().map(ILoggingEvent::getFormattedMessage).toList());
    assertNull(errors.get(0).getThrowableProxy());
  }
}
