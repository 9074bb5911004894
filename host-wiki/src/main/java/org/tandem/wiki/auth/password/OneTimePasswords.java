package org.tandem.wiki.auth.password;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import org.tandem.api.host.UserId;
import org.tandem.wiki.auth.token.Transactions;

/**
 * Knows the accounts whose password was made by the wiki: such a one opens nothing but the page
 * where it is changed. Threads and failure as for {@link Transactions}.
 */
public final class OneTimePasswords {

  private final Transactions database;

  public OneTimePasswords(Transactions database) {
    this.database = database;
  }

  public boolean isDue(UserId user) {
    return database.get(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement("SELECT 1 FROM wiki.password_due WHERE account_id = ?")) {
            select.setObject(1, user.value());
            ResultSet rows = select.executeQuery();
            return rows.next();
          }
        });
  }

  /** From now on the user has to change the password. */
  public void demand(UserId user) {
    change("INSERT INTO wiki.password_due (account_id) VALUES (?) ON CONFLICT DO NOTHING", user);
  }

  /** The user has changed it. */
  public void settle(UserId user) {
    change("DELETE FROM wiki.password_due WHERE account_id = ?", user);
  }

  private void change(String sql, UserId user) {
    database.change(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, user.value());
            statement.executeUpdate();
          }
        });
  }
}
