package org.tandem.testkit.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.tandem.api.host.PageId;
import org.tandem.testkit.WikiClient;

/**
 * A TCP connection that speaks WebSocket (RFC 6455) by hand, since a client that is one would be
 * too polite: it sends what it is told, right or wrong, and reads only when it is told to.
 *
 * <p>Threads: one at a time. Failure: an {@link AssertionError} when something awaited does not
 * come within 60 s.
 */
final class RawSocket implements AutoCloseable {

  static final int CONTINUATION = 0;
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  /** Stands for a part of a message, which has no opcode of its own. */
  private static final int PART = -1;

  /** A set first reserved bit says that the message is compressed. */
  static final int COMPRESSED = 4;

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final byte[] MASK = {0, 0, 0, 0};

  private final Socket socket;
  private final DataInputStream in;
  private final Inflater inflater = new Inflater(true);
  private final List<JsonNode> heard = new ArrayList<>();
  private final ByteArrayOutputStream parts = new ByteArrayOutputStream();
  private boolean compressed;
  private String status = "";

  /** A frame of the server. */
  record Frame(int opcode, byte[] payload) {

    String text() {
      return new String(payload, StandardCharsets.UTF_8);
    }
  }

  private RawSocket(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(socket.getInputStream());
  }

  /** The headers of an upgrade that is in order, to be changed. */
  static Map<String, String> headers(URI wiki) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Host", wiki.getAuthority());
    headers.put("Upgrade", "websocket");
    headers.put("Connection", "Upgrade");
    headers.put("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
    headers.put("Sec-WebSocket-Version", "13");
    headers.put("Sec-WebSocket-Protocol", "tandem.v1");
    return headers;
  }

  /** Opens a socket to a page, which must be accepted. */
  static RawSocket open(WikiClient person, PageId page) {
    return open(person, page, headers(person.wiki()), 0);
  }

  /**
   * Opens a socket to a page, which must be accepted.
   *
   * @param receiveBuffer bytes that the machine holds for a reader who does not read; 0 for as many
   *     as it likes
   */
  static RawSocket open(
      WikiClient person, PageId page, Map<String, String> headers, int receiveBuffer) {
    RawSocket opened = request(person, page, headers, receiveBuffer);
    if (!opened.status.startsWith("HTTP/1.1 101")) {
      throw new AssertionError("no upgrade: " + opened.status);
    }
    return opened;
  }

  /** Asks for an upgrade, with a ticket of this person. */
  static RawSocket request(
      WikiClient person, PageId page, Map<String, String> headers, int receiveBuffer) {
    String path = "/api/collab/v1/pages/" + page + "/socket?ticket=" + person.ticket(page);
    return request(person.wiki(), path, headers, receiveBuffer);
  }

