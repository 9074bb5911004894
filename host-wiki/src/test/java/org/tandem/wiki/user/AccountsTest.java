package org.tandem.wiki.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tandem.api.host.User;
import org.tandem.wiki.core.TestWiki;

/** People are found by the beginning of their names. */
@ExtendWith(TestWiki.Shared.class)
class AccountsTest {

  private final Accounts accounts;

  AccountsTest(TestWiki wiki) {
    this.accounts = wiki.core().accounts();
  }

  private List<String> named(String beginning, int most) {
    return accounts.named(beginning, most).stream().map(User::name).toList();
  }

  private void create(String... names) {
    for (String name : names) {
      if (accounts.named(name).isEmpty()) {
        accounts.create(name, "hash", false);
      }
    }
  }

  @Test
  void whateverTheCaseAndByName() {
    create("Quentin Zed", "quentin Abel", "QUENTIN moor", "Not Quentin");
    List<String> all = List.of("quentin Abel", "QUENTIN moor", "Quentin Zed");
    assertEquals(all, named("quentin", 10));
    assertEquals(all, named("QUEN", 10));
    assertEquals(all, named("ｑｕｅｎ", 10), "as the name is looked up at a sign-in");
    assertEquals(List.of("quentin Abel", "QUENTIN moor"), named("quentin", 2));
    assertEquals(List.of("Quentin Zed"), named("quentin z", 10));
    assertEquals(List.of(), named("quentin abelard", 10));
  }

  @Test
  void noCharacterStandsForOthers() {
    create("xq%a", "xq_b", "xq!c", "xq\\d", "xqe");
    assertEquals(List.of("xq%a"), named("xq%", 10));
    assertEquals(List.of("xq%a"), named("xq％", 10), "which becomes a plain one");
    assertEquals(List.of("xq_b"), named("xq_", 10));
    assertEquals(List.of("xq!c"), named("xq!", 10));
    assertEquals(List.of("xq\\d"), named("xq\\", 10));
    assertEquals(List.of(), named("xq' or '1' = '1", 10));
    assertEquals(List.of(), named("xq\0", 10));
  }

  @Test
  void asManyAsAreWantedAndFiftyAtTheMost() {
    for (int i = 0; i < 60; i++) {
      create("crowd " + i);
    }
    assertEquals(50, named("crowd", 1000).size());
    assertEquals(50, named("", Integer.MAX_VALUE).size());
    assertEquals(List.of(), named("crowd", 0));
    assertEquals(List.of(), named("crowd", -1));
    assertTrue(named("editor1", 1).contains("editor1"));
  }

  @Test
  void theNextOnesAreThoseBehindTheLast() {
    create("Page one", "page Two", "PAGE three", "page-4", "page ｆive", "Page six", "pagf");
    List<String> all = named("page", 50);
    assertEquals(6, all.size());
    List<String> found = new ArrayList<>();
    List<User> some = accounts.named("page", 2);
    while (!some.isEmpty()) {
      some.forEach(user -> found.add(user.name()));
      some = accounts.named("PAGE", some.get(some.size() - 1), 2);
    }
    assertEquals(all, found, "each once, in the same order");
  }
}
