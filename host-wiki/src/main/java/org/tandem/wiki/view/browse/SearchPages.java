package org.tandem.wiki.view.browse;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.tandem.api.host.User;
import org.tandem.wiki.gate.Gate;
import org.tandem.wiki.search.Hit;
import org.tandem.wiki.search.PageSearch;
import org.tandem.wiki.search.Results;
import org.tandem.wiki.view.Screens;

/** Search and its results. */
@Path("search")
public final class SearchPages {

  /**
   * A page of results.
   *
   * @param from how many results stand on the pages before this one
   */
  public record SearchView(String query, List<Hit> hits, int total, int from) {

    public boolean hasEarlier() {
      return from > 0;
    }

    public boolean hasMore() {
      return from + hits.size() < total;
    }

    public int earlier() {
      return Math.max(0, from - PER_PAGE);
    }

    public int later() {
      return from + PER_PAGE;
    }
  }

  private static final int PER_PAGE = 20;
  private static final int LONGEST_QUERY = 200;

  private final Gate gate;
  private final Screens screens;
  private final PageSearch search;

  public SearchPages(Gate gate, Screens screens, PageSearch search) {
    this.gate = gate;
    this.screens = screens;
    this.search = search;
  }

  @GET
  public Response search(
      @Context HttpServletRequest request,
      @QueryParam("q") @DefaultValue("") String typed,
      @QueryParam("from") @DefaultValue("0") String from) {
    User user = gate.user(request);
    String query = typed.length() > LONGEST_QUERY ? typed.substring(0, LONGEST_QUERY) : typed;
    int start = from.matches("\\d{1,6}") ? Integer.parseInt(from) : 0;
    Results results = search.find(query, user, start, PER_PAGE);
    return screens.show(
        request, "search", new SearchView(query.strip(), results.hits(), results.total(), start));
  }
}
