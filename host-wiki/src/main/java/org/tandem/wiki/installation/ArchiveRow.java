package org.tandem.wiki.installation;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A row of the table of archives. */
@Entity(name = "PluginArchive")
@Table(name = "plugin_archive")
public class ArchiveRow {

  @Id private String hash;
  private String version;
  private long size;

  @Column(name = "added_at")
  private Instant addedAt;

  @Column(name = "added_by")
  private String addedBy;

  protected ArchiveRow() {}

  ArchiveRow(StoredArchive archive, Instant addedAt, String addedBy) {
    this.hash = archive.hash();
    this.version = archive.version();
    this.size = archive.size();
    this.addedAt = addedAt;
    this.addedBy = addedBy;
  }

  StoredArchive archive() {
    return new StoredArchive(hash, version, size);
  }
}
