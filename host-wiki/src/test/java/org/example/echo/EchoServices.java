package org.example.echo;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.tandem.api.host.Locales;
import org.tandem.api.host.PageId;
import org.tandem.api.host.Urls;
import org.tandem.api.host.User;
import org.tandem.api.host.UserId;
import org.tandem.api.plugin.PluginContext;

/** Uses what the host offers, as a request asks for it. */
final class EchoServices {

  private static final Set<String> HEARD = ConcurrentHashMap.newKeySet();

  private final PluginContext context;

  EchoServices(PluginContext context) {
    this.context = context;
  }

  /**
   * What came of it.
   *
   * @param service the word after {@code /services/}
   */
  String use(String service, HttpServletRequest request) {
    return switch (service) {
      case "named" ->
          context.host().users().named(request.getParameter("beginning"), 3).stream()
              .map(User::name)
              .collect(Collectors.joining(","));
      case "notify" ->
          context
              .host()
              .notifications()
              .send(user(request), page(request), request.getParameter("text"))
              .name();
      case "keep" ->
          context
              .pageSettings()
              .put(page(request), request.getParameter("key"), request.getParameter("value"))
              .name();
      case "listen" -> {
        context.pageSettings().onChange(change -> HEARD.add(change.key().orElse("any")));
        yield "listens";
      }
      case "heard" -> String.join(",", HEARD);
      case "kept" -> context.pageSettings().all(page(request)).toString();
      case "urls" -> {
        Urls urls = context.host().urls();
        yield String.join(
            "\n",
            urls.wiki().toString(),
            urls.page(page(request)).toString(),
            urls.editor(page(request)).toString(),
            urls.file("editor.js").toString());
      }
      case "locale" -> {
        Locales locales = context.host().locales();
        List<Locale> spoken = List.of(Locale.ENGLISH, Locale.GERMAN, Locale.FRENCH);
        yield locales.wiki().toLanguageTag() + " " + locales.best(request, spoken).getLanguage();
      }
      case "record" ->
          context
              .host()
              .audit()
              .record(
                  request.getParameter("act"),
                  Optional.of(user(request)),
                  Optional.of(page(request)),
                  request.getParameter("text"))
              .name();
      default -> "no such service";
    };
  }

  private static UserId user(HttpServletRequest request) {
    return UserId.parse(request.getParameter("user")).orElseThrow();
  }

  private static PageId page(HttpServletRequest request) {
    return PageId.parse(request.getParameter("page")).orElseThrow();
  }
}
