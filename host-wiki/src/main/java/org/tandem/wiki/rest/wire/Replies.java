package org.tandem.wiki.rest.wire;

import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Answers with the cache headers that fit: lists may be asked for again, contents never kept. */
public final class Replies {

  private Replies() {}

  /** A list that a browser may keep for itself when it asks each time whether it is still true. */
  public static Response list(Request request, Object list) {
    String json = Json.text(list);
    EntityTag tag = new EntityTag(digest(json));
    Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
    Response.ResponseBuilder answer =
        unchanged != null ? unchanged : Response.ok(json, MediaType.APPLICATION_JSON_TYPE);
    return answer.tag(tag).header(HttpHeaders.CACHE_CONTROL, "private, no-cache").build();
  }

  public static Response fresh(Object entity, String mediaType) {
    return Response.ok(entity, MediaType.valueOf(mediaType).withCharset("utf-8"))
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }

  /** Something of a page at a revision; its tag is what If-Match wants of a save. */
  public static Response atRevision(long rev, Object entity, String mediaType) {
    return Response.fromResponse(fresh(entity, mediaType))
        .tag(new EntityTag(Long.toString(rev)))
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
        .build();
  }

  private static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 12);
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
