package org.tandem.wiki.plugin.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.tandem.api.plugin.PluginRefusal;

/**
 * A plugin archive that was found fit to be unpacked.
 *
 * @param hash the first 8 hexadecimal digits of the file's SHA-256
 * @param requires versions of the plugin API that it fits; {@code *} for all
 */
public record PluginArchive(Path file, String id, String version, String hash, String requires) {

  public static final String DESCRIPTOR = "plugin.properties";

  static final int MAX_ENTRIES = 20_000;
  static final long MAX_BYTES = 512L * 1024 * 1024;
  private static final int MAX_DESCRIPTOR_BYTES = 64 * 1024;

  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
  private static final Pattern VERSION =
      Pattern.compile("(0|[1-9]\\d{0,8})(\\.(0|[1-9]\\d{0,8})){2}([-+][0-9A-Za-z.+-]{1,60})?");

  /**
   * Reads what the archive says of itself, and checks that it can be unpacked below a folder.
   *
   * @throws PluginRefusal when it cannot be used
   */
  public static PluginArchive read(Path file) throws PluginRefusal {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      checkEntries(file, zip);
      Properties descriptor = descriptor(file, zip);
      return new PluginArchive(
          file,
          matching(file, descriptor, "plugin.id", ID),
          matching(file, descriptor, "plugin.version", VERSION),
          Hashes.ofFile(file).substring(0, 8),
          descriptor.getProperty("plugin.requires", "*").strip());
    } catch (ZipException damaged) {
      throw refusal(file, "is no ZIP archive or is damaged: copy it again");
    } catch (IOException unreadable) {
      throw refusal(file, "cannot be read: " + unreadable.getMessage());
    }
  }

  /** The name of the folder that it is unpacked to. */
  public String folderName() {
    return id + "-" + version + "-" + hash;
  }

  private static void checkEntries(Path file, ZipFile zip) throws PluginRefusal {
    if (zip.size() > MAX_ENTRIES) {
      throw refusal(file, "holds more than " + MAX_ENTRIES + " files");
    }
    long bytes = 0;
    for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
      ZipEntry entry = all.nextElement();
      if (!isBelow(Path.of("/unpacked"), entry.getName())) {
        throw refusal(file, "holds a file that would be unpacked outside of its folder");
      }
      bytes += Math.max(0, entry.getSize());
      if (bytes > MAX_BYTES) {
        throw refusal(file, "unpacks to more than " + MAX_BYTES / 1024 / 1024 + " MB");
      }
    }
  }

  /** Whether the name leads into the folder, by the canonical path. */
  static boolean isBelow(Path folder, String name) {
    return !name.isEmpty()
        && name.indexOf('\\') < 0
        && name.indexOf('\0') < 0
        && !folder.resolve(name).normalize().equals(folder)
        && folder.resolve(name).normalize().startsWith(folder);
  }

  private static Properties descriptor(Path file, ZipFile zip) throws IOException, PluginRefusal {
    ZipEntry entry = zip.getEntry(DESCRIPTOR);
    if (entry == null) {
      throw refusal(file, "has no " + DESCRIPTOR + ": it is no plugin of this wiki");
    }
    Properties descriptor = new Properties();
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] text = in.readNBytes(MAX_DESCRIPTOR_BYTES);
      descriptor.load(new StringReader(new String(text, StandardCharsets.UTF_8)));
    } catch (IllegalArgumentException malformed) {
      throw refusal(file, "has a " + DESCRIPTOR + " that cannot be read");
    }
    matching(file, descriptor, "plugin.class", Pattern.compile("[\\w$.]{1,200}"));
    return descriptor;
  }

  private static String matching(Path file, Properties descriptor, String key, Pattern form)
      throws PluginRefusal {
    String value = Objects.toString(descriptor.getProperty(key), "").strip();
    if (!form.matcher(value).matches()) {
      throw refusal(
          file, "has no usable " + key + " in its " + DESCRIPTOR + ": ask who made the plugin");
    }
    return value;
  }

  static PluginRefusal refusal(Path file, String problem) {
    return PluginRefusal.ofPlugin("The archive " + file.getFileName() + " " + problem + ".");
  }
}
