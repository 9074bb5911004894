package org.tandem.wiki.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tandem.api.host.Access;
import org.tandem.api.host.User;
import org.tandem.api.host.UserId;

class RuleTest {

  private static final User ANN = new User(UserId.random(), "ann", "#000000", false);
  private static final User ADMIN = new User(UserId.random(), "root", "#000000", true);

  private static Grant everyone(Access access) {
    return new Grant(Subject.EVERYONE, access);
  }

  private static Grant ann(Access access) {
    return new Grant(new Subject.Person(ANN.id()), access);
  }

  @Test
  void withoutAGrantThereIsNoRight() {
    assertEquals(Access.NONE, Rule.onPage(ANN, List.of(), List.of()));
  }

  @Test
  void aPageInheritsFromItsSpace() {
    assertEquals(Access.EDIT, Rule.onPage(ANN, List.of(), List.of(ann(Access.EDIT))));
  }

  @Test
  void theHighestRightHolds() {
    List<Grant> space = List.of(everyone(Access.VIEW), ann(Access.EDIT));
    assertEquals(Access.EDIT, Rule.onPage(ANN, List.of(), space));
    assertEquals(Access.ADMIN, Rule.onPage(ANN, List.of(everyone(Access.ADMIN)), space));
  }

  @Test
  void thePagesOwnGrantReplacesTheInheritedOneOfTheSameSubject() {
    List<Grant> space = List.of(ann(Access.EDIT));
    assertEquals(Access.VIEW, Rule.onPage(ANN, List.of(ann(Access.VIEW)), space));
    assertEquals(Access.EDIT, Rule.onPage(ANN, List.of(everyone(Access.VIEW)), space));
  }

  @Test
  void aPageCanBeKeptFromEveryone() {
    List<Grant> space = List.of(everyone(Access.EDIT));
    assertEquals(Access.NONE, Rule.onPage(ANN, List.of(everyone(Access.NONE)), space));
    assertEquals(
        Access.VIEW, Rule.onPage(ANN, List.of(everyone(Access.NONE), ann(Access.VIEW)), space));
  }

  @Test
  void administratorsAdministerEverything() {
    assertEquals(Access.ADMIN, Rule.onPage(ADMIN, List.of(everyone(Access.NONE)), List.of()));
  }
}
