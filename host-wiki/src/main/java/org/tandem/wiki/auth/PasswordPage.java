package org.tandem.wiki.auth;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.tandem.wiki.auth.guard.AuthCookies;
import org.tandem.wiki.auth.guard.Caller;
import org.tandem.wiki.auth.guard.Callers;
import org.tandem.wiki.auth.password.Passwords;
import org.tandem.wiki.gate.Refusal;
import org.tandem.wiki.view.Fields;
import org.tandem.wiki.view.Screens;
import org.tandem.wiki.view.SignInPage;

/** The page where people change their own password. */
@Path("password")
public final class PasswordPage {

  /**
   * The form.
   *
   * @param due whether there is no way round it
   * @param next where to go then, an address of this wiki
   */
  public record PasswordForm(boolean due, String next, String problem) {

    public int shortest() {
      return Passwords.SHORTEST;
    }
  }

  private final Authentication authentication;
  private final AuthCookies cookies;
  private final Screens screens;

  public PasswordPage(Authentication authentication, AuthCookies cookies, Screens screens) {
    this.authentication = authentication;
    this.cookies = cookies;
    this.screens = screens;
  }

  @GET
  public Response form(
      @Context HttpServletRequest request, @QueryParam("next") @DefaultValue("/") String next) {
    return show(request, 200, caller(request), SignInPage.own(next), "");
  }

  @POST
  public Response change(@Context HttpServletRequest request, @Context HttpServletResponse answer) {
    Caller caller = caller(request);
    String password = Fields.of(request, "password");
    String next = SignInPage.own(Fields.of(request, "next"));
    if (!password.equals(Fields.of(request, "again"))) {
      return show(request, 400, caller, next, "The two new passwords differ: type both again.");
    }
    Authentication.Change change =
        authentication.changePassword(
            caller, Fields.of(request, "current"), password, request.getRemoteAddr());
    if (change == Authentication.Change.DONE) {
      cookies.give(answer, authentication.signInAgain(caller.user().id()));
      return Screens.goTo(next);
    }
    return show(request, 400, caller, next, problem(change));
  }

  private static Caller caller(HttpServletRequest request) {
    return Callers.caller(request)
        .orElseThrow(() -> new Refusal(401, "Sign in first, then change your password."));
  }

  private Response show(
      HttpServletRequest request, int status, Caller caller, String next, String problem) {
    return screens.show(
        request, status, "password", new PasswordForm(caller.passwordDue(), next, problem));
  }

  private static String problem(Authentication.Change change) {
    return switch (change) {
      case DONE -> "";
      case WRONG_PASSWORD -> "The current password is not right: type it again.";
      case TOO_SHORT ->
          "The new password is too short: take at least " + Passwords.SHORTEST + " characters.";
      case TOO_LONG ->
          "The new password is too long: take at most " + Passwords.LONGEST + " characters.";
      case SAME -> "The new password is the current one: take another.";
      case WAIT -> "Too many attempts: wait a few minutes, then try again.";
    };
  }
}
