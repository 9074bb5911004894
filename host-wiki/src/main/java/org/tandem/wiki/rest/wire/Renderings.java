package org.tandem.wiki.rest.wire;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Variant;
import java.util.List;
import java.util.Map;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.DeltaJson;
import org.tandem.api.host.PageContent;
import org.tandem.wiki.content.Shown;
import org.tandem.wiki.gate.Refusal;

/** A content in the form that the caller accepts best. */
public final class Renderings {

  private record Body(long rev, List<Map<String, Object>> ops) {}

  private static final String MARKDOWN = "text/markdown";

  private static final List<Variant> FORMS =
      Variant.mediaTypes(
              MediaType.APPLICATION_JSON_TYPE,
              MediaType.TEXT_HTML_TYPE,
              MediaType.valueOf(MARKDOWN),
              MediaType.TEXT_PLAIN_TYPE)
          .build();

  private Renderings() {}

  public static Response of(Request conditions, PageContent content, Shown shown) {
    Variant form = conditions.selectVariant(FORMS);
    if (form == null) {
      throw new Refusal(
          406,
          "A content is to be had as application/json, text/html, text/markdown and text/plain.");
    }
    String type = form.getMediaType().toString();
    return Replies.atRevision(content.rev(), text(type, content, shown), type);
  }

  private static String text(String type, PageContent content, Shown shown) {
    Delta document = content.document();
    return switch (type) {
      case MediaType.TEXT_HTML -> shown.html(document);
      case MARKDOWN -> shown.markdown(document);
      case MediaType.TEXT_PLAIN -> shown.text(document);
      default -> Json.text(new Body(content.rev(), DeltaJson.toPlain(document)));
    };
  }
}
