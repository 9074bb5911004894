package org.tandem.distribution.readme;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.tandem.api.document.format.ConflictRule;
import org.tandem.api.document.format.DeclaredFormat;
import org.tandem.api.document.format.Format;
import org.tandem.api.document.format.Look;
import org.tandem.api.document.format.Markup;
import org.tandem.api.document.format.Tag;
import org.tandem.api.editor.EditorModule;
import org.tandem.api.host.Access;
import org.tandem.api.host.Host;
import org.tandem.api.host.PageId;
import org.tandem.api.host.User;
import org.tandem.api.plugin.Plugin;
import org.tandem.api.plugin.PluginContext;

/** What the README says in words of the Java parts of those modules that have none there. */
public final class JavaParts {

  static final Map<String, Class<? extends Plugin>> BY_ID =
      Map.of(
          "glossary", Glossary.class,
          "counter", Counter.class,
          "colleagues", Colleagues.class,
          "words", Words.class);

  private JavaParts() {}

  /** Names a module, and adds nothing else. */
  private abstract static class NamesModule implements Plugin {

    private final String module;

    NamesModule(String module) {
      this.module = module;
    }

    @Override
    public void start(PluginContext context) {
      context.register(new EditorModule(module, List.of()));
    }

    @Override
    public void stop() {
      // What was registered is left for the host to take back.
    }
  }

  public static final class Glossary extends NamesModule {

    public Glossary() {
      super("front/glossary.js");
    }
  }

  public static final class Words extends NamesModule {

    public Words() {
      super("front/words.js");
    }
  }

  public static final class Counter extends NamesModule {

    public Counter() {
      super("front/counter.js");
    }

    @Override
    public void start(PluginContext context) {
      super.start(context);
      context.register(
          new DeclaredFormat(
              new Format("counter", Format.Place.EMBED, Number.class::isInstance),
              ConflictRule.ONE_VALUE,
              (name, count) ->
                  Look.Thing.of(
                      Markup.Element.of(Tag.SPAN).text(String.valueOf(count)),
                      String.valueOf(count))));
    }
  }

  public static final class Colleagues extends NamesModule {

    public Colleagues() {
      super("front/colleagues.js");
    }

    @Override
    public void start(PluginContext context) {
      super.start(context);
      context.register(
          new DeclaredFormat(
              new Format("colleagues", Format.Place.EMBED, String.class::isInstance),
              ConflictRule.ONE_VALUE,
              (name, id) -> Look.Thing.of(Markup.Element.of(Tag.SPAN).text("@someone"), "@")));
      context.host().routes().servlet("colleagues", new Named(context.host()));
    }
  }

  /** {@code GET /api/colleagues/v1/of/{page}?q=}: people by the beginning of their names. */
  private static final class Named extends HttpServlet {

    private static final long serialVersionUID = 1;

    private final transient Host host;

    Named(Host host) {
      this.host = host;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse answer)
        throws IOException {
      Optional<User> caller = host.routes().caller(request);
      Optional<PageId> page = PageId.parse(request.getPathInfo().replaceFirst("^/v1/of/", ""));
      if (caller.isEmpty()
          || page.isEmpty()
          || !host.access().access(page.get(), caller.get().id()).allows(Access.EDIT)) {
        answer.sendError(404);
        return;
      }
      answer.setContentType("application/json;charset=utf-8");
      answer
          .getWriter()
          .print(
              host.users().named(request.getParameter("q"), 8).stream()
                  .map(one -> "{\"id\":\"%s\",\"name\":\"%s\"}".formatted(one.id(), one.name()))
                  .collect(Collectors.joining(",", "[", "]")));
    }
  }
}
