package org.tandem.wiki.exchange;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * A file that a browser keeps and does not show.
 *
 * @param name as the person gets it, without folders
 */
public record Attachment(String name, String mediaType, byte[] file) {

  /** Of a name, without its end: file systems take 255 bytes, and a character may have four. */
  private static final int LONGEST = 60;

  /** What some file system takes for something else, and what cannot be seen. */
  private static final Pattern UNFIT =
      Pattern.compile("[\\\\/:*?\"<>|%\\p{Cntrl}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}\\p{Zl}\\p{Zp}]+");

  private static final Pattern BLANKS = Pattern.compile("\\s+");

  /** A name that is no file on a Windows machine. */
  private static final Pattern DEVICE =
      Pattern.compile("(?i)(con|prn|aux|nul|com\\d|lpt\\d)(\\..*)?");

  private static final String UNENCODED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._";

  /** One that is called like a page. */
  static Attachment of(String title, String extension, String mediaType, byte[] file) {
    return new Attachment(stem(title) + "." + extension, mediaType, file);
  }

  private static String stem(String title) {
    String clean = BLANKS.matcher(UNFIT.matcher(title).replaceAll(" ")).replaceAll(" ").strip();
    int end =
        clean.offsetByCodePoints(0, Math.min(LONGEST, clean.codePointCount(0, clean.length())));
    // Neither hidden, nor the folder itself, nor cut off by Windows at its end.
    String stem = clean.substring(0, end).replaceAll("^[. -]+|[. ]+$", "");
    return stem.isEmpty() || DEVICE.matcher(stem).matches() ? ("page " + stem).strip() : stem;
  }

  /** The answer that hands it over. */
  public Response response() {
    return Response.ok(file, MediaType.valueOf(mediaType))
        .header(HttpHeaders.CONTENT_DISPOSITION, disposition())
        .header("X-Content-Type-Options", "nosniff")
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }

  /**
   * After RFC 6266: for all browsers the name as RFC 5987 encodes it, for others without accents.
   */
  String disposition() {
    return "attachment; filename=\"" + plain() + "\"; filename*=UTF-8''" + encoded();
  }

  private String plain() {
    return Normalizer.normalize(name, Normalizer.Form.NFKD)
        .replaceAll("\\p{M}+", "")
        .replaceAll("[^ -~]", "_")
        .replaceAll("[\"\\\\%]", "_");
  }

  private String encoded() {
    StringBuilder encoded = new StringBuilder();
    for (byte one : name.getBytes(StandardCharsets.UTF_8)) {
      if (UNENCODED.indexOf(one) >= 0) {
        encoded.append((char) one);
      } else {
        encoded.append(String.format("%%%02X", one));
      }
    }
    return encoded.toString();
  }
}
