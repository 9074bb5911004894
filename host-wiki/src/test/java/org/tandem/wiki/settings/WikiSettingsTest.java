package org.tandem.wiki.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class WikiSettingsTest {

  @TempDir Path home;

  private WikiSettings of(String... namesAndValues) throws StartRefusal {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return WikiSettings.of(home, values);
  }

  private String refusal(String... namesAndValues) {
    String sentence = assertThrows(StartRefusal.class, () -> of(namesAndValues)).getMessage();
    assertTrue(sentence.endsWith("."), sentence);
    assertEquals(1, sentence.lines().count(), sentence);
    return sentence;
  }

  @Nested
  class Values {

    @Test
    void haveDefaults() throws Exception {
      WikiSettings settings = of();
      assertEquals("127.0.0.1", settings.address());
      assertEquals(8080, settings.port());
      assertEquals(home.resolve("data"), settings.data());
      assertEquals(home.resolve("plugins"), settings.plugins());
      assertEquals(Optional.empty(), settings.database());
      assertEquals(URI.create("http://localhost:8081"), settings.publicUrlAt(8081));
      assertEquals(Locale.ENGLISH, settings.locale());
      assertEquals(Duration.ofDays(365), settings.auditKept());
      assertFalse(settings.demo());
    }

    @Test
    void areRead() throws Exception {
      WikiSettings settings =
          of(
              "port", "0",
              "database.url", "jdbc:postgresql://db/tandem",
              "database.user", "me",
              "public.url", "https://wiki.example.org/",
              "demo", "true",
              "collab.extra", " x ");
      assertEquals(0, settings.port());
      assertEquals("jdbc:postgresql://db/tandem", settings.database().orElseThrow().url());
      assertEquals(URI.create("https://wiki.example.org"), settings.publicUrlAt(1));
      assertTrue(settings.demo());
      assertEquals(Optional.of("x"), settings.all().get("collab.extra"));
      assertEquals(Optional.empty(), settings.all().get("collab.none"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "65536", "80 80", "http", "0x50", "99999999999"})
    void ofPortsAreNumbers(String port) {
      assertTrue(refusal("port", port).contains("port"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:mysql://db/x", "db", "postgresql://me:secret@db/x"})
    void ofDatabasesAreForPostgresql(String url) {
      String sentence = refusal("database.url", url);
      assertTrue(sentence.contains("jdbc:postgresql:"), sentence);
      assertFalse(sentence.contains("secret"), sentence);
    }

    @Test
    void ofADatabaseNeedItsUrl() {
      assertTrue(refusal("database.user", "me").contains("tandem.database.url"));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "wiki.example.org",
          "ftp://x",
          "/wiki",
          "https://",
          "http://a b",
          "https://x/wiki",
          "https://x?y"
        })
    void ofThePublicUrlAreForBrowsers(String url) {
      assertTrue(refusal("public.url", url).contains("browsers"));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "proxy.example.org",
          "127.0.0.1, localhost",
          "300.0.0.1",
          "10.0.0.1/8",
          "10.0.0.0/33",
          "::1/129",
          "1::2::3",
          "cafe",
          "10.0.0.1-9",
          ",",
          "/8"
        })
    void ofTrustedProxiesAreAddressesAndNetworks(String proxies) {
      assertTrue(refusal("trusted.proxies", proxies).contains("10.1.0.0/16"));
    }

    @Test
    void ofTrustedProxiesAreAList() throws Exception {
      TrustedProxies proxies =
          of("trusted.proxies", "127.0.0.1, 10.1.0.0/16 2001:db8::/32,::1").trustedProxies();
      for (String one : List.of("127.0.0.1", "10.1.255.3", "2001:db8::5", "::1")) {
        assertTrue(proxies.test(InetAddress.getByName(one)), one);
      }
      for (String other : List.of("127.0.0.2", "10.2.0.1", "2001:db9::1", "::2")) {
        assertFalse(proxies.test(InetAddress.getByName(other)), other);
      }
      assertTrue(of().trustedProxies().isEmpty());
    }

    @Test
    void ofTheLocaleAreLanguageTags() throws Exception {
      assertEquals(Locale.forLanguageTag("pt-BR"), of("locale", "pt-BR").locale());
      for (String tag : List.of("german", "de_DE", "d", "x-klingon", "-", "de-", "1")) {
        assertTrue(refusal("locale", tag).contains("pt-BR"), tag);
      }
    }

    @Test
    void ofTheAuditAreDays() throws Exception {
      assertEquals(Duration.ofDays(30), of("audit.days", "30").auditKept());
      for (String days : List.of("0", "-1", "1.5", "100000", "a year", "01")) {
        assertTrue(refusal("audit.days", days).contains("from 1 to"), days);
      }
    }

    @Test
    void ofDemoAreTrueOrFalse() {
      assertTrue(refusal("demo", "maybe").contains("neither true nor false"));
    }
  }

  @Nested
  class Sources {

    private WikiSettings read(String file, String... environment) throws Exception {
      Files.createDirectories(home.resolve("conf"));
      Files.writeString(home.resolve("conf/tandem.properties"), file);
      Map<String, String> variables = new HashMap<>();
      for (int i = 0; i < environment.length; i += 2) {
        variables.put(environment[i], environment[i + 1]);
      }
      return WikiSettings.read(home, variables);
    }

    @Test
    void theEnvironmentWins() throws Exception {
      WikiSettings settings =
          read(
              "tandem.port=1111\ntandem.demo=true\ntandem.cluster.secret=file\n",
              "TANDEM_PORT",
              "2222",
              "TANDEM_CLUSTER_SECRET",
              "environment",
              "TANDEM_PUBLIC_URL",
              "");
      assertEquals(2222, settings.port());
      assertTrue(settings.demo());
      assertEquals(Optional.of("environment"), settings.all().get("cluster.secret"));
      assertEquals(Optional.empty(), settings.publicUrl());
    }

    @Test
    void aFileThatIsNamedMustBeThere() {
      StartRefusal refusal =
          assertThrows(
              StartRefusal.class,
              () -> WikiSettings.read(home, Map.of("TANDEM_CONFIG", home + "/none")));
      assertTrue(refusal.getMessage().contains("/none"), refusal.getMessage());
    }

    @Test
    void aMistypedNameIsWarnedOf() throws Exception {
      Logger log = (Logger) LoggerFactory.getLogger(KnownSettings.class);
      ListAppender<ILoggingEvent> heard = new ListAppender<>();
      heard.start();
      log.addAppender(heard);
      try {
        read(
            "tandem.databse.url=x\ndatabase.user=me\ntandem.collab.x=1\n",
            "TANDEM_PROT",
            "1",
            "TANDEM_CLUSTER_SECRE",
            "x",
            "TANDEM_CLUSTER_KEYSTORE_PASSWORD",
            "known",
            "TANDEM_JAVA_OPTS",
            "-Xmx2g");
      } finally {
        log.detachAppender(heard);
      }
      assertEquals(
          Set.of(
              "tandem.databse.url: tandem.database.url",
              "database.user: tandem.database.user",
              "TANDEM_PROT: TANDEM_PORT",
              "TANDEM_CLUSTER_SECRE: TANDEM_CLUSTER_SECRET"),
          heard.list.stream()
              .map(ILoggingEvent::getFormattedMessage)
              .map(
                  warning ->
                      warning.replaceFirst(
                          "The setting (\\S+) is not known .* did you mean (\\S+)\\?", "$1: $2"))
              .collect(Collectors.toSet()));
    }
  }

  @ParameterizedTest
  @CsvSource({"prt,port", "databaseurl,database.url", "public.ur,public.url", "plugin,plugins"})
  void theNearestNameIsFound(String typed, String meant) {
    assertEquals(meant, KnownSettings.nearest(typed));
  }

  @Test
  void aPluginsFolderThatIsNamedMustBeThere() {
    String sentence = refusal("plugins", home.resolve("nope").toString());
    assertTrue(sentence.contains("is no folder"), sentence);
  }

  @Test
  void aDataFolderBelongsToOneWiki() throws Exception {
    try (DataFolder held = DataFolder.open(home.resolve("data"))) {
      StartRefusal refusal = assertThrows(StartRefusal.class, () -> DataFolder.open(held.path()));
      assertTrue(refusal.getMessage().contains("in use"), refusal.getMessage());
    }
    DataFolder.open(home.resolve("data")).close();
  }

  @Test
  void aDataFolderMustBeWritable() throws Exception {
    Path file = Files.writeString(home.resolve("file"), "");
    StartRefusal refusal =
        assertThrows(StartRefusal.class, () -> DataFolder.open(file.resolve("data")));
    assertTrue(refusal.getMessage().contains("cannot be written"), refusal.getMessage());
  }
}
