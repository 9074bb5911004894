package org.tandem.wiki.view.organise;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.hibernate.exception.ConstraintViolationException;
import org.tandem.api.host.User;
import org.tandem.api.host.UserId;
import org.tandem.wiki.gate.Gate;
import org.tandem.wiki.store.Names;
import org.tandem.wiki.user.Accounts;
import org.tandem.wiki.view.Fields;
import org.tandem.wiki.view.Screens;

/** The people of the wiki, and the form for a new one, for administrators of the wiki. */
@Path("people")
public final class People {

  /**
   * The list and the form.
   *
   * @param made name of a person who got a password just now; empty otherwise
   * @param password of that person, shown this once
   */
  public record PeopleView(
      List<User> people, String name, String problem, String made, String password) {}

  private static final int LONGEST_NAME = 80;

  /** The hash of no password. */
  private static final String NO_PASSWORD = "-";

  private final Gate gate;
  private final Screens screens;
  private final Accounts accounts;
  private final Function<UserId, String> oneTimePassword;

  /**
   * @param oneTimePassword gives a person a new password and answers with it
   */
  public People(
      Gate gate, Screens screens, Accounts accounts, Function<UserId, String> oneTimePassword) {
    this.gate = gate;
    this.screens = screens;
    this.accounts = accounts;
    this.oneTimePassword = oneTimePassword;
  }

  @GET
  public Response people(@Context HttpServletRequest request) {
    gate.admin(request);
    return screens.show(request, "people", view("", "", "", ""));
  }

  /** Makes a person, or gives one whose id was sent a new password. */
  @POST
  public Response change(@Context HttpServletRequest request) {
    gate.admin(request);
    Optional<User> known = UserId.parse(Fields.of(request, "id")).flatMap(accounts::user);
    return known.isPresent()
        ? withPassword(request, known.get().id(), known.get().name())
        : create(request, Fields.of(request, "name"));
  }

  private Response create(HttpServletRequest request, String typed) {
    Optional<String> name = Names.clean(typed, LONGEST_NAME);
    if (name.isEmpty()) {
      String problem = "Give the person a name of 1 to " + LONGEST_NAME + " characters.";
      return screens.show(request, 422, "people", view(typed, problem, "", ""));
    }
    if (accounts.named(name.get()).isPresent()) {
      return taken(request, typed);
    }
    try {
      return withPassword(request, accounts.create(name.get(), NO_PASSWORD, false), name.get());
    } catch (ConstraintViolationException somebodyWasFaster) {
      return taken(request, typed);
    }
  }

  private Response taken(HttpServletRequest request, String typed) {
    String problem = "There is somebody with this name already: choose another name.";
    return screens.show(request, 422, "people", view(typed, problem, "", ""));
  }

  /** No redirect: the password is in this answer alone. */
  private Response withPassword(HttpServletRequest request, UserId person, String name) {
    String password = oneTimePassword.apply(person);
    return screens.show(request, "people", view("", "", name, password));
  }

  private PeopleView view(String name, String problem, String made, String password) {
    return new PeopleView(accounts.all(), name, problem, made, password);
  }
}
