package org.tandem.wiki.access;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.util.UUID;
import org.tandem.api.host.Access;

/** A row of the table of grants on spaces. */
@Entity(name = "SpaceGrant")
@Table(name = "space_grant")
@IdClass(SpaceGrantRow.Key.class)
public class SpaceGrantRow {

  record Key(UUID spaceId, String kind, String subject) {}

  @Id
  @Column(name = "space_id")
  private UUID spaceId;

  @Id private String kind;
  @Id private String subject;
  private String level;

  protected SpaceGrantRow() {}

  SpaceGrantRow(UUID spaceId, Grant grant) {
    this.spaceId = spaceId;
    this.kind = grant.subject().kind();
    this.subject = grant.subject().id();
    this.level = grant.access().word();
  }

  Grant grant() {
    return grant(kind, subject, level);
  }

  static Grant grant(String kind, String subject, String level) {
    return new Grant(Subject.of(kind, subject).orElseThrow(), Access.of(level).orElseThrow());
  }
}
