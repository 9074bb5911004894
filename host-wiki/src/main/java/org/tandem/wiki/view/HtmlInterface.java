package org.tandem.wiki.view;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.glassfish.jersey.server.ResourceConfig;
import org.tandem.wiki.gate.Resources;

/** The HTML pages, to be mounted at {@code /*} below what is more specific. */
public final class HtmlInterface {

  // The filter that checks a form's token has read the form before; Jersey would warn each time.
  private static final Logger FORM_WARNINGS =
      Logger.getLogger("org.glassfish.jersey.servlet.WebComponent");

  static {
    FORM_WARNINGS.setLevel(Level.SEVERE);
  }

  private HtmlInterface() {}

  /**
   * @param pages instances of the page classes below this package
   */
  public static ResourceConfig of(Screens screens, List<Object> pages) {
    ResourceConfig config = Resources.of(pages);
    config.register(new Failures(screens));
    return config;
  }
}
