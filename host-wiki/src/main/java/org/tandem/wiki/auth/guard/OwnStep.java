package org.tandem.wiki.auth.guard;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The answer to a link from another site. Browsers send strict cookies only with what the wiki's
 * own pages ask for, so this page asks for the same address once more: without it somebody who has
 * signed in would be asked to sign in again by every link in a mail.
 */
final class OwnStep {

  private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);

  void send(HttpServletRequest request, HttpServletResponse answer) throws IOException {
    StringOutput page = new StringOutput();
    templates.render("ownStep.jte", Requests.address(request), page);
    answer.setContentType("text/html;charset=utf-8");
    answer.getOutputStream().write(page.toString().getBytes(StandardCharsets.UTF_8));
  }
}
