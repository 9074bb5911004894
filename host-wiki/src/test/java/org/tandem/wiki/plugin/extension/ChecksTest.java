package org.tandem.wiki.plugin.extension;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tandem.api.editor.ChangeCheck;
import org.tandem.api.editor.Hooks;
import org.tandem.api.editor.ProposedChange;
import org.tandem.api.host.Access;
import org.tandem.api.host.PageId;
import org.tandem.api.host.Registration;
import org.tandem.api.host.User;
import org.tandem.api.host.UserId;
import org.tandem.wiki.plugin.hook.Fuse;
import org.tandem.wiki.plugin.hook.HookKind;
import org.tandem.wiki.plugin.hook.HookThreads;
import org.tandem.wiki.plugin.hook.PluginHooks;
import org.tandem.wiki.plugin.hook.PluginView;

class ChecksTest {

  private static final ChangeCheck.Answer YES = new ChangeCheck.Answer.Accept();
  private static final Hooks.Verdict ACCEPTED = new Hooks.Verdict.Accepted();
  private static final Hooks.Verdict FAULTY = unchecked("faulty");
  private static final Hooks.Verdict HANGING = unchecked("hanging");

  private final TestHooks hooks = new TestHooks();
  private final PageId page = PageId.random();
  private final PageId other = PageId.random();
  private final List<Hooks.Notice> notices = new CopyOnWriteArrayList<>();
  private final CountDownLatch end = new CountDownLatch(1);

  /** Who failed is named: nobody could do anything about it. */
  private static Hooks.Verdict unchecked(String plugin) {
    return new Hooks.Verdict.Unknown(
        "The plugin "
            + plugin
            + " failed to check the change, which is not saved yet: keep it and send it again. If"
            + " that goes on, tell an administrator.");
  }

  @AfterEach
  void close() {
    end.countDown();
    hooks.close();
  }

  private ChangeCheck.Answer hang() {
    while (true) {
      try {
        end.await();
        return YES;
      } catch (InterruptedException deaf) {
        // A plugin that does not hear.
      }
    }
  }

  /** A check of a name and an order that notes that it was asked. */
  private record Noting(String name, int order, List<String> asked, ChangeCheck.Answer answer)
      implements ChangeCheck {

    @Override
    public Answer check(ProposedChange change, User author, Access access) {
      asked.add(name + " " + author.name() + " " + access.word() + " " + change.manner().word());
      return answer;
    }
  }

  @Test
  void areAskedInOrderUntilOneRefuses() throws Exception {
    List<String> asked = new CopyOnWriteArrayList<>();
    hooks.extensions.registrations().register("b", new Noting("third", 1, asked, YES));
    hooks.extensions.registrations().register("a", new Noting("second", 1, asked, YES));
    hooks.extensions.registrations().register("c", new Noting("first", -1, asked, YES));
    assertEquals(ACCEPTED, hooks.check(page));
    assertEquals(
        List.of("first Anna admin typed", "second Anna admin typed", "third Anna admin typed"),
        List.copyOf(asked));
    asked.clear();
    var refusal = new ChangeCheck.Answer.Refuse("This section is protected: ask its owner.");
    Registration refusing =
        hooks.extensions.registrations().register("z", new Noting("no", 0, asked, refusal));
    assertEquals(
        new Hooks.Verdict.Refused("This section is protected: ask its owner."), hooks.check(page));
    assertEquals(2, asked.size());
    refusing.close();
    assertEquals(ACCEPTED, hooks.check(page));
  }

