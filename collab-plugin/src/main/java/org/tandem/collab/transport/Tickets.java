package org.tandem.collab.transport;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.tandem.api.host.PageId;
import org.tandem.api.host.SignInId;
import org.tandem.api.host.UserId;
import org.tandem.collab.log.LogUnavailable;

/**
 * Permissions to open one socket, each good once, for 30 s, on any node. Only the hash of a ticket
 * is stored. Threads: safe for use by any thread. Failure: {@link LogUnavailable} when the database
 * does not answer.
 */
public final class Tickets {

  /** How long a ticket is good, in seconds. */
  public static final int SECONDS = 30;

  private static final int BYTES = 32;

  private final DataSource database;
  private final SecureRandom random = new SecureRandom();

  public Tickets(DataSource database) {
    this.database = database;
  }

  /**
   * What a ticket was made for.
   *
   * @param signIn empty when the ticket is of a node that does not tell
   */
  public record Ticket(UserId user, Optional<SignInId> signIn) {}

  public String issue(PageId page, Ticket made) {
    byte[] secret = new byte[BYTES];
    random.nextBytes(secret);
    String ticket = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    try (Connection connection = database.getConnection();
        PreparedStatement expired =
            connection.prepareStatement("delete from collab.ticket where expires_at < now()");
        PreparedStatement insert =
            connection.prepareStatement(
                "insert into collab.ticket (hash, page, user_id, sign_in, expires_at)"
                    + " values (?, ?, ?, ?, now() + make_interval(secs => ?))")) {
      expired.executeUpdate();
      insert.setBytes(1, hash(ticket));
      insert.setObject(2, page.value());
      insert.setObject(3, made.user().value());
      insert.setObject(4, made.signIn().map(SignInId::value).orElse(null));
      insert.setInt(5, SECONDS);
      insert.executeUpdate();
      return ticket;
    } catch (SQLException away) {
      throw new LogUnavailable("no ticket: " + away.getMessage(), away);
    }
  }

  /** Uses a ticket up; empty when it is unknown, expired, used or for another page. */
  public Optional<Ticket> redeem(PageId page, String ticket) {
    try (Connection connection = database.getConnection();
        PreparedStatement delete =
            connection.prepareStatement(
                "delete from collab.ticket where hash = ?"
                    + " returning page, user_id, sign_in, expires_at >= now() as good")) {
      delete.setBytes(1, hash(ticket));
      try (ResultSet rows = delete.executeQuery()) {
        return rows.next()
                && rows.getBoolean("good")
                && rows.getObject("page", UUID.class).equals(page.value())
            ? Optional.of(
                new Ticket(
                    new UserId(rows.getObject("user_id", UUID.class)),
                    Optional.ofNullable(rows.getObject("sign_in", UUID.class)).map(SignInId::new)))
            : Optional.empty();
      }
    } catch (SQLException away) {
      throw new LogUnavailable("no ticket: " + away.getMessage(), away);
    }
  }

  private static byte[] hash(String ticket) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(ticket.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
