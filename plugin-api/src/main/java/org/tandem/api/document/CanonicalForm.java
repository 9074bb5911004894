package org.tandem.api.document;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.erdtman.jcs.JsonCanonicalizer;
import org.jspecify.annotations.Nullable;
import org.tandem.api.delta.Attributes;
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

  private final MessageDigest digest;

  /** How many bytes open an insert of text with such attributes. */
  private final Map<Attributes, Integer> openings = new HashMap<>();

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
      byte[] last = form(before);
      digest.update(last, last.length - held(before), held(before));
    }
    digest.update((byte) ']');
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Feeds a leaf but for the end of its last text, which may go on in the next leaf. */
  private void feed(Chunk.Leaf leaf) {
    byte[] form = form(leaf);
    int start = 0;
    if (before != null && goesOn(before, leaf)) {
      start = openings.computeIfAbsent(leaf.piece(0).attributes(), CanonicalForm::opening);
    } else if (before != null) {
      byte[] last = form(before);
      digest.update(last, last.length - held(before), held(before));
      digest.update((byte) ',');
    }
    digest.update(form, start, form.length - start - held(leaf));
  }

  private static int held(Chunk.Leaf leaf) {
    return leaf.piece(leaf.count() - 1) instanceof Op.Insert ? END : 0;
  }

  private static boolean goesOn(Chunk.Leaf left, Chunk.Leaf right) {
    return left.piece(left.count() - 1) instanceof Op.Insert a
        && right.piece(0) instanceof Op.Insert b
        && a.attributes().equals(b.attributes());
  }

  private static int opening(Attributes attributes) {
    int sample = canonical(List.of(new Op.Insert("x", attributes))).length;
    return sample - "x".length() - END;
  }

  private static byte[] form(Chunk.Leaf leaf) {
    byte[] known = leaf.canonical();
    if (known == null) {
      known = canonical(leaf.pieces());
      leaf.keep(known);
    }
    return known;
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
