package org.tandem.wiki.access;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import org.tandem.api.host.Access;
import org.tandem.api.host.PageId;
import org.tandem.api.host.UserId;
import org.tandem.wiki.store.Announcement;

/**
 * Decisions about rights that are remembered until an announcement says that they may have changed.
 *
 * <p>Order: an announcement begins a new generation before the listeners behind {@link #hear} act
 * on it. The generation is read before the database is asked, and the answer is kept under it. So
 * an answer from before a change is never given once the change was heard, however slowly the
 * database answered; PostgreSQL lets a transaction be seen before it delivers its notification.
 *
 * <p>Age: an answer is decided again, on another thread, when it is asked for after 10 to 25 s, and
 * given for at most 30 s: this bounds changes that nobody announces. By chance within these, so
 * that what many people ask at the same time, when a node begins, is not renewed at the same time
 * ever after. While announcements are not surely heard, and where there is no such page or user (a
 * new page is not announced), it is given for 0.5 s.
 *
 * <p>Threads: safe for use by any thread. Failure: what a decision throws is thrown to the caller
 * that waits for it and nothing is kept; an answer whose renewal fails is kept to its end.
 */
final class Answers {

  private record Question(long generation, PageId page, UserId user) {}

  /**
   * @param decidedAt in nanoseconds, as {@code renewAt}
   * @param renewAt when it is decided again beside
   */
  private record Answer(Optional<Access> access, long decidedAt, long renewAt) {}

  private static final long SHORTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long RENEWED_AFTER = TimeUnit.SECONDS.toNanos(10);
  private static final long RENEWED_BEFORE = TimeUnit.SECONDS.toNanos(25);
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final int STRIPES = 4096;

  private final BiFunction<PageId, UserId, Optional<Access>> decision;
  private final BooleanSupplier isHeard;
  private final Ticker nanos;
  private final LoadingCache<Question, Answer> answers;

  /** Changes heard of, by a page's or user's hash; the last one counts those that concern all. */
  private final AtomicLongArray changes = new AtomicLongArray(2 * STRIPES + 1);

  /**
   * @param decision asks the database; empty when there is no such page or user
   * @param isHeard whether what is announced now will surely be heard at once
   */
  Answers(
      BiFunction<PageId, UserId, Optional<Access>> decision,
      BooleanSupplier isHeard,
      Ticker nanos) {
    this.decision = decision;
    this.isHeard = isHeard;
    this.nanos = nanos;
    this.answers =
        Caffeine.newBuilder()
            .expireAfterWrite(LONGEST)
            .maximumSize(100_000)
            .ticker(nanos)
            .executor(renewals())
            .build(this::answer);
  }

  /**
   * One thread, that ends as soon as it has nothing to do: a plugin may ask first, and the thread
   * remembers who began it.
   */
  private static ThreadPoolExecutor renewals() {
    ThreadPoolExecutor renewals =
        new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "wiki-rights");
              thread.setDaemon(true);
              thread.setContextClassLoader(Answers.class.getClassLoader());
              return thread;
            });
    renewals.allowCoreThreadTimeOut(true);
    return renewals;
  }

  Access access(PageId page, UserId user) {
    Question question = new Question(generation(page, user), page, user);
    Answer answer = answers.get(question);
    if (!holds(answer)) {
      answer =
          answers
              .asMap()
              .compute(question, (same, old) -> old != null && holds(old) ? old : answer(same));
    } else if (nanos.read() - answer.renewAt() > 0) {
      answers.refresh(question);
    }
    return answer.access().orElse(Access.NONE);
  }

  /** The answers that the announcement may concern are not given any more. */
  void hear(Announcement announcement) {
    if (announcement instanceof Announcement.PageDeleted deleted) {
      changes.incrementAndGet(ofPage(deleted.page()));
    } else if (announcement instanceof Announcement.AccessChanged changed) {
      changes.incrementAndGet(
          changed
              .page()
              .map(Answers::ofPage)
              .or(() -> changed.user().map(Answers::ofUser))
              .orElse(2 * STRIPES));
    } else if (announcement instanceof Announcement.Missed) {
      changes.incrementAndGet(2 * STRIPES);
    }
  }

  /** A sum of numbers that only grow: equal only if none of them has moved. */
  private long generation(PageId page, UserId user) {
    return changes.get(ofPage(page)) + changes.get(ofUser(user)) + changes.get(2 * STRIPES);
  }

  private static int ofPage(PageId page) {
    return Math.floorMod(page.hashCode(), STRIPES);
  }

  private static int ofUser(UserId user) {
    return STRIPES + Math.floorMod(user.hashCode(), STRIPES);
  }

  private Answer answer(Question question) {
    Optional<Access> access = decision.apply(question.page(), question.user());
    long now = nanos.read();
    long wait = ThreadLocalRandom.current().nextLong(RENEWED_AFTER, RENEWED_BEFORE);
    return new Answer(access, now, now + wait);
  }

  private boolean holds(Answer answer) {
    return nanos.read() - answer.decidedAt() < SHORTEST_NANOS
        || (answer.access().isPresent() && isHeard.getAsBoolean());
  }
}
