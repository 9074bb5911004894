package org.tandem.wiki.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tandem.api.host.Access;
import org.tandem.api.host.PageId;
import org.tandem.api.host.UserId;

/** The story: 500 people began to write at once, and every 20 s the database had 500 questions. */
class AnswersTest {

  private static final int PEOPLE = 200;

  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger decisions = new AtomicInteger();
  private final PageId page = PageId.random();
  private final UserId first = user();
  private final CountDownLatch firstRenewed = new CountDownLatch(2);
  private final Answers answers = new Answers(this::decide, () -> true, nanos::get);

  private static UserId user() {
    return new UserId(UUID.randomUUID());
  }

  private Optional<Access> decide(PageId asked, UserId by) {
    decisions.incrementAndGet();
    if (by.equals(first)) {
      firstRenewed.countDown();
    }
    return Optional.of(Access.EDIT);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void answersThatWereAskedForAtOnceAreNotRenewedAtOnce() throws Exception {
    List<UserId> people = Stream.generate(AnswersTest::user).limit(PEOPLE).toList();
    answers.access(page, first);
    pass(Duration.ofSeconds(9));
    people.forEach(person -> answers.access(page, person));
    pass(Duration.ofSeconds(10));
    people.forEach(person -> answers.access(page, person));
    assertEquals(1 + PEOPLE, decisions.get(), "before 10 s nothing is renewed");

    pass(Duration.ofSeconds(7));
    people.forEach(person -> answers.access(page, person));
    // It is older than all the others may become, and the last in the queue of renewals.
    answers.access(page, first);
    assertTrue(firstRenewed.await(30, TimeUnit.SECONDS));
    int renewed = decisions.get() - PEOPLE - 2;
    assertTrue(
        renewed > PEOPLE / 10 && renewed < PEOPLE * 9 / 10,
        renewed + " of " + PEOPLE + " are renewed after 17 s");
  }
}
