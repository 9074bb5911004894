package org.tandem.wiki.auth;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.tandem.wiki.auth.guard.AuthCookies;
import org.tandem.wiki.view.Fields;
import org.tandem.wiki.view.Screens;
import org.tandem.wiki.view.SignInPage;

/** Takes what the sign-in page sends. */
@Path("sign-in")
public final class SignInForm {

  private final Authentication authentication;
  private final AuthCookies cookies;
  private final Screens screens;

  public SignInForm(Authentication authentication, AuthCookies cookies, Screens screens) {
    this.authentication = authentication;
    this.cookies = cookies;
    this.screens = screens;
  }

  @POST
  public Response signIn(@Context HttpServletRequest request, @Context HttpServletResponse answer) {
    String name = Fields.of(request, "name");
    String next = SignInPage.own(Fields.of(request, "next"));
    SignInOutcome outcome =
        authentication.signIn(name, Fields.of(request, "password"), request.getRemoteAddr());
    if (outcome instanceof SignInOutcome.SignedIn done) {
      cookies.give(answer, done.signIn());
      return Screens.goTo(next);
    } else if (outcome instanceof SignInOutcome.Wait wait) {
      Response page = again(request, 429, name, next, wait.detail());
      return Response.fromResponse(page).header(HttpHeaders.RETRY_AFTER, wait.seconds()).build();
    }
    return again(request, 401, name, next, SignInOutcome.Wrong.DETAIL);
  }

  private Response again(
      HttpServletRequest request, int status, String name, String next, String problem) {
    return screens.show(request, status, "signIn", new SignInPage.SignInForm(name, next, problem));
  }
}
