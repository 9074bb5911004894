package org.tandem.collab.log;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.DeltaJson;
import org.tandem.api.host.UserId;
import org.tandem.collab.clock.Stamp;
import org.tandem.collab.page.Revision;
import org.tandem.collab.protocol.ClientId;

/**
 * The stored form of consecutive revisions: column by column, since the values of one column
 * resemble each other, and deflated. A typed letter takes some ten bytes.
 *
 * <p>The form: a byte for its version; then, deflated, the number of revisions and the first one's
 * number, the names that occur (clients with their users, nodes), and of each revision in turn the
 * place of its client, the place of its node, the step of its seq from the one before of its
 * client, the step of its stamp from the one before, the length of its delta, and last of all the
 * deltas, in JSON. Numbers are LEB128, those that may be negative in zigzag order.
 */
public final class RunCodec {

  private static final int VERSION = 1;

  /** More revisions or names than any run holds: such a number is damage. */
  private static final int MOST = 1 << 20;

  private record Author(ClientId client, UserId user) {}

  private RunCodec() {}

  /**
   * @param revisions one at least, in order, without a gap
   */
  public static byte[] encode(List<Revision> revisions) {
    var bytes = new ByteArrayOutputStream();
    Deflater best = new Deflater(Deflater.BEST_COMPRESSION, true);
    try {
      bytes.write(VERSION);
      try (var out = new DataOutputStream(new DeflaterOutputStream(bytes, best))) {
        write(out, revisions);
      }
    } catch (IOException never) {
      throw new UncheckedIOException(never);
    } finally {
      best.end();
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, List<Revision> revisions) throws IOException {
    number(out, revisions.size());
    number(out, revisions.get(0).rev());
    Map<Author, Integer> authors = new LinkedHashMap<>();
    Map<String, Integer> nodes = new LinkedHashMap<>();
    for (Revision revision : revisions) {
      authors.putIfAbsent(new Author(revision.client(), revision.user()), authors.size());
      nodes.putIfAbsent(revision.stamp().node(), nodes.size());
    }
    number(out, authors.size());
    for (Author author : authors.keySet()) {
      uuid(out, author.client.value());
      uuid(out, author.user.value());
    }
    number(out, nodes.size());
    for (String node : nodes.keySet()) {
      text(out, node.getBytes(StandardCharsets.UTF_8));
    }
    for (Revision revision : revisions) {
      number(out, authors.get(new Author(revision.client(), revision.user())));
    }
    for (Revision revision : revisions) {
      number(out, nodes.get(revision.stamp().node()));
    }
    Map<ClientId, Long> seqs = new HashMap<>();
    for (Revision revision : revisions) {
      Long before = seqs.put(revision.client(), revision.seq());
      signed(out, revision.seq() - (before == null ? 0 : before + 1));
    }
    long stamp = 0;
    for (Revision revision : revisions) {
      signed(out, revision.stamp().bits() - stamp);
      stamp = revision.stamp().bits();
    }
    List<byte[]> deltas = new ArrayList<>();
    for (Revision revision : revisions) {
      byte[] json = DeltaJson.write(revision.delta()).getBytes(StandardCharsets.UTF_8);
      deltas.add(json);
      number(out, json.length);
    }
    for (byte[] json : deltas) {
      out.write(json);
    }
  }

  /** The revisions again; empty when these bytes are no run. */
  public static Optional<List<Revision>> decode(byte[] run) {
    if (run.length == 0 || run[0] != VERSION) {
      return Optional.empty();
    }
    var bytes = new ByteArrayInputStream(run, 1, run.length - 1);
    try (var in = new DataInputStream(new InflaterInputStream(bytes, new Inflater(true)))) {
      return read(in);
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException damaged) {
      return Optional.empty();
    }
  }

  private static Optional<List<Revision>> read(DataInputStream in) throws IOException {
    int count = size(in);
    long first = number(in);
    List<Author> authors = new ArrayList<>();
    for (int left = size(in); left > 0; left--) {
      authors.add(new Author(new ClientId(uuid(in)), new UserId(uuid(in))));
    }
    List<String> nodes = new ArrayList<>();
    for (int left = size(in); left > 0; left--) {
      nodes.add(new String(text(in), StandardCharsets.UTF_8));
    }
    long[] author = numbers(in, count);
    long[] node = numbers(in, count);
    long[] seqSteps = numbers(in, count);
    long[] stampSteps = numbers(in, count);
    long[] lengths = numbers(in, count);
    Map<ClientId, Long> seqs = new HashMap<>();
    long stamp = 0;
    List<Revision> revisions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Author by = authors.get((int) author[i]);
      Long before = seqs.get(by.client);
      long seq = (before == null ? 0 : before + 1) + unzigzag(seqSteps[i]);
      seqs.put(by.client, seq);
      stamp += unzigzag(stampSteps[i]);
      Optional<Delta> delta = delta(in.readNBytes((int) lengths[i]));
      if (delta.isEmpty()) {
        return Optional.empty();
      }
      revisions.add(
          new Revision(
              first + i,
              by.client,
              seq,
              by.user,
              delta.get(),
              new Stamp(stamp, nodes.get((int) node[i]))));
    }
    return in.read() < 0 ? Optional.of(revisions) : Optional.empty();
  }

  private static Optional<Delta> delta(byte[] json) {
    return DeltaJson.read(new String(json, StandardCharsets.UTF_8))
            instanceof DeltaJson.Parsed.Valid valid
        ? Optional.of(valid.delta())
        : Optional.empty();
  }

  private static void number(DataOutputStream out, long value) throws IOException {
    long left = value;
    while ((left & ~0x7fL) != 0) {
      out.writeByte((int) (left & 0x7f) | 0x80);
      left >>>= 7;
    }
    out.writeByte((int) left);
  }

  private static void signed(DataOutputStream out, long value) throws IOException {
    number(out, value << 1 ^ value >> 63);
  }

  private static long unzigzag(long number) {
    return number >>> 1 ^ -(number & 1);
  }

  private static long number(DataInputStream in) throws IOException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      int next = in.readUnsignedByte();
      value |= (long) (next & 0x7f) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new IOException("a number without an end");
  }

  private static int size(DataInputStream in) throws IOException {
    long size = number(in);
    if (size < 0 || size > MOST) {
      throw new IOException("a run of " + size);
    }
    return (int) size;
  }

  private static long[] numbers(DataInputStream in, int count) throws IOException {
    long[] numbers = new long[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = number(in);
    }
    return numbers;
  }

  private static void uuid(DataOutputStream out, UUID uuid) throws IOException {
    out.writeLong(uuid.getMostSignificantBits());
    out.writeLong(uuid.getLeastSignificantBits());
  }

  private static UUID uuid(DataInputStream in) throws IOException {
    return new UUID(in.readLong(), in.readLong());
  }

  private static void text(DataOutputStream out, byte[] utf8) throws IOException {
    number(out, utf8.length);
    out.write(utf8);
  }

  private static byte[] text(DataInputStream in) throws IOException {
    return in.readNBytes(size(in));
  }
}
