package org.tandem.testkit;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.tandem.api.document.format.ConflictRule;
import org.tandem.api.document.format.DeclaredFormat;
import org.tandem.api.document.format.Format;
import org.tandem.api.document.format.Look;
import org.tandem.api.document.format.Markup;
import org.tandem.api.document.format.Tag;
import org.tandem.api.editor.ChangeCheck;
import org.tandem.api.editor.ChangeListener;
import org.tandem.api.editor.PageChange;
import org.tandem.api.plugin.Plugin;
import org.tandem.api.plugin.PluginContext;

/** Refuses secrets, knows people, and says what it heard. */
public final class Guard implements Plugin {

  static final String ID = "guard";

  /** A system property that says which class loader it has. */
  static final String LOADER = "tandem.test.guard";

  private static final class Heard extends HttpServlet {

    private static final long serialVersionUID = 1;

    private final List<String> told = new CopyOnWriteArrayList<>();

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse answer)
        throws IOException {
      answer.getWriter().print(String.join(" ", told));
    }
  }

  @Override
  public void start(PluginContext context) {
    System.getProperties().put(LOADER, new WeakReference<>(getClass().getClassLoader()));
    Heard heard = new Heard();
    context.host().routes().servlet(ID, heard);
    context.register(
        new DeclaredFormat(
            new Format(ID, Format.Place.EMBED, String.class::isInstance),
            ConflictRule.ONE_VALUE,
            (name, value) ->
                Look.Thing.of(Markup.Element.of(Tag.SPAN).text("@" + value), "@" + value)));
    ChangeCheck check =
        (change, author, access) ->
            change.change().toString().contains("secret")
                ? new ChangeCheck.Answer.Refuse("Secrets are kept elsewhere, " + author.name())
                : new ChangeCheck.Answer.Accept();
    context.register(check);
    context.register(
        new ChangeListener() {
          @Override
          public void committed(PageChange change) {
            heard.told.add(change.page() + ":" + change.rev());
          }
        });
  }

  @Override
  public void stop() {}
}
