package org.tandem.wiki.user;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.text.Normalizer;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.tandem.api.host.User;
import org.tandem.api.host.UserId;

/** A row of the table of accounts. */
@Entity(name = "Account")
@Table(name = "account")
public class AccountRow {

  @Id private UUID id;

  private String name;

  @Column(name = "sign_in_name")
  private String signInName;

  @Column(name = "password_hash")
  private String passwordHash;

  private String color;
  private boolean admin;

  @Column(name = "created_at")
  private Instant createdAt;

  protected AccountRow() {}

  AccountRow(User user, String passwordHash, Instant createdAt) {
    this.id = user.id().value();
    this.name = user.name();
    this.signInName = signInName(user.name());
    this.passwordHash = passwordHash;
    this.color = user.color();
    this.admin = user.admin();
    this.createdAt = createdAt;
  }

  /** The name as it is looked up, in whatever way its letters are written. */
  public static String signInName(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
  }

  User user() {
    return new User(new UserId(id), name, color, admin);
  }

  Credentials credentials() {
    return new Credentials(new UserId(id), passwordHash);
  }

  void password(String hash) {
    this.passwordHash = hash;
  }
}
