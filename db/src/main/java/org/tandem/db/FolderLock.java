package org.tandem.db;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** One living wiki for each folder: the lock ends with the process, however it ends. */
record FolderLock(FileChannel channel) implements AutoCloseable {

  static FolderLock take(Path folder) throws DatabaseRefusal {
    try {
      FileChannel channel =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock(channel) == null) {
        channel.close();
        throw new DatabaseRefusal(
            "Another wiki is running on " + folder + ": stop it, or set another TANDEM_DATA.");
      }
      return new FolderLock(channel);
    } catch (IOException unwritable) {
      throw new DatabaseRefusal("The data folder " + folder + " cannot be written.");
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException here) {
      return null;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException ignored) {
      // The lock ends with the process anyway.
    }
  }
}
