package org.tandem.wiki.plugin;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import java.util.stream.Stream;
import org.tandem.api.host.Locales;

/**
 * The languages that people's browsers accept.
 *
 * @param wiki the locale of the wiki
 */
record AcceptedLocales(Locale wiki) implements Locales {

  @Override
  public Locale best(HttpServletRequest request, List<Locale> offered) {
    if (offered.isEmpty()) {
      throw new IllegalArgumentException("no locale is offered");
    }
    List<LanguageRange> ofTheWiki = List.of(new LanguageRange(wiki.toLanguageTag()));
    List<LanguageRange> wanted =
        Stream.concat(accepted(request).stream(), ofTheWiki.stream()).toList();
    Locale best = Locale.lookup(wanted, offered);
    return best == null ? offered.get(0) : best;
  }

  /** None for a header that cannot be read. */
  private static List<LanguageRange> accepted(HttpServletRequest request) {
    List<String> headers = Collections.list(request.getHeaders("Accept-Language"));
    try {
      return headers.isEmpty() ? List.of() : LanguageRange.parse(String.join(",", headers));
    } catch (IllegalArgumentException unreadable) {
      return List.of();
    }
  }
}
