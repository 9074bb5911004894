package org.tandem.wiki.plugin.loading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandem.api.plugin.PluginContext;
import org.tandem.api.plugin.PluginRefusal;

/** A plugin that hangs holds up the wiki for a bounded time. */
@Timeout(60)
class HangingPluginTest {

  private static final String AT = "org.example.echo.hangs";
  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir Path root;

  private Path folder;

  @BeforeEach
  void unpacked() throws Exception {
    folder = root.resolve("hanging");
    Path classes = Files.createDirectories(folder.resolve("classes/org/example/echo"));
    try (InputStream code =
        HangingPluginTest.class.getResourceAsStream("/org/example/echo/HangingPlugin.class")) {
      Files.copy(code, classes.resolve("HangingPlugin.class"));
    }
    Files.writeString(
        folder.resolve("plugin.properties"),
        "plugin.id=hanging\nplugin.version=1.0.0\nplugin.class=org.example.echo.HangingPlugin\n");
  }

  @AfterEach
  void forget() {
    System.clearProperty(AT);
  }

  /** A host of which the plugin asks nothing. */
  private LoadedPlugins loaded(Duration start, Duration stop) {
    PluginContext unused =
        (PluginContext)
            Proxy.newProxyInstance(
                HangingPluginTest.class.getClassLoader(),
                new Class<?>[] {PluginContext.class},
                (proxy, method, arguments) -> {
                  throw new IllegalStateException("it asks for " + method);
                });
    return new LoadedPlugins(root, (id, declared) -> unused, new LifeTimes(start, stop));
  }

  @Test
  void atItsStartItIsLeftOff() {
    System.setProperty(AT, "start");
    LoadedPlugins plugins = loaded(SHORT, LONG);
    PluginRefusal refusal =
        assertThrows(PluginRefusal.class, () -> plugins.start("hanging", folder));
    assertTrue(refusal.getMessage().contains("has not started within 1 s"), refusal.getMessage());
    plugins.stop("hanging");
  }

  @Test
  void atItsStopItIsLeftToItself() throws Exception {
    System.setProperty(AT, "stop");
    LoadedPlugins plugins = loaded(LONG, SHORT);
    plugins.start("hanging", folder);
    plugins.stop("hanging");
    assertEquals(0, plugins.declared("hanging", folder).maintenance().size());
  }
}
