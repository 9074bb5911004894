package org.tandem.wiki.space;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A row of the table of spaces. */
@Entity(name = "Space")
@Table(name = "space")
public class SpaceRow {

  @Id private UUID id;

  private String key;
  private String name;

  @Column(name = "created_at")
  private Instant createdAt;

  protected SpaceRow() {}

  SpaceRow(Space space, Instant createdAt) {
    this.id = space.id();
    this.key = space.key();
    this.name = space.name();
    this.createdAt = createdAt;
  }

  Space space() {
    return new Space(id, key, name);
  }
}
