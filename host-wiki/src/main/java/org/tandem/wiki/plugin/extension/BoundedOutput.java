package org.tandem.wiki.plugin.extension;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Keeps what a plugin writes, up to a bound and until it is ended. Threads: safe for use by any
 * thread, as the one that writes may hang while another goes on.
 */
final class BoundedOutput extends OutputStream {

  private final int most;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private boolean over;
  private boolean ended;

  BoundedOutput(int most) {
    this.most = most;
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] from, int offset, int length) throws IOException {
    if (ended) {
      throw new IOException("This export has ended");
    }
    over |= length > most - bytes.size();
    if (over) {
      throw new IOException("An export has at most " + most + " bytes");
    }
    bytes.write(from, offset, length);
  }

  /** Takes nothing more from now on: what the plugin does later is for nothing. */
  synchronized void end() {
    ended = true;
  }

  /** Whether there was too much. */
  synchronized boolean isOver() {
    return over;
  }

  synchronized byte[] written() {
    return bytes.toByteArray();
  }
}
