package org.tandem.wiki.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tandem.wiki.installation.PluginState;
import org.tandem.wiki.installation.StoredArchive;
import org.tandem.wiki.installation.WantedPlugin;
import org.tandem.wiki.plugin.archive.Descriptor;
import org.tandem.wiki.plugin.archive.PluginArchive;

class OfferTest {

  private static final Instant CHANGED = Instant.parse("2026-11-30T12:00:00Z");
  private static final Instant BEFORE = CHANGED.minusSeconds(60);
  private static final Instant AFTER = CHANGED.plusSeconds(60);

  private static String hash(String digit) {
    return digit.repeat(64);
  }

  private static PluginArchive archive(String version, String digit) {
    Descriptor said = new Descriptor("echo", version, "x.Y", "*", "*", List.of(), "", "");
    return new PluginArchive(Path.of("echo.zip"), hash(digit), 1000, said);
  }

  private static Offer offer(PluginArchive archive, Instant changedAt, PluginState state) {
    WantedPlugin installed =
        new WantedPlugin(
            "echo",
            state,
            new StoredArchive(hash("b"), "1.1.0", 1000),
            Optional.of(new StoredArchive(hash("a"), "1.0.0", 1000)),
            3,
            CHANGED,
            "admin");
    return Offer.of(archive, changedAt, Optional.of(installed), Optional.of(AFTER));
  }

  @Test
  void whatIsNotThereIsTaken() {
    assertEquals(
        Offer.ENABLED, Offer.of(archive("1.0.0", "a"), BEFORE, Optional.empty(), Optional.empty()));
  }

  /** It came back at the next start, for the row that knew of the removal went with the data. */
  @Test
  void whatLayThereWhenItsDataWasDeletedStaysOut() {
    PluginArchive archive = archive("1.0.0", "a");
    assertEquals(
        Offer.FORGOTTEN, Offer.of(archive, BEFORE, Optional.empty(), Optional.of(CHANGED)));
    assertEquals(Offer.ENABLED, Offer.of(archive, AFTER, Optional.empty(), Optional.of(CHANGED)));
  }

  @Test
  void whatIsInstalledIsNotTakenAgain() {
    for (Instant time : List.of(BEFORE, AFTER)) {
      assertEquals(Offer.NONE, offer(archive("1.1.0", "b"), time, PluginState.ENABLED));
      assertEquals(Offer.NONE, offer(archive("1.1.0", "b"), time, PluginState.DISABLED));
    }
  }

  @Test
  void whatIsPutThereNowIsTakenWhateverItsVersion() {
    assertEquals(Offer.ENABLED, offer(archive("0.9.0", "c"), AFTER, PluginState.ENABLED));
    assertEquals(Offer.ENABLED, offer(archive("1.0.0", "a"), AFTER, PluginState.ENABLED));
    assertEquals(Offer.ENABLED, offer(archive("1.1.0", "c"), AFTER, PluginState.DISABLED));
  }

  @Test
  void aNewReleaseThatLayThereUpgradesAndEnablesNothing() {
    assertEquals(Offer.UPGRADE, offer(archive("1.2.0", "c"), BEFORE, PluginState.ENABLED));
    assertEquals(Offer.UPGRADE, offer(archive("1.2.0", "c"), BEFORE, PluginState.DISABLED));
  }

  @Test
  void whatLayThereAndIsOlderStaysWhereItIs() {
    assertEquals(Offer.NONE, offer(archive("1.0.0", "a"), BEFORE, PluginState.ENABLED));
    assertEquals(Offer.OLD, offer(archive("1.0.0", "c"), BEFORE, PluginState.ENABLED));
    assertEquals(Offer.OLD, offer(archive("1.1.0", "c"), BEFORE, PluginState.ENABLED));
  }

  /** Nothing was said of an archive with an older time than the removal. */
  @Test
  void whatIsPassedOverIsExplainedWhereItsPluginDoesNotRun() {
    assertEquals(Optional.empty(), why(PluginState.ENABLED));
    assertTrue(why(PluginState.DISABLED).orElseThrow().contains("enable the plugin on its page"));
    String removed = why(PluginState.REMOVED).orElseThrow();
    assertTrue(removed.startsWith("The plugin echo was removed"), removed);
    assertTrue(removed.contains("bring the plugin back on its page"), removed);
  }

  private static Optional<String> why(PluginState state) {
    StoredArchive archive = new StoredArchive(hash("b"), "1.1.0", 1000);
    return Offer.whyNone(
        Optional.of(
            new WantedPlugin("echo", state, archive, Optional.empty(), 3, CHANGED, "admin")));
  }

  @Test
  void whatWasRemovedComesBackWhenItIsPutThereAnew() {
    assertEquals(Offer.NONE, offer(archive("1.1.0", "b"), BEFORE, PluginState.REMOVED));
    assertEquals(Offer.NONE, offer(archive("1.2.0", "c"), BEFORE, PluginState.REMOVED));
    assertEquals(Offer.ENABLED, offer(archive("1.1.0", "b"), AFTER, PluginState.REMOVED));
  }
}