  @Test
  void thatThrowThreeTimesInARowAreOffOnThatPageForTenMinutes() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    hooks.extensions.onNotice(notices::add);
    hooks
        .extensions
        .registrations()
        .register(
            "faulty",
            (change, author, access) -> {
              calls.incrementAndGet();
              if (change.page().equals(page)) {
                throw new IllegalStateException("as the test wants");
              }
              return YES;
            });
    assertEquals(FAULTY, hooks.check(page));
    assertEquals(FAULTY, hooks.check(page));
    assertEquals(List.of(), notices);
    assertEquals(FAULTY, hooks.check(page));
    assertEquals(List.of(page), notices.stream().map(Hooks.Notice::page).toList());
    assertEquals("plugin_off", notices.get(0).code());
    assertEquals(notices, hooks.extensions.notices(page));
    assertFalse(hooks.extensions.checks(page));
    assertEquals(ACCEPTED, hooks.check(page));
    assertEquals(3, calls.get(), "it is not asked any more");
    assertEquals(ACCEPTED, hooks.check(other), "it is asked elsewhere");
    assertEquals(4, calls.get());
    PluginView view = hooks.extensions.of("faulty");
    assertEquals(
        List.of(
            new PluginView.SwitchedOff(
                HookKind.CHECK, "check", Optional.of(page), Duration.ofMinutes(10))),
        view.off());
    assertEquals(3, view.figures().get(0).faults());
    assertEquals(4, view.figures().get(0).calls());
    hooks.millis.addAndGet(Fuse.OFF_MILLIS);
    assertTrue(hooks.extensions.checks(page));
    assertEquals(FAULTY, hooks.check(page));
    assertEquals(5, calls.get());
  }

  @Test
  void thatSucceedInBetweenStayOn() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    hooks
        .extensions
        .registrations()
        .register(
            "faulty",
            (change, author, access) -> {
              if (calls.incrementAndGet() % 3 != 0) {
                throw new AssertionError("as the test wants");
              }
              return YES;
            });
    List<Hooks.Verdict> verdicts = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      verdicts.add(hooks.check(page));
    }
    assertEquals(3, verdicts.stream().filter(ACCEPTED::equals).count());
    assertTrue(hooks.extensions.checks(page));
  }

  @Test
  void areOnAgainWhenThePluginIsEnabledAnew() throws Exception {
    ChangeCheck check =
        (change, author, access) -> {
          throw new IllegalStateException("as the test wants");
        };
    Registration first = hooks.extensions.registrations().register("faulty", check);
    for (int i = 0; i < Fuse.FAULTS; i++) {
      hooks.check(page);
    }
    assertFalse(hooks.extensions.checks(page));
    first.close();
    hooks.extensions.registrations().register("faulty", check);
    assertTrue(hooks.extensions.checks(page));
    assertEquals(1, hooks.extensions.of("faulty").contributions().size());
  }

  @Test
  void thatHangAreGivenUpAndInTheEndOffOnTheNode() throws Exception {
    AtomicInteger well = new AtomicInteger();
    hooks.extensions.onNotice(notices::add);
    hooks.extensions.registrations().register("hanging", (change, author, access) -> hang());
    hooks
        .extensions
        .registrations()
        .register(
            "well",
            (change, author, access) -> {
              well.incrementAndGet();
              return YES;
            });
    for (int i = 0; i < PluginHooks.MOST_STUCK; i++) {
      assertEquals(HANGING, hooks.check(PageId.random()));
    }
    assertEquals(ACCEPTED, hooks.check(page));
    assertEquals(1, well.get());
    assertEquals(1, notices.size());
    assertEquals(Optional.empty(), hooks.extensions.of("hanging").off().get(0).page());
    for (int i = 0; i < 10 * HookThreads.THREADS; i++) {
      assertEquals(ACCEPTED, hooks.check(PageId.random()), "others have their threads");
    }
    hooks.millis.addAndGet(Fuse.OFF_MILLIS);
    assertEquals(ACCEPTED, hooks.check(page), "as long as its threads hang it stays off");
    end.countDown();
    TestHooks.await(() -> hooks.extensions.of("hanging").off().isEmpty());
    well.set(0);
    assertEquals(ACCEPTED, hooks.check(page));
    assertEquals(1, well.get());
  }

  /** Many pages at once are in a check that hangs, and more wait behind them. */
  @Test
  void thatHangOnManyPagesAtOnceHoldUpNobodyForLong() throws Exception {
    hooks.extensions.registrations().register("hanging", (change, author, access) -> hang());
    hooks.extensions.registrations().register("well", (change, author, access) -> YES);
    List<CompletableFuture<Hooks.Verdict>> answers = new ArrayList<>();
    for (int i = 0; i < 20 * HookThreads.THREADS; i++) {
      CompletableFuture<Hooks.Verdict> answer = new CompletableFuture<>();
      hooks.extensions.check(TestHooks.typed(PageId.random(), "x"), answer::complete);
      answers.add(answer);
    }
    TestHooks.await(() -> answers.stream().allMatch(CompletableFuture::isDone));
    long unknown =
        answers.stream().filter(answer -> answer.join() instanceof Hooks.Verdict.Unknown).count();
    assertTrue(unknown <= 2 * HookThreads.THREADS, unknown + " were held up");
    assertEquals(ACCEPTED, hooks.check(page));
  }

  @Test
  void areCountedInTheWikisFiguresToo() throws Exception {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    hooks.extensions.count(registry);
    AtomicInteger calls = new AtomicInteger();
    hooks
        .extensions
        .registrations()
        .register(
            "counted",
            (change, author, access) -> {
              if (calls.incrementAndGet() == 2) {
                throw new IllegalStateException("as the test wants");
              }
              return YES;
            });
    hooks.check(page);
    hooks.check(page);
    Tags tags = Tags.of("plugin", "counted", "hook", "check");
    assertEquals(2, registry.get("tandem.wiki.hooks").tags(tags).timer().count());
    assertEquals(1, registry.get("tandem.wiki.hooks.faults").tags(tags).counter().count());
  }

  @Test
  void giveNoAnswerWithoutAnAuthor() throws Exception {
    hooks.extensions.registrations().register("any", (change, author, access) -> YES);
    try (Extensions unknown = new Extensions(TestHooks.PATIENT)) {
      unknown.registrations().register("any", (change, author, access) -> YES);
      List<Hooks.Verdict> verdicts = new ArrayList<>();
      unknown.check(TestHooks.typed(page, "x"), verdicts::add);
      assertInstanceOf(Hooks.Verdict.Unknown.class, verdicts.get(0));
    }
  }

  /** Its author was told to send it again, for ever. */
  @Test
  void ofAChangeWhoseAuthorIsGoneRefuse() throws Exception {
    hooks.extensions.registrations().register("any", (change, author, access) -> YES);
    ProposedChange typed = TestHooks.typed(page, "x");
    CompletableFuture<Hooks.Verdict> answer = new CompletableFuture<>();
    hooks.extensions.check(
        new ProposedChange(
            page,
            UserId.random(),
            0,
            typed.document(),
            typed.change(),
            ProposedChange.Manner.TYPED),
        answer::complete);
    assertEquals(new Hooks.Verdict.Refused(CheckTurn.NOBODY), answer.get(20, TimeUnit.SECONDS));
  }
}
