package org.tandem.wiki.settings;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a node's data, held by one running wiki at a time.
 *
 * <p>After a crash: the operating system drops the lock with the process; the file that is left
 * means nothing.
 */
public final class DataFolder implements AutoCloseable {

  private final Path folder;
  private final FileChannel lockFile;

  private DataFolder(Path folder, FileChannel lockFile) {
    this.folder = folder;
    this.lockFile = lockFile;
  }

  /**
   * Makes the folder when it is missing, and takes it.
   *
   * @throws StartRefusal when it cannot be written, or another wiki runs on it
   */
  public static DataFolder open(Path folder) throws StartRefusal {
    Optional<DataFolder> taken = take(folder);
    if (taken.isEmpty()) {
      throw new StartRefusal(
          "The data folder "
              + folder
              + " is in use by another running wiki, or by a command that runs: stop that one, or"
              + " give this one a folder of its own with tandem.data.");
    }
    return taken.get();
  }

  /**
   * Makes the folder when it is missing, and takes it; empty when another process has it.
   *
   * @throws StartRefusal when it cannot be written
   */
  public static Optional<DataFolder> take(Path folder) throws StartRefusal {
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createTempFile(folder, "write", ".probe"));
      FileChannel lockFile =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock(lockFile) == null) {
        lockFile.close();
        return Optional.empty();
      }
      return Optional.of(new DataFolder(folder, lockFile));
    } catch (IOException | SecurityException unwritable) {
      throw new StartRefusal(
          "The data folder "
              + folder
              + " cannot be written: make it writable for the user "
              + System.getProperty("user.name")
              + ", or name another one with tandem.data.",
          unwritable);
    }
  }

  private static @Nullable FileLock lock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException ofThisProcess) {
      return null;
    }
  }

  /** A folder below, which is there from now on. */
  public Path folder(String name) throws IOException {
    return Files.createDirectories(folder.resolve(name));
  }

  public Path path() {
    return folder;
  }

  @Override
  public void close() throws IOException {
    lockFile.close();
  }
}
