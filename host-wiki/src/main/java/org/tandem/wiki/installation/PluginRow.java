package org.tandem.wiki.installation;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A row of the table of plugins. */
@Entity(name = "Plugin")
@Table(name = "plugin")
public class PluginRow {

  @Id private String id;
  private String state;

  @ManyToOne(fetch = FetchType.EAGER, optional = false)
  @JoinColumn(name = "archive")
  private ArchiveRow archive;

  @ManyToOne(fetch = FetchType.EAGER)
  @JoinColumn(name = "former")
  private @Nullable ArchiveRow former;

  private long change;

  @Column(name = "changed_at")
  private Instant changedAt;

  @Column(name = "changed_by")
  private String changedBy;

  protected PluginRow() {}

  PluginRow(String id) {
    this.id = id;
  }

  void become(PluginState wanted, ArchiveRow with, @Nullable ArchiveRow before) {
    this.state = wanted.word();
    this.archive = with;
    this.former = before;
  }

  void changed(long count, Instant at, String by) {
    this.change = count;
    this.changedAt = at;
    this.changedBy = by;
  }

  WantedPlugin plugin() {
    return new WantedPlugin(
        id,
        PluginState.of(state),
        archive.archive(),
        Optional.ofNullable(former).map(ArchiveRow::archive),
        change,
        changedAt,
        changedBy);
  }
}
