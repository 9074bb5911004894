package org.tandem.sample.callouts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;
import org.tandem.api.editor.PageChange;
import org.tandem.api.host.Notifications;
import org.tandem.api.host.PageId;
import org.tandem.api.host.User;
import org.tandem.api.host.UserId;
import org.tandem.api.host.Users;

class NotifierTest {

  private final Seal seal = new Seal(new byte[32]);
  private final User anna = new User(UserId.random(), "Anna", "#123456", false);
  private final User bea = new User(UserId.random(), "Bea", "#654321", false);
  private final PageId page = PageId.random();
  private final List<String> sent = new ArrayList<>();
  private final Set<List<Object>> told = new HashSet<>();
  private final Notifier notifier = new Notifier(new People(), this::send, new Notes());
  private Notifications.Outcome outcome = Notifications.Outcome.SENT;

  private final class Notes implements Notifier.Told {

    @Override
    public boolean note(PageId where, Mention mention, UserId author) {
      return told.add(List.of(where, mention.id()));
    }

    @Override
    public void takeBack(PageId where, Mention mention) {
      told.remove(List.of(where, mention.id()));
    }
  }

  private final class People implements Users {

    @Override
    public Optional<User> user(UserId user) {
      return List.of(anna, bea).stream().filter(known -> known.id().equals(user)).findFirst();
    }

    @Override
    public List<User> named(String beginning, int most) {
      throw new AssertionError("nobody is looked for");
    }

    @Override
    public List<User> named(String beginning, User after, int most) {
      throw new AssertionError("nobody is looked for");
    }
  }

  private Notifications.Outcome send(UserId to, PageId where, String text) {
    if (outcome == Notifications.Outcome.SENT) {
      sent.add((to.equals(bea.id()) ? "to Bea: " : "to Anna: ") + text);
    }
    return outcome;
  }

  private void committed(PageId where, UserId author, Mention... mentions) {
    var change = Delta.builder().retain(1);
    for (Mention mention : mentions) {
      change.embed(Mention.FORMAT, mention.plain(), Attributes.NONE);
    }
    notifier.committed(new PageChange(where, 1, author, change.build()));
  }

  @Test
  void eachMentionIsToldOnceOnEachPage() {
    Mention mention = seal.mention(bea);
    committed(page, anna.id(), mention);
    committed(page, anna.id(), mention);
    committed(page, anna.id());
    assertEquals(List.of("to Bea: Anna mentioned you."), sent);
    committed(page, anna.id(), seal.mention(bea), seal.mention(bea));
    committed(PageId.random(), anna.id(), mention);
    assertEquals(4, sent.size());
  }

  @Test
  void whatTheWikiDidNotTakeIsToldWhenTheMentionComesAgain() {
    Mention mention = seal.mention(bea);
    outcome = Notifications.Outcome.TOO_MANY;
    committed(page, anna.id(), mention);
    assertEquals(List.of(), sent);
    outcome = Notifications.Outcome.SENT;
    committed(page, anna.id(), mention);
    committed(page, anna.id(), mention);
    assertEquals(List.of("to Bea: Anna mentioned you."), sent, "once");
  }

  @Test
  void whoMayNotViewThePageIsNotToldLater() {
    Mention mention = seal.mention(bea);
    outcome = Notifications.Outcome.NOT_VISIBLE;
    committed(page, anna.id(), mention);
    outcome = Notifications.Outcome.SENT;
    committed(page, anna.id(), mention);
    assertEquals(List.of(), sent);
  }

  @Test
  void nobodyIsToldOfHerOwn() {
    Mention own = seal.mention(anna);
    committed(page, anna.id(), own);
    committed(page, bea.id(), own);
    assertEquals(List.of(), sent, "nor when another moves it");
    committed(page, bea.id(), seal.mention(anna));
    assertEquals(List.of("to Anna: Bea mentioned you."), sent);
  }

  @Test
  void whoIsGoneIsSomebody() {
    committed(page, UserId.random(), seal.mention(bea));
    assertEquals(List.of("to Bea: Somebody mentioned you."), sent);
  }
}
