package org.tandem.wiki.rest.wire;

import jakarta.ws.rs.core.MediaType;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.tandem.wiki.gate.Refusal;

/** Texts as the REST interface takes them: UTF-8, and nothing that stands for a lost character. */
public final class Texts {

  private Texts() {}

  /**
   * The text of a body.
   *
   * @throws Refusal 415 for another charset, 400 for bytes that are no UTF-8
   */
  public static String of(byte[] body, MediaType type) {
    String charset = type.getParameters().getOrDefault(MediaType.CHARSET_PARAMETER, "utf-8");
    if (!charset.equalsIgnoreCase("utf-8")) {
      throw new Refusal(415, "Send the text in UTF-8.");
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException broken) {
      throw new Refusal(400, "The body is not UTF-8.");
    }
  }

  /**
   * The text, if it can be written in UTF-8.
   *
   * @throws Refusal 422 for half of a surrogate pair
   */
  public static String whole(String text) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new Refusal(422, "The text holds half of a surrogate pair.");
    }
    return text;
  }
}
