package org.tandem.wiki.content;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.tandem.api.host.PageContent;
import org.tandem.api.host.PageId;
import org.tandem.api.host.SavedVersion;
import org.tandem.api.host.UserId;
import org.tandem.wiki.store.Ops;

/** A row of the list of versions. */
@Entity(name = "Version")
@Table(name = "page_version")
@IdClass(VersionRow.Key.class)
public class VersionRow {

  record Key(UUID pageId, int number) {}

  /** A row without its content. */
  record Head(long rev, String kind, UUID[] authors, Instant savedAt) {

    Version version() {
      return new Version(rev, Version.Kind.of(kind), userIds(authors), savedAt);
    }
  }

  @Id
  @Column(name = "page_id")
  private UUID pageId;

  @Id private int number;

  private long rev;
  private String kind;
  private UUID[] authors;

  @Column(name = "begun_at")
  private Instant begunAt;

  @Column(name = "saved_at")
  private Instant savedAt;

  @JdbcTypeCode(SqlTypes.JSON)
  private String ops;

  protected VersionRow() {}

  VersionRow(PageId page, int number, Version.Kind kind, SavedVersion version) {
    this.pageId = page.value();
    this.number = number;
    this.kind = kind.word();
    this.begunAt = version.savedAt();
    this.authors = new UUID[0];
    moveTo(version);
  }

  /** The row stands for the newer state from now on; its authors are those of all its states. */
  final void moveTo(SavedVersion version) {
    Set<UUID> all = new LinkedHashSet<>(Arrays.asList(authors));
    version.authors().forEach(author -> all.add(author.value()));
    this.authors = all.toArray(UUID[]::new);
    this.rev = version.rev();
    this.savedAt = version.savedAt();
    this.ops = Ops.write(version.document());
  }

  /** Whether editing that goes on at this time still belongs to this version. */
  boolean isOpenAt(Instant time, Duration span) {
    return kind.equals(Version.Kind.EDITED.word()) && time.isBefore(begunAt.plus(span));
  }

  boolean isAt(long revision) {
    return rev == revision;
  }

  int number() {
    return number;
  }

  SavedVersion saved() {
    return new SavedVersion(rev, Ops.read(ops), userIds(authors), savedAt);
  }

  PageContent content() {
    return new PageContent(rev, Ops.read(ops));
  }

  private static Set<UserId> userIds(UUID[] authors) {
    return Arrays.stream(authors)
        .map(UserId::new)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
