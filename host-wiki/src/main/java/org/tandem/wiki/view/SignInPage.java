package org.tandem.wiki.view;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.tandem.wiki.gate.Gate;

/** The form that people sign in with; what it sends is read where passwords are checked. */
@Path("sign-in")
public final class SignInPage {

  /**
   * The form, with what was typed when it comes back.
   *
   * @param next where to go then, an address of this wiki
   */
  public record SignInForm(String name, String next, String problem) {}

  // Not two slashes, nor what a browser reads as such: that would lead to another site.
  private static final Pattern OWN_ADDRESS = Pattern.compile("/(?![/\\\\])[^\\p{Cntrl}\\\\]*");

  // Browsers send some of these as they are, the | for one, but no URI holds them.
  private static final Pattern UNFIT =
      Pattern.compile("[^A-Za-z0-9._~!$&'()*+,;=:@/?#%-]|%(?![0-9A-Fa-f]{2})");

  private final Gate gate;
  private final Screens screens;

  public SignInPage(Gate gate, Screens screens) {
    this.gate = gate;
    this.screens = screens;
  }

  @GET
  public Response form(
      @Context HttpServletRequest request, @QueryParam("next") @DefaultValue("/") String next) {
    if (gate.caller(request).isPresent()) {
      return Screens.goTo(own(next));
    }
    return screens.show(request, "signIn", new SignInForm("", own(next), ""));
  }

  /** The address as a URI, when it is one of this wiki, else the start page. */
  public static String own(String next) {
    if (!OWN_ADDRESS.matcher(next).matches()) {
      return "/";
    }
    try {
      return new URI(UNFIT.matcher(next).replaceAll(unfit -> encoded(unfit.group()))).toString();
    } catch (URISyntaxException noAddress) {
      return "/";
    }
  }

  /** A space is no plus in a path. */
  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
