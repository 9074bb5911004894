package org.tandem.testkit.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tandem.api.host.PageId;
import org.tandem.testkit.WikiClient;
import org.tandem.wiki.auth.token.AccessTokens;
import org.tandem.wiki.auth.token.SignIns;

/** 4401: what becomes of a socket when the sign-in that opened it is over, or its token is. */
@ExtendWith(RunningWiki.Extension.class)
class SignInEndTest {

  private enum Credential {
    COOKIE,
    TICKET
  }

  private final RunningWiki wiki;
  private final PageId page;

  SignInEndTest(RunningWiki wiki) {
    this.wiki = wiki;
    this.page = wiki.person("editor1").createPage("Sign-in");
  }

  private RawSocket joined(WikiClient who, Credential by) {
    RawSocket socket = by == Credential.COOKIE ? byCookie(who) : RawSocket.open(who, page);
    assertTrue(socket.status().startsWith("HTTP/1.1 101"), socket.status());
    socket.text(Say.join(UUID.randomUUID()));
    socket.await("joined");
    return socket;
  }

  /** Asks for an upgrade as a browser does that has no ticket. */
  private RawSocket byCookie(WikiClient who) {
    String path = "/api/collab/v1/pages/" + page + "/socket";
    Map<String, String> headers = RawSocket.headers(who.wiki());
    headers.put("Cookie", who.cookies(path));
    return RawSocket.request(who.wiki(), path, headers, 0);
  }

  private static void assertGoesOn(RawSocket socket) {
    socket.text(Say.op(1, 0, "still here "));
    socket.await("ack");
  }

  private void assertNoUpgrade(WikiClient who) {
    try (RawSocket refused = byCookie(who)) {
      assertTrue(refused.status().startsWith("HTTP/1.1 401"), refused.status());
    }
  }

  @Test
  void aSignOutEndsWhatTheCookieAloneOpened() {
    WikiClient desk = wiki.signedIn("editor1");
    WikiClient phone = wiki.signedIn("editor1");
    try (RawSocket here = joined(desk, Credential.COOKIE);
        RawSocket other = joined(phone, Credential.COOKIE)) {
      desk.signOut();
      assertEquals(4401, here.awaitClose());
      assertGoesOn(other);
      assertNoUpgrade(desk);
    }
  }

  /** Nobody signs out: one browser was not there for a week. */
  @ParameterizedTest
  @EnumSource(Credential.class)
  void aSignInThatExpiresEndsItsSocketAndOneThatWasRefreshedDoesNot(Credential by) {
    WikiClient gone = wiki.signedIn("editor1");
    WikiClient there = wiki.signedIn("editor1");
    try (RawSocket ends = joined(gone, by);
        RawSocket stays = joined(there, by)) {
      wiki.later(SignIns.LIFE.dividedBy(2));
      there.refresh();
      wiki.later(SignIns.LIFE.dividedBy(2));
      assertEquals(4401, ends.awaitClose());
      assertGoesOn(stays);
      assertNoUpgrade(gone);
    }
  }

  /** Where the watch has ended the one socket it has looked at the other too. */
  @ParameterizedTest
  @EnumSource(Credential.class)
  void anAccessTokenThatExpiresEndsNoSocketOfASignInThatHolds(Credential by) {
    WikiClient holds = wiki.signedIn("editor1");
    WikiClient leaves = wiki.signedIn("editor1");
    try (RawSocket stays = joined(holds, by);
        RawSocket ends = joined(leaves, by)) {
      wiki.later(AccessTokens.LIFE.plus(Duration.ofSeconds(1)));
      assertNoUpgrade(holds);
      leaves.refresh();
      leaves.signOut();
      assertEquals(4401, ends.awaitClose());
      assertGoesOn(stays);
      holds.refresh();
      try (RawSocket again = joined(holds, Credential.COOKIE)) {
        again.text(Say.ping("1"));
        again.await("pong");
      }
    }
  }
}
