package org.tandem.wiki.pagesetting;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.util.UUID;

/** A row of the table of what plugins keep for pages. */
@Entity(name = "PageSetting")
@Table(name = "page_setting")
@IdClass(PageSettingRow.Key.class)
public class PageSettingRow {

  record Key(UUID pageId, String plugin, String name) {}

  @Id
  @Column(name = "page_id")
  private UUID pageId;

  @Id private String plugin;

  @Id
  @Column(name = "key")
  private String name;

  @Column(name = "value")
  private String json;

  protected PageSettingRow() {}

  PageSettingRow(Key key, String json) {
    this.pageId = key.pageId();
    this.plugin = key.plugin();
    this.name = key.name();
    this.json = json;
  }

  String name() {
    return name;
  }

  String json() {
    return json;
  }

  void json(String newJson) {
    this.json = newJson;
  }
}
