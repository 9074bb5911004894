package org.tandem.wiki.auth;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.tandem.wiki.auth.guard.AuthCookies;
import org.tandem.wiki.view.Screens;

/** The Sign out button. */
@Path("sign-out")
public final class SignOutForm {

  private final Authentication authentication;
  private final AuthCookies cookies;

  public SignOutForm(Authentication authentication, AuthCookies cookies) {
    this.authentication = authentication;
    this.cookies = cookies;
  }

  @POST
  public Response signOut(
      @Context HttpServletRequest request, @Context HttpServletResponse answer) {
    authentication.signOut(request);
    cookies.clear(answer);
    return Screens.goTo("/sign-in");
  }
}
