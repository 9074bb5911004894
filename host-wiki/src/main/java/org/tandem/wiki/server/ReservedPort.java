package org.tandem.wiki.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.UnresolvedAddressException;

/**
 * A port that is this process's and takes no connections yet. A proxy in front is so refused at
 * once, and asks another node, where a listening socket would let its requests wait for the start.
 */
final class ReservedPort implements AutoCloseable {

  private final Socket socket;

  private ReservedPort(Socket socket) {
    this.socket = socket;
  }

  /**
   * @param port 0 for any free one
   * @throws IOException when somebody else has it, or may not be asked for it
   */
  static ReservedPort of(String address, int port) throws IOException {
    InetSocketAddress place = new InetSocketAddress(address, port);
    if (place.isUnresolved()) {
      throw new UnresolvedAddressException();
    }
    Socket socket = new Socket();
    try {
      // So that the server may listen there before this socket lets go.
      socket.setReuseAddress(true);
      socket.bind(place);
    } catch (IOException | SecurityException taken) {
      socket.close();
      throw taken;
    }
    return new ReservedPort(socket);
  }

  int port() {
    return socket.getLocalPort();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }
}
