package org.tandem.wiki.auth.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.tandem.api.host.UserId;
import org.tandem.db.DatabasePool;
import org.tandem.db.EmbeddedDatabase;
import org.tandem.db.Migrations;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignInsTest {

  private static final class Hands extends Clock {

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    void pass(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private final Hands clock = new Hands();
  private final UserId user = UserId.random();
  private EmbeddedDatabase postgres;
  private HikariDataSource pool;
  private Transactions database;
  private SignIns signIns;

  @BeforeAll
  void open(@TempDir Path folder) throws Exception {
    postgres = EmbeddedDatabase.start(folder, OptionalInt.empty());
    pool = DatabasePool.open(postgres.address(), "test", 4);
    Migrations.migrate(pool, "wiki", "db/wiki", getClass().getClassLoader());
    database = new Transactions(pool);
    signIns = new SignIns(database, clock);
    execute(
        "INSERT INTO wiki.account (id, name, sign_in_name, password_hash, color, admin, created_at) VALUES ('"
            + user
            + "', 'somebody', 'somebody', '-', '#000000', false, now())");
  }

  @AfterAll
  void close() throws Exception {
    pool.close();
    postgres.close();
  }

  private void execute(String sql) throws Exception {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String next(String token) {
    return assertInstanceOf(Rotation.Rotated.class, signIns.rotate(token)).refreshToken();
  }

  @Nested
  class ARefreshToken {

    @Test
    void isGoodOnceAndForAWeek() {
      String first = signIns.begin(user).refreshToken();
      clock.pass(Duration.ofDays(6));
      String second = next(first);
      assertNotEquals(first, second);
      clock.pass(Duration.ofDays(6));
      String third = next(second);
      clock.pass(Duration.ofDays(8));
      assertInstanceOf(Rotation.Refused.class, signIns.rotate(third));
    }

    @Test
    void thatComesAgainAtOnceGivesTheSameNextOne() {
      String first = signIns.begin(user).refreshToken();
      String second = next(first);
      clock.pass(Duration.ofSeconds(9));
      assertEquals(second, next(first));
      assertNotEquals(second, next(second));
    }

    @Test
    void thatComesAgainLaterEndsItsSignIn() {
      Rotation.Rotated begun = signIns.begin(user);
      String second = next(begun.refreshToken());
      Rotation.Rotated other = signIns.begin(user);
      clock.pass(Duration.ofSeconds(11));
      assertEquals(new Rotation.Reused(user), signIns.rotate(begun.refreshToken()));
      assertInstanceOf(Rotation.Refused.class, signIns.rotate(second));
      assertEquals(Optional.empty(), signIns.user(begun.signIn()));
      assertEquals(Optional.of(user), signIns.user(other.signIn()), "the others go on");
    }

    @Test
    void ofSomebodyElseIsRefused() {
      for (String token : new String[] {"", "x", "\0", "ü".repeat(3000)}) {
        assertInstanceOf(Rotation.Refused.class, signIns.rotate(token));
      }
    }

    @Test
    void isNotInTheDatabase() throws Exception {
      String token = signIns.begin(user).refreshToken();
      try (Connection connection = pool.getConnection();
          Statement statement = connection.createStatement();
          ResultSet rows =
              statement.executeQuery(
                  "SELECT count(*) FROM wiki.refresh_token t WHERE t::text LIKE '%"
                      + token
                      + "%' OR encode(t.hash, 'escape') LIKE '%"
                      + token
                      + "%'")) {
        assertTrue(rows.next());
        assertEquals(0, rows.getInt(1));
      }
    }
  }

  @Test
  void endingEndsIt() {
    Rotation.Rotated one = signIns.begin(user);
    Rotation.Rotated other = signIns.begin(user);
    Set<UUID> both = Set.of(one.signIn(), other.signIn());
    assertEquals(both, signIns.holding(both));
    signIns.end(one.signIn());
    assertEquals(Optional.empty(), signIns.user(one.signIn()));
    assertEquals(Set.of(other.signIn()), signIns.holding(both));
    assertEquals(Optional.of(user), signIns.user(other.signIn()));
    signIns.endAll(user);
    assertEquals(Optional.empty(), signIns.user(other.signIn()));
    assertEquals(Set.of(), signIns.holding(both));
    assertInstanceOf(Rotation.Refused.class, signIns.rotate(other.refreshToken()));
  }

  @Nested
  class AnAccessToken {

    @Test
    void ofOneNodeIsGoodOnAnother() {
      AccessTokens one = new AccessTokens(KeyRing.open(database, clock), clock);
      AccessTokens other = new AccessTokens(KeyRing.open(database, clock), clock);
      Rotation.Rotated begun = signIns.begin(user);
      AccessToken token = other.read(one.issue(user, begun.signIn())).orElseThrow();
      assertEquals(user, token.user());
      assertEquals(begun.signIn(), token.signIn());
      clock.pass(Duration.ofMinutes(14));
      assertTrue(!token.isExpired(clock.instant()));
      clock.pass(Duration.ofMinutes(1));
      assertTrue(token.isExpired(clock.instant()));
    }

    @Test
    void ofANewKeyIsFoundAfterAWhile() throws Exception {
      KeyRing ring = KeyRing.open(database, clock);
      execute("DELETE FROM wiki.signing_key");
      AccessTokens other = new AccessTokens(KeyRing.open(database, clock), clock);
      String text = other.issue(user, signIns.begin(user).signIn());
      AccessTokens first = new AccessTokens(ring, clock);
      assertEquals(Optional.empty(), first.read(text));
      clock.pass(Duration.ofSeconds(11));
      assertTrue(first.read(text).isPresent());
    }
  }
}
