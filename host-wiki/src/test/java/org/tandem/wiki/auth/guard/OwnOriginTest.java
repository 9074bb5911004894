package org.tandem.wiki.auth.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnOriginTest {

  @ParameterizedTest
  @CsvSource({
    // the public URL, whatever the Host header says
    "https://wiki.example.org, https://wiki.example.org, wiki.example.org, true",
    "https://wiki.example.org, https://wiki.example.org, 127.0.0.1:8080, true",
    "https://Wiki.example.org:443, https://wiki.example.org, x, true",
    "https://wiki.example.org, http://wiki.example.org, wiki.example.org, false",
    "https://wiki.example.org, https://wiki.example.org:8443, wiki.example.org:8443, false",
    "https://wiki.example.org, null, wiki.example.org, false",
    // a name of a stranger that points at this machine
    "https://wiki.example.org, https://evil.example, evil.example, false",
    "http://localhost:8080, http://evil.example:8080, evil.example:8080, false",
    "http://localhost:8080, http://localhost.evil.example, localhost.evil.example, false",
    // a developer's machine: other ports and names of its own
    "http://localhost:8080, http://localhost:8081, localhost:8081, true",
    "http://localhost:8080, http://127.0.0.1:8080, 127.0.0.1:8080, true",
    "http://localhost:8080, http://[::1]:8080, [::1]:8080, true",
    "http://localhost:8080, http://localhost, localhost, true",
    "http://localhost:8080, http://localhost:9999, localhost:8080, false",
    "http://localhost:8080, https://localhost:8080, localhost:8080, false",
    "http://localhost:8080, http://localhost:8081, , false",
    "https://wiki.example.org, https://localhost:8081, localhost:8081, false"
  })
  void isThePublicUrlOrALoopback(URI publicUrl, String origin, String host, boolean own) {
    assertEquals(own, new OwnOrigin(publicUrl).is(origin, host));
  }
}
