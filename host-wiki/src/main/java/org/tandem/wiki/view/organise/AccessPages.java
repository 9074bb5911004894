package org.tandem.wiki.view.organise;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.tandem.api.host.Access;
import org.tandem.api.host.User;
import org.tandem.api.host.UserId;
import org.tandem.wiki.access.Grant;
import org.tandem.wiki.access.Grants;
import org.tandem.wiki.access.Scope;
import org.tandem.wiki.access.Subject;
import org.tandem.wiki.gate.Gate;
import org.tandem.wiki.gate.PageVisit;
import org.tandem.wiki.gate.SpaceVisit;
import org.tandem.wiki.user.Accounts;
import org.tandem.wiki.view.Fields;
import org.tandem.wiki.view.Screens;
import org.tandem.wiki.view.frame.Crumbs;

/** Who may do what with a page or a space, for those who administer it. */
@Path("{scope: pages|spaces}/{id}/access")
public final class AccessPages {

  /**
   * The grants and the form for a new one.
   *
   * @param title of the page or space
   * @param back address of the page or space
   * @param levels that may be granted here, the words of the protocol
   * @param inherited what the space gives, for a page
   * @param name what was typed, when the form comes back
   */
  public record AccessView(
      String title,
      String back,
      boolean ofPage,
      List<String> levels,
      List<Line> own,
      List<Line> inherited,
      String name,
      String problem) {}

  /** A grant with its subject's name. */
  public record Line(String kind, String id, String name, String access) {}

  private record Administered(Scope scope, String title, String back, Optional<Scope> above) {}

  private final Gate gate;
  private final Screens screens;
  private final Grants grants;
  private final Accounts accounts;

  public AccessPages(Gate gate, Screens screens, Grants grants, Accounts accounts) {
    this.gate = gate;
    this.screens = screens;
    this.grants = grants;
    this.accounts = accounts;
  }

  @GET
  public Response access(
      @Context HttpServletRequest request,
      @PathParam("scope") String scope,
      @PathParam("id") String id) {
    return screens.show(request, "access", view(administered(request, scope, id), "", ""));
  }

  @POST
  public Response change(
      @Context HttpServletRequest request,
      @PathParam("scope") String scope,
      @PathParam("id") String id) {
    Administered at = administered(request, scope, id);
    Optional<Subject> subject = subject(request);
    Optional<Access> level = Access.of(Fields.of(request, "level")).filter(l -> offered(at, l));
    if (subject.isEmpty()) {
      String name = Fields.of(request, "name");
      String problem =
          "There is nobody with this name: type the name that the person signs in with.";
      return screens.show(request, 422, "access", view(at, name, problem));
    }
    if (Fields.of(request, "action").equals("remove")) {
      grants.remove(at.scope(), subject.get());
    } else if (level.isPresent()) {
      grants.put(at.scope(), new Grant(subject.get(), level.get()));
    } else {
      return screens.show(request, 422, "access", view(at, "", "Choose a right from the list."));
    }
    return Screens.goTo("/" + scope + "/" + id + "/access");
  }

  private Administered administered(HttpServletRequest request, String scope, String id) {
    if (scope.equals("pages")) {
      PageVisit page = gate.page(request, id, Access.ADMIN);
      return new Administered(
          new Scope.OfPage(page.id()),
          page.page().title(),
          Crumbs.href(page.id()),
          Optional.of(new Scope.OfSpace(page.space().id())));
    }
    SpaceVisit space = gate.space(request, id, Access.ADMIN);
    return new Administered(
        new Scope.OfSpace(space.space().id()),
        space.space().name(),
        "/spaces/" + space.space().key(),
        Optional.empty());
  }

  private Optional<Subject> subject(HttpServletRequest request) {
    String kind = Fields.of(request, "kind");
    if (kind.equals("name")) {
      return accounts
          .named(Fields.of(request, "name").strip())
          .map(u -> new Subject.Person(u.id()));
    }
    return Subject.of(kind, Fields.of(request, "id"))
        .filter(
            subject ->
                !(subject instanceof Subject.Person person)
                    || accounts.user(person.user()).isPresent());
  }

  private AccessView view(Administered at, String name, String problem) {
    return new AccessView(
        at.title(),
        at.back(),
        at.above().isPresent(),
        levels(at),
        lines(grants.of(at.scope())),
        at.above().map(space -> lines(grants.of(space))).orElse(List.of()),
        name,
        problem);
  }

  private static List<String> levels(Administered at) {
    return Set.of(Access.values()).stream()
        .filter(level -> offered(at, level))
        .sorted()
        .map(Access::word)
        .toList();
  }

  /** Only a page inherits something that "none" could take away. */
  private static boolean offered(Administered at, Access level) {
    return level != Access.NONE || at.above().isPresent();
  }

  private List<Line> lines(List<Grant> list) {
    Set<UserId> ids =
        list.stream()
            .map(Grant::subject)
            .filter(Subject.Person.class::isInstance)
            .map(subject -> ((Subject.Person) subject).user())
            .collect(Collectors.toSet());
    Map<UserId, User> users = accounts.users(ids);
    return list.stream().map(grant -> line(grant, users)).toList();
  }

  private static Line line(Grant grant, Map<UserId, User> users) {
    Subject subject = grant.subject();
    String name =
        subject instanceof Subject.Person person
            ? Optional.ofNullable(users.get(person.user())).map(User::name).orElse("somebody")
            : "Everyone who is signed in";
    return new Line(subject.kind(), subject.id(), name, grant.access().word());
  }
}
