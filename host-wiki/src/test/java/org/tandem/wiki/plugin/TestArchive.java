package org.tandem.wiki.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Packs plugin archives. */
public final class TestArchive {

  private final Map<String, byte[]> files = new LinkedHashMap<>();
  private final Map<String, String> descriptor = new LinkedHashMap<>();

  private TestArchive() {}

  /** An archive of the package org.example.echo. */
  public static TestArchive of(String entryClass) throws IOException {
    TestArchive archive = new TestArchive();
    archive.describe("plugin.id", "echo");
    archive.describe("plugin.version", "1.0.0");
    archive.describe("plugin.class", "org.example.echo." + entryClass);
    for (String name :
        List.of(
            "BrokenPlugin",
            "EchoExchange",
            "EchoMaintenance",
            "EchoMaintenance$Deed",
            "EchoPlugin",
            "EchoPlugin$Echo",
            "EchoServices",
            "EchoServlet",
            "RefusingPlugin",
            "RivalPlugin",
            "RivalPlugin$Nothing",
            "SlowPlugin",
            "StuckPlugin",
            "StuckPlugin$Stuck",
            "StrangePlugin",
            "UnfitPlugin",
            "package-info")) {
      archive.classFile("org/example/echo/" + name + ".class");
    }
    archive.file("web/editor.js", "export const x = 1;\n");
    archive.file("web/editor.css", "body { margin: 0 }\n");
    return archive;
  }

  private void classFile(String path) throws IOException {
    try (InputStream in = TestArchive.class.getResourceAsStream("/" + path)) {
      files.put("classes/" + path, in.readAllBytes());
    }
  }

  public TestArchive describe(String key, String value) {
    descriptor.put(key, value);
    return this;
  }

  public TestArchive file(String path, String text) {
    files.put(path, text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  public Path writeTo(Path file) throws IOException {
    StringBuilder properties = new StringBuilder();
    descriptor.forEach((key, value) -> properties.append(key + "=" + value + "\n"));
    Files.createDirectories(file.getParent());
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      if (!descriptor.isEmpty()) {
        put(zip, "plugin.properties", properties.toString().getBytes(StandardCharsets.UTF_8));
      }
      for (Map.Entry<String, byte[]> entry : files.entrySet()) {
        put(zip, entry.getKey(), entry.getValue());
      }
    }
    return file;
  }

  TestArchive withoutDescriptor() {
    descriptor.clear();
    return this;
  }

  private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(bytes);
    zip.closeEntry();
  }
}
