package org.tandem.wiki.auth.token;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.tandem.api.host.UserId;

/**
 * Sign-ins and their refresh tokens, of which the database holds hashes alone.
 *
 * <p>A refresh token is good once. Presented again within a few seconds (requests that raced, an
 * answer that was lost) it gives the same next token once more; presented later it ends the
 * sign-in, since then either the browser or a thief holds a copy.
 *
 * <p>Threads and failure as for {@link Transactions}.
 */
public final class SignIns {

  /** How long a sign-in outlives its last refresh. */
  public static final Duration LIFE = Duration.ofDays(7);

  static final Duration GRACE = Duration.ofSeconds(10);

  private static final int TOKEN_BYTES = 32;

  private record Row(
      UserId user, UUID signIn, byte[] chainKey, Instant expiresAt, @Nullable Instant usedAt) {}

  private final Transactions database;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  public SignIns(Transactions database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** A new sign-in with its first refresh token. Rows of those that expired are cleared away. */
  public Rotation.Rotated begin(UserId user) {
    UUID signIn = UUID.randomUUID();
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(randomBytes());
    Instant now = clock.instant();
    database.change(
        connection -> {
          run(connection, "DELETE FROM wiki.sign_in WHERE expires_at < ?", now);
          run(
              connection,
              "INSERT INTO wiki.sign_in (id, account_id, chain_key, created_at, expires_at)"
                  + " VALUES (?, ?, ?, ?, ?)",
              signIn,
              user.value(),
              randomBytes(),
              now,
              now.plus(LIFE));
          insertToken(connection, token, signIn, now.plus(LIFE));
        });
    return new Rotation.Rotated(user, signIn, token);
  }

  /** Takes a refresh token and gives the next one. */
  public Rotation rotate(String token) {
    byte[] hash = hash(token);
    return database.get(
        connection -> {
          Optional<Row> row = lockToken(connection, hash);
          Instant now = clock.instant();
          if (row.isEmpty() || !now.isBefore(row.get().expiresAt())) {
            return new Rotation.Refused();
          }
          return rotate(connection, token, hash, row.get(), now);
        });
  }

  private static Rotation rotate(
      Connection connection, String token, byte[] hash, Row row, Instant now) throws SQLException {
    if (row.usedAt() != null && now.isAfter(row.usedAt().plus(GRACE))) {
      end(connection, row.signIn(), now);
      return new Rotation.Reused(row.user());
    }
    String next = successor(token, row.chainKey());
    if (row.usedAt() == null) {
      Instant end = now.plus(LIFE);
      run(connection, "UPDATE wiki.refresh_token SET used_at = ? WHERE hash = ?", now, hash);
      insertToken(connection, next, row.signIn(), end);
      run(connection, "UPDATE wiki.sign_in SET expires_at = ? WHERE id = ?", end, row.signIn());
    }
    return new Rotation.Rotated(row.user(), row.signIn(), next);
  }

  /** Whose sign-in this is; empty when it is over. */
  public Optional<UserId> user(UUID signIn) {
    return database.get(
        connection -> {
          try (PreparedStatement select =
              prepare(
                  connection,
                  "SELECT account_id FROM wiki.sign_in"
                      + " WHERE id = ? AND ended_at IS NULL AND expires_at > ?",
                  signIn,
                  clock.instant())) {
            ResultSet rows = select.executeQuery();
            return rows.next()
                ? Optional.of(new UserId(rows.getObject(1, UUID.class)))
                : Optional.empty();
          }
        });
  }

  /** Those of these that are not over. */
  public Set<UUID> holding(Set<UUID> asked) {
    return database.get(
        connection -> {
          Set<UUID> holding = new HashSet<>();
          try (PreparedStatement select =
              prepare(
                  connection,
                  "SELECT id FROM wiki.sign_in"
                      + " WHERE id = ANY (?) AND ended_at IS NULL AND expires_at > ?",
                  connection.createArrayOf("uuid", asked.toArray()),
                  clock.instant())) {
            ResultSet rows = select.executeQuery();
            while (rows.next()) {
              holding.add(rows.getObject(1, UUID.class));
            }
          }
          return holding;
        });
  }

  /** Which sign-in a refresh token belongs to, used up or not. */
  public Optional<UUID> signIn(String token) {
    byte[] hash = hash(token);
    return database.get(connection -> lockToken(connection, hash).map(Row::signIn));
  }

  public void end(UUID signIn) {
    database.change(connection -> end(connection, signIn, clock.instant()));
  }

  /** Ends all sign-ins of a user, on all devices. */
  public void endAll(UserId user) {
    database.change(
        connection ->
            run(
                connection,
                "UPDATE wiki.sign_in SET ended_at = ? WHERE account_id = ? AND ended_at IS NULL",
                clock.instant(),
                user.value()));
  }

  private static void end(Connection connection, UUID signIn, Instant now) throws SQLException {
    run(
        connection,
        "UPDATE wiki.sign_in SET ended_at = ? WHERE id = ? AND ended_at IS NULL",
        now,
        signIn);
  }

  /** The lock makes racing requests take turns, so that each sees what the one before did. */
  private static Optional<Row> lockToken(Connection connection, byte[] hash) throws SQLException {
    try (PreparedStatement select =
        prepare(
            connection,
            "SELECT s.account_id, s.id, s.chain_key, t.expires_at, t.used_at"
                + " FROM wiki.refresh_token t JOIN wiki.sign_in s ON s.id = t.sign_in_id"
                + " WHERE t.hash = ? AND s.ended_at IS NULL FOR UPDATE",
            (Object) hash)) {
      ResultSet rows = select.executeQuery();
      return rows.next() ? Optional.of(row(rows)) : Optional.empty();
    }
  }

  private static Row row(ResultSet rows) throws SQLException {
    Timestamp usedAt = rows.getTimestamp(5);
    return new Row(
        new UserId(rows.getObject(1, UUID.class)),
        rows.getObject(2, UUID.class),
        rows.getBytes(3),
        rows.getTimestamp(4).toInstant(),
        usedAt == null ? null : usedAt.toInstant());
  }

  private static void insertToken(Connection connection, String token, UUID signIn, Instant end)
      throws SQLException {
    run(
        connection,
        "INSERT INTO wiki.refresh_token (hash, sign_in_id, expires_at) VALUES (?, ?, ?)",
        hash(token),
        signIn,
        end);
  }

  private static void run(Connection connection, String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = prepare(connection, sql, values)) {
      statement.executeUpdate();
    }
  }

  private static PreparedStatement prepare(Connection connection, String sql, Object... values)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      Object value = values[i] instanceof Instant instant ? Timestamp.from(instant) : values[i];
      statement.setObject(i + 1, value);
    }
    return statement;
  }

  private byte[] randomBytes() {
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] hash(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("Every Java has SHA-256", missing);
    }
  }

  private static String successor(String token, byte[] chainKey) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(chainKey, "HmacSHA256"));
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(mac.doFinal(token.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("Every Java has HmacSHA256", missing);
    }
  }
}
