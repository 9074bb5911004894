package org.tandem.wiki.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tandem.api.host.PageId;
import org.tandem.api.host.UserId;

class AnnouncementTest {

  static Stream<Announcement> all() {
    Optional<PageId> page = Optional.of(PageId.random());
    Optional<UserId> user = Optional.of(UserId.random());
    return Stream.of(
        new Announcement.AccessChanged(page, user),
        new Announcement.AccessChanged(page, Optional.empty()),
        new Announcement.AccessChanged(Optional.empty(), user),
        new Announcement.AccessChanged(Optional.empty(), Optional.empty()),
        new Announcement.PageDeleted(page.get()),
        new Announcement.TitleChanged(page.get()),
        new Announcement.PageSettingChanged(page.get(), "glossary", "terms"),
        new Announcement.PageSettingChanged(page.get(), "glossary", "a:b::ü "),
        new Announcement.PluginsChanged(),
        new Announcement.Missed());
  }

  @ParameterizedTest
  @MethodSource("all")
  void isReadAsItWasWritten(Announcement announcement) {
    assertEquals(announcement, Announcement.read(announcement.payload()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "deleted:",
        "deleted:x",
        "renamed:a:b:c",
        "access:x",
        "setting:x:y:z",
        "setting:"
      })
  void whatIsNotUnderstoodMayHaveBeenAnything(String payload) {
    assertEquals(new Announcement.Missed(), Announcement.read(payload));
  }
}
