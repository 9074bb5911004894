package org.tandem.wiki.plugin.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Properties;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.tandem.api.plugin.PluginRefusal;

/**
 * A plugin archive that was found fit to be unpacked.
 *
 * @param sha256 of the file, in lower-case hexadecimal digits
 * @param size of the file, in bytes
 */
public record PluginArchive(Path file, String sha256, long size, Descriptor descriptor) {

  public static final String DESCRIPTOR = "plugin.properties";

  static final int MAX_ENTRIES = 20_000;
  static final long MAX_BYTES = 512L * 1024 * 1024;
  private static final int MAX_DESCRIPTOR_BYTES = 64 * 1024;

  /**
   * Reads what the archive says of itself, and checks that it can be unpacked below a folder.
   *
   * @throws PluginRefusal when it cannot be used
   */
  public static PluginArchive read(Path file) throws PluginRefusal {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      checkEntries(file, zip);
      return new PluginArchive(file, Hashes.ofFile(file), Files.size(file), descriptor(file, zip));
    } catch (ZipException damaged) {
      throw refusal(
          file,
          file.toFile().length() == 0
              ? "is empty: copy it again"
              : "is no ZIP archive or is damaged: copy it again");
    } catch (IOException unreadable) {
      throw refusal(file, "cannot be read: " + unreadable.getMessage());
    }
  }

  public String id() {
    return descriptor.id();
  }

  public String version() {
    return descriptor.version();
  }

  /** The first 8 digits of the file's hash: enough to tell a plugin's archives apart. */
  public String hash() {
    return sha256.substring(0, 8);
  }

  /** The same archive in another file. */
  public PluginArchive at(Path copy) {
    return new PluginArchive(copy, sha256, size, descriptor);
  }

  /** The name of the folder that it is unpacked to. */
  public String folderName() {
    return id() + "-" + version() + "-" + hash();
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

  private static Descriptor descriptor(Path file, ZipFile zip) throws IOException, PluginRefusal {
    ZipEntry entry = zip.getEntry(DESCRIPTOR);
    if (entry == null) {
      throw refusal(file, "has no " + DESCRIPTOR + ": it is no plugin of this wiki");
    }
    Properties properties = new Properties();
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] text = in.readNBytes(MAX_DESCRIPTOR_BYTES);
      properties.load(new StringReader(new String(text, StandardCharsets.UTF_8)));
    } catch (IllegalArgumentException malformed) {
      throw refusal(file, "has a " + DESCRIPTOR + " that cannot be read");
    }
    Descriptor.Reading reading = Descriptor.of(properties);
    if (reading instanceof Descriptor.Reading.Usable usable) {
      return usable.descriptor();
    }
    String problem = ((Descriptor.Reading.Unusable) reading).problem();
    throw refusal(file, problem + ": ask who made the plugin");
  }

  static PluginRefusal refusal(Path file, String problem) {
    return PluginRefusal.ofPlugin("The archive " + file.getFileName() + " " + problem + ".");
  }
}
