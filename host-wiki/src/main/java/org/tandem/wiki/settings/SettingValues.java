package org.tandem.wiki.settings;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tandem.api.host.Database;
import org.tandem.wiki.settings.AdminSettings.SetValue;

/**
 * Setting values as text, each with the place it was read from, so that a refusal can name it.
 *
 * @param values by name without {@code tandem.}
 */
record SettingValues(Map<String, SetValue> values) {

  private static final String PREFIX = "tandem.";
  private static final String ENVIRONMENT_PREFIX = "TANDEM_";

  static SettingValues ofPlain(Map<String, String> plain) {
    SettingValues found = new SettingValues(new TreeMap<>());
    plain.forEach((name, text) -> found.put(name, text, PREFIX + name));
    return found;
  }

  /**
   * @param warns whether the log is told of names that mean nothing
   */
  static SettingValues read(Path home, Map<String, String> environment, boolean warns)
      throws StartRefusal {
    SettingValues found = new SettingValues(new TreeMap<>());
    properties(home, environment.get("TANDEM_CONFIG"))
        .forEach((key, text) -> found.putProperty((String) key, (String) text, warns));
    environment.forEach((variable, text) -> found.putVariable(variable, text, warns));
    return found;
  }

  private static Properties properties(Path home, @Nullable String named) throws StartRefusal {
    Path file =
        named == null ? home.resolve("conf/tandem.properties") : path(named, "TANDEM_CONFIG");
    Properties properties = new Properties();
    if (named == null && !Files.exists(file)) {
      return properties;
    }
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException unreadable) {
      throw new StartRefusal(
          "The settings file "
              + file
              + " cannot be read: check that it exists, that this user may"
              + " read it and that it is a properties file in UTF-8.",
          unreadable);
    }
    return properties;
  }

  private void putProperty(String key, String text, boolean warns) {
    if (key.startsWith(PREFIX)) {
      String name = key.substring(PREFIX.length());
      if (warns) {
        KnownSettings.check(name, key);
      }
      put(name, text, key);
    } else if (warns) {
      KnownSettings.warnOfStray(key);
    }
  }

  private void putVariable(String variable, String text, boolean warns) {
    if (variable.startsWith(ENVIRONMENT_PREFIX) && !KnownSettings.OF_SCRIPTS.contains(variable)) {
      String name =
          variable
              .substring(ENVIRONMENT_PREFIX.length())
              .toLowerCase(Locale.ROOT)
              .replace('_', '.');
      if (warns) {
        KnownSettings.check(name, variable);
      }
      put(name, text, variable);
    }
  }

  /** An empty value counts as none, so that a script may pass on a variable that is not set. */
  private void put(String name, String text, String writtenAs) {
    if (!text.isBlank()) {
      values.put(name, new SetValue(text.strip(), writtenAs));
    }
  }

  /**
   * @param source from which plugins' settings are read again
   */
  WikiSettings settings(Path home, AdminSettings.Source source) throws StartRefusal {
    return new WikiSettings(
        text("address").orElse("127.0.0.1"),
        port(),
        folder("data", home.resolve("data")),
        plugins(home.resolve("plugins")),
        database(),
        publicUrl(),
        trustedProxies(),
        locale(),
        auditKept(),
        truth("demo"),
        new AdminSettings(values, source));
  }

  private Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name)).map(SetValue::text);
  }

  private int port() throws StartRefusal {
    SetValue value = values.get("port");
    if (value == null) {
      return 8080;
    }
    // Five digits at the most, so that the number fits.
    if (value.text().matches("[0-9]{1,5}") && Integer.parseInt(value.text()) <= 65535) {
      return Integer.parseInt(value.text());
    }
    throw refusal(value, "is no port: give a number from 0 to 65535, 0 for any free port");
  }

  private Path folder(String name, Path otherwise) throws StartRefusal {
    SetValue value = values.get(name);
    Path folder = value == null ? otherwise : path(value.text(), value.writtenAs());
    return folder.toAbsolutePath().normalize();
  }

  /** A folder that was named by mistake would leave a wiki without co-editing, unseen. */
  private Path plugins(Path otherwise) throws StartRefusal {
    Path folder = folder("plugins", otherwise);
    SetValue value = values.get("plugins");
    if (value != null && !Files.isDirectory(folder)) {
      throw refusal(value, "is no folder: make it, or remove the setting");
    }
    return folder;
  }

  private static Path path(String text, String writtenAs) throws StartRefusal {
    try {
      return Path.of(text);
    } catch (InvalidPathException noPath) {
      throw refusal(new SetValue(text, writtenAs), "is no path of a file system");
    }
  }

  private Optional<Database> database() throws StartRefusal {
    SetValue url = values.get("database.url");
    if (url == null) {
      for (String name : new String[] {"database.user", "database.password"}) {
        SetValue stray = values.get(name);
        if (stray != null) {
          throw new StartRefusal(
              stray.writtenAs()
                  + " is set but tandem.database.url is not: set the URL as well, or"
                  + " remove it to use the embedded database.");
        }
      }
      return Optional.empty();
    }
    if (!url.text().matches("jdbc:postgresql:\\S+")) {
      // The value itself may hold a password.
      throw new StartRefusal(
          url.writtenAs()
              + " is no address of a PostgreSQL database: give one like"
              + " jdbc:postgresql://host:5432/name.");
    }
    return Optional.of(
        new Database(
            url.text(), text("database.user").orElse(""), text("database.password").orElse("")));
  }

  private Optional<URI> publicUrl() throws StartRefusal {
    SetValue value = values.get("public.url");
    if (value == null) {
      return Optional.empty();
    }
    try {
      URI url = URI.create(value.text().replaceFirst("/+$", ""));
      String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
      boolean web = scheme.equals("http") || scheme.equals("https");
      if (web && url.getHost() != null && url.getRawPath().isEmpty() && isBare(url)) {
        return Optional.of(url);
      }
    } catch (IllegalArgumentException noUri) {
      // Refused below, like an address of another kind.
    }
    throw refusal(
        value, "is no address that browsers can use: give one like https://wiki.example.org");
  }

  private TrustedProxies trustedProxies() throws StartRefusal {
    SetValue value = values.get("trusted.proxies");
    if (value == null) {
      return TrustedProxies.none();
    }
    return TrustedProxies.parse(value.text())
        .orElseThrow(
            () ->
                refusal(
                    value,
                    "is no list of addresses and networks: give some like 10.0.0.5, 10.1.0.0/16,"
                        + " ::1"));
  }

  private Locale locale() throws StartRefusal {
    SetValue value = values.get("locale");
    if (value == null) {
      return Locale.ENGLISH;
    }
    try {
      Locale locale = new Locale.Builder().setLanguageTag(value.text()).build();
      if (locale.getLanguage().matches("[a-z]{2,3}")) {
        return locale;
      }
    } catch (IllformedLocaleException noTag) {
      // Refused below, like a word that names no language.
    }
    throw refusal(value, "is no language tag: give one like en, de or pt-BR");
  }

  private Duration auditKept() throws StartRefusal {
    SetValue value = values.get("audit.days");
    if (value == null) {
      return Duration.ofDays(365);
    } else if (value.text().matches("[1-9][0-9]{0,4}")) {
      return Duration.ofDays(Long.parseLong(value.text()));
    }
    throw refusal(value, "is no number of days: give one from 1 to 99999");
  }

  private static boolean isBare(URI url) {
    return url.getUserInfo() == null && url.getQuery() == null && url.getFragment() == null;
  }

  private boolean truth(String name) throws StartRefusal {
    SetValue value = values.get(name);
    if (value == null) {
      return false;
    }
    return switch (value.text().toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on", "1" -> true;
      case "false", "no", "off", "0" -> false;
      default -> throw refusal(value, "is neither true nor false");
    };
  }

  private static StartRefusal refusal(SetValue value, String problem) {
    return new StartRefusal(
        "The setting " + value.writtenAs() + "=" + value.text() + " " + problem + ".");
  }
}
