package org.tandem.wiki.auth.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The key pairs that access tokens are signed with. All nodes share them through the database; the
 * first node to start makes one. Threads: safe for use by any thread.
 */
public final class KeyRing {

  private static final long LOCK = 0x7461_6e64_656d_0003L;
  private static final Duration BETWEEN_RELOADS = Duration.ofSeconds(10);

  private final Transactions database;
  private final Clock clock;
  private Map<String, ECKey> keys;
  private Instant loadedAt;

  private KeyRing(Transactions database, Clock clock, Map<String, ECKey> keys) {
    this.database = database;
    this.clock = clock;
    this.keys = keys;
    this.loadedAt = clock.instant();
  }

  public static KeyRing open(Transactions database, Clock clock) {
    return new KeyRing(database, clock, database.get(connection -> loadOrMake(connection, clock)));
  }

  /** The key to sign with: the newest. */
  public synchronized ECKey current() {
    return keys.values().iterator().next();
  }

  /** The key of this id; looks for new ones now and then when it is not known. */
  public synchronized Optional<ECKey> key(String kid) {
    if (!keys.containsKey(kid) && clock.instant().isAfter(loadedAt.plus(BETWEEN_RELOADS))) {
      loadedAt = clock.instant();
      keys = database.get(KeyRing::load);
    }
    return Optional.ofNullable(keys.get(kid));
  }

  private static Map<String, ECKey> loadOrMake(Connection connection, Clock clock)
      throws SQLException {
    lock(connection);
    if (load(connection).isEmpty()) {
      insert(connection, make(), clock.instant());
    }
    return load(connection);
  }

  /** Of several nodes that start at once one makes the key. */
  private static void lock(Connection connection) throws SQLException {
    try (PreparedStatement lock = connection.prepareStatement("SELECT pg_advisory_xact_lock(?)")) {
      lock.setLong(1, LOCK);
      lock.execute();
    }
  }

  private static Map<String, ECKey> load(Connection connection) throws SQLException {
    Map<String, ECKey> found = new LinkedHashMap<>();
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT kid, jwk FROM wiki.signing_key ORDER BY created_at DESC, kid");
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        found.put(rows.getString(1), ECKey.parse(rows.getString(2)));
      }
    } catch (ParseException damaged) {
      throw new IllegalStateException("A signing key in the database cannot be read", damaged);
    }
    return found;
  }

  private static ECKey make() {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(UUID.randomUUID().toString()).generate();
    } catch (JOSEException missing) {
      throw new IllegalStateException("This Java has no elliptic curves", missing);
    }
  }

  private static void insert(Connection connection, ECKey key, Instant now) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO wiki.signing_key (kid, jwk, created_at) VALUES (?, ?, ?)")) {
      insert.setString(1, key.getKeyID());
      insert.setString(2, key.toJSONString());
      insert.setTimestamp(3, Timestamp.from(now));
      insert.executeUpdate();
    }
  }
}
