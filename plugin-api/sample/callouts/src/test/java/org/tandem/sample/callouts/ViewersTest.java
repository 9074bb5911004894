package org.tandem.sample.callouts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tandem.api.host.Access;
import org.tandem.api.host.AccessChange;
import org.tandem.api.host.AccessControl;
import org.tandem.api.host.PageId;
import org.tandem.api.host.Registration;
import org.tandem.api.host.User;
import org.tandem.api.host.UserId;
import org.tandem.api.host.Users;

class ViewersTest {

  private static final int MOST_AT_ONCE = 50;

  /** By name. */
  private final List<User> everybody =
      IntStream.range(10_000, 12_000)
          .mapToObj(i -> new User(UserId.random(), "Person " + i, "#123456", false))
          .toList();

  private final Set<UserId> allowed = new HashSet<>();
  private final List<UserId> asked = new ArrayList<>();
  private final PageId page = PageId.random();
  private final Viewers viewers = new Viewers(new People(), new Rights());

  private final class People implements Users {

    @Override
    public Optional<User> user(UserId user) {
      throw new AssertionError("nobody is asked for");
    }

    @Override
    public List<User> named(String beginning, int most) {
      return from(0, beginning, most);
    }

    @Override
    public List<User> named(String beginning, User after, int most) {
      return from(everybody.indexOf(after) + 1, beginning, most);
    }

    private List<User> from(int first, String beginning, int most) {
      return everybody.stream()
          .skip(first)
          .filter(person -> person.name().startsWith(beginning))
          .limit(Math.min(most, MOST_AT_ONCE))
          .toList();
    }
  }

  private final class Rights implements AccessControl {

    @Override
    public Access access(PageId where, UserId user) {
      asked.add(user);
      return where.equals(page) && allowed.contains(user) ? Access.VIEW : Access.NONE;
    }

    @Override
    public Registration onChange(Consumer<AccessChange> listener) {
      return () -> {};
    }
  }

  private User allow(int index) {
    User person = everybody.get(index);
    allowed.add(person.id());
    return person;
  }

  @Test
  void areFoundAlsoBehindManyWhoMayNotViewThePage() {
    List<User> few = List.of(allow(3), allow(49), allow(50), allow(740));
    assertEquals(few, viewers.named("Person", page, 8));
    assertEquals(few.subList(0, 3), viewers.named("Person", page, 3));
  }

  @Test
  void areLookedForNoLongerThanIsNeeded() {
    IntStream.range(0, 60).forEach(this::allow);
    assertEquals(everybody.subList(0, 8), viewers.named("", page, 8));
    assertEquals(8, asked.size());
    asked.clear();
    assertEquals(List.of(), viewers.named("Person 1150", PageId.random(), 8));
    assertEquals(10, asked.size(), "until the names end");
  }

  @Test
  void areLookedForAmongSoManyAndNoMore() {
    allow(Viewers.MOST_ASKED_ABOUT);
    assertEquals(List.of(), viewers.named("", page, 8));
    assertEquals(Viewers.MOST_ASKED_ABOUT, asked.size());
    assertEquals(allowed.size(), viewers.named("Person 11", page, 8).size(), "by more letters");
  }
}
