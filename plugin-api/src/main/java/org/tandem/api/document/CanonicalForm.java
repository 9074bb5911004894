package org.tandem.api.document;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.erdtman.jcs.JsonCanonicalizer;
import org.jspecify.annotations.Nullable;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.DeltaJson;
import org.tandem.api.delta.Op;

/**
 * The RFC 8785 form of a document's normalised operations, fed to SHA-256 leaf by leaf. Each leaf's
 * part of it is made once and kept with the leaf, so that of a document that was hashed before only
 * the leaves that changed are written anew.
 *
 * <p>An operation that goes on from one leaf to the next is one operation in normal form: between
 * the two neither the end of the one nor the opening of the other is fed. RFC 8785 sorts names, so
 * {@code attributes} comes before {@code insert}, and the text is what an operation ends with.
 */
final class CanonicalForm {

  /** What ends an insert of text. */
  private static final int END = "\"}".length();

  /** What opens an insert of text without attributes. */
  private static final int PLAIN_OPENING = "{\"insert\":\"".length();

  /**
   * A leaf's part of the form.
   *
   * @param bytes its operations with commas between them; nobody changes them
   * @param opening how many of the bytes stand before the text of the first operation; 0 for an
   *     embed
   */
  record Part(byte[] bytes, int opening) {}

  private final MessageDigest digest;

  private Chunk.@Nullable Leaf before;

  CanonicalForm() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  /** 64 lower-case hex digits. */
  String hash(Chunk content) {
    digest.update((byte) '[');
    content.forEachLeaf(
        leaf -> {
          feed(leaf);
          before = leaf;
        });
    if (before != null) {
      feedEnd(before);
    }
    digest.update((byte) ']');
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Feeds a leaf but for the end of its last text, which may go on in the next leaf. */
  private void feed(Chunk.Leaf leaf) {
    Part part = part(leaf);
    int start = 0;
    if (before != null && goesOn(before, leaf)) {
      start = part.opening();
    } else if (before != null) {
      feedEnd(before);
      digest.update((byte) ',');
    }
    digest.update(part.bytes(), start, part.bytes().length - start - held(leaf));
  }

  private void feedEnd(Chunk.Leaf leaf) {
    byte[] bytes = part(leaf).bytes();
    digest.update(bytes, bytes.length - held(leaf), held(leaf));
  }

  private static int held(Chunk.Leaf leaf) {
    return leaf.piece(leaf.count() - 1) instanceof Op.Insert ? END : 0;
  }

  private static boolean goesOn(Chunk.Leaf left, Chunk.Leaf right) {
    return left.piece(left.count() - 1) instanceof Op.Insert a
        && right.piece(0) instanceof Op.Insert b
        && a.attributes().equals(b.attributes());
  }

  private static Part part(Chunk.Leaf leaf) {
    Part known = leaf.canonical();
    if (known == null) {
      known = new Part(canonical(leaf.pieces()), opening(leaf.piece(0)));
      leaf.keep(known);
    }
    return known;
  }

  private static int opening(Op first) {
    if (!(first instanceof Op.Insert)) {
      return 0;
    }
    if (first.attributes().isEmpty()) {
      return PLAIN_OPENING;
    }
    int sample = canonical(List.of(new Op.Insert("x", first.attributes()))).length;
    return sample - "x".length() - END;
  }

  /** The operations with commas between them. */
  private static byte[] canonical(List<Op> ops) {
    try {
      String json = new JsonCanonicalizer(DeltaJson.write(Delta.of(ops))).getEncodedString();
      byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
      return Arrays.copyOfRange(bytes, 1, bytes.length - 1);
    } catch (IOException impossible) {
      throw new IllegalStateException("a delta is always JSON", impossible);
    }
  }
}
