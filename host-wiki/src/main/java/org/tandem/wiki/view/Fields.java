package org.tandem.wiki.view;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;

/**
 * The fields of a form that was sent; the filter that checks its token has read the body already.
 */
public final class Fields {

  private Fields() {}

  /** The field's text, empty when it was not sent. */
  public static String of(HttpServletRequest request, String name) {
    return Objects.requireNonNullElse(request.getParameter(name), "");
  }
}
