package org.tandem.api.compatibility;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.zafarkhaja.semver.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tandem.api.plugin.ApiVersion;

class PublicSignaturesTest {

  @Test
  void changeOnlyWithTheVersionAndAWordInTheChangeLog() throws Exception {
    Baseline baseline = Baseline.in(Path.of("api"));
    List<ApiChange> changes =
        ApiChange.between(baseline.signatures(), Signatures.of(Path.of("target", "classes")));
    Announcement announcement =
        new Announcement(
            baseline.version(),
            Version.parse(ApiVersion.current()),
            Files.readString(Path.of("CHANGELOG.md")));
    assertEquals("", announcement.missing(changes).orElse(""));
  }

  /** Else everything would only be an addition. */
  @Test
  void ofTheLastVersionAreThere() throws Exception {
    Baseline baseline = Baseline.in(Path.of("api"));
    byte[] none = Signatures.of(Path.of("src", "main"));
    assertTrue(ApiChange.between(baseline.signatures(), none).size() > 50);
  }
}