  /** Asks for an upgrade; {@link #status} tells what the answer was. */
  static RawSocket request(URI wiki, String path, Map<String, String> headers, int receiveBuffer) {
    try {
      Socket socket = new Socket();
      if (receiveBuffer > 0) {
        socket.setReceiveBufferSize(receiveBuffer);
      }
      socket.setTcpNoDelay(true);
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket.connect(new InetSocketAddress(wiki.getHost(), wiki.getPort()));
      RawSocket opened = new RawSocket(socket);
      StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\n");
      headers.forEach((name, value) -> request.append(name + ": " + value + "\r\n"));
      opened.bytes(request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
      opened.readHead();
      return opened;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void readHead() throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      head.write(in.readByte());
    }
    status = head.toString(StandardCharsets.ISO_8859_1);
  }

  /** The head of the answer to the upgrade. */
  String status() {
    return status;
  }

  /** Sends bytes as they are; false when the server has ended the connection. */
  boolean bytes(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
      return true;
    } catch (SocketException ended) {
      return false;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  boolean text(String text) {
    return frame(TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  boolean frame(int opcode, byte[] payload) {
    return bytes(frame(true, 0, opcode, payload.length, payload));
  }

  /**
   * A frame as bytes.
   *
   * @param reserved the three reserved bits
   * @param length as the header tells it, whatever the payload
   */
  static byte[] frame(boolean last, int reserved, int opcode, long length, byte[] payload) {
    ByteBuffer frame = ByteBuffer.allocate(14 + payload.length);
    frame.put((byte) ((last ? 0x80 : 0) | reserved << 4 | opcode));
    if (length < 126) {
      frame.put((byte) (0x80 | length));
    } else if (length < 65_536) {
      frame.put((byte) (0x80 | 126)).putShort((short) length);
    } else {
      frame.put((byte) (0x80 | 127)).putLong(length);
    }
    frame.put(MASK).put(payload);
    byte[] bytes = new byte[frame.position()];
    frame.flip().get(bytes);
    return bytes;
  }

  /** The next frame, of whatever kind; a message that comes in parts as one. */
  Frame next() {
    try {
      Frame frame = readFrame();
      while (frame.opcode == PART) {
        frame = readFrame();
      }
      if (frame.opcode == TEXT) {
        heard.add(JSON.readTree(frame.text()));
      }
      return frame;
    } catch (JsonProcessingException noJson) {
      throw new AssertionError("the server sent no JSON", noJson);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** One frame, or {@link #PART} where it is part of a message that goes on. */
  private Frame readFrame() throws IOException {
    int first = in.readUnsignedByte();
    int opcode = first & 0x0f;
    long length = in.readUnsignedByte();
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = in.readLong();
    }
    byte[] payload = new byte[(int) length];
    in.readFully(payload);
    if (opcode >= CLOSE) {
      return new Frame(opcode, payload);
    }
    if (opcode != CONTINUATION) {
      compressed = (first >> 4 & COMPRESSED) != 0;
    }
    parts.write(payload);
    if ((first & 0x80) == 0) {
      return new Frame(PART, payload);
    }
    byte[] message = parts.toByteArray();
    parts.reset();
    return new Frame(TEXT, compressed ? inflated(message) : message);
  }

  /** What RFC 7692 says of a message: four bytes are left out at its end. */
  private byte[] inflated(byte[] payload) {
    inflater.setInput(ByteBuffer.allocate(payload.length + 4).put(payload).putInt(0xffff).flip());
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    byte[] part = new byte[1_024];
    try {
      int length;
      while ((length = inflater.inflate(part)) > 0) {
        whole.write(part, 0, length);
      }
    } catch (DataFormatException broken) {
      throw new AssertionError("the server sent what cannot be inflated", broken);
    }
    return whole.toByteArray();
  }

  /** Reads up to the next text of this type. */
  JsonNode await(String type) {
    return awaitAny(type);
  }

  /** Reads up to the next text of one of these types. */
  JsonNode awaitAny(String... types) {
    List<String> wanted = List.of(types);
    while (true) {
      Frame frame = next();
      if (frame.opcode == CLOSE) {
        throw new AssertionError(
            "closed with " + code(frame) + " instead of " + wanted + ", after " + heard);
      }
      if (frame.opcode == TEXT && wanted.contains(heard.get(heard.size() - 1).path("t").asText())) {
        return heard.get(heard.size() - 1);
      }
    }
  }

  /** Reads up to the closing frame and answers it; its code. */
  int awaitClose() {
    while (true) {
      Frame frame = next();
      if (frame.opcode == CLOSE) {
        frame(CLOSE, frame.payload);
        return code(frame);
      }
    }
  }

  /**
   * Reads until the server has ended the TCP connection, and answers nothing; the code of its
   * closing frame, 1006 where there was none.
   */
  int awaitEnd() {
    int code = 1006;
    try {
      while (true) {
        Frame frame = next();
        code = frame.opcode == CLOSE ? code(frame) : code;
      }
    } catch (UncheckedIOException end) {
      if (end.getCause() instanceof EOFException || end.getCause() instanceof SocketException) {
        return code;
      }
      throw new AssertionError("the server has not ended the connection; closed: " + code, end);
    }
  }

  private static int code(Frame close) {
    return close.payload.length < 2 ? 1005 : ByteBuffer.wrap(close.payload).getShort();
  }

  /** All texts read so far. */
  List<JsonNode> heard() {
    return List.copyOf(heard);
  }

  /** Ends the TCP connection at once, as a machine that is gone would. */
  void cut() {
    if (socket.isClosed()) {
      return;
    }
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public void close() {
    cut();
  }
}
