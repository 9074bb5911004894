package org.tandem.wiki;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tandem.wiki.settings.WikiSettings;

@ExtendWith(SharedWiki.class)
class SignInTest {

  private static final String PASSWORD = WikiSettings.DEMO_PASSWORD;

  private final Browser browser;
  private final Wiki wiki;

  SignInTest(Browser browser, Wiki wiki) {
    this.browser = browser;
    this.wiki = wiki;
  }

  private static String location(HttpResponse<?> answer) {
    return answer.headers().firstValue("location").orElse("");
  }

  @Nested
  class ByCall {

    @Test
    void givesTheThreeCookiesOfTheProtocol() throws Exception {
      HttpResponse<String> answer = browser.signIn("editor1", PASSWORD);
      assertEquals(204, answer.statusCode());
      List<String> cookies = answer.headers().allValues("set-cookie");
      assertCookie(cookies, "access=", "Path=/;", true);
      assertCookie(cookies, "refresh=", "Path=/api/auth;", true);
      assertCookie(cookies, "csrf=", "Path=/;", false);
      assertTrue(browser.get("/api/me").body().contains("\"editor1\""));
    }

    private void assertCookie(List<String> all, String name, String path, boolean httpOnly) {
      String cookie = all.stream().filter(c -> c.startsWith(name)).findFirst().orElseThrow();
      assertTrue(cookie.contains(path), cookie);
      assertTrue(cookie.contains("SameSite=Strict"), cookie);
      assertEquals(httpOnly, cookie.contains("HttpOnly"), cookie);
      assertFalse(cookie.contains("Secure"), cookie);
    }

    @Test
    void takesTheNameInAnyLetterCase() throws Exception {
      assertEquals(204, browser.signIn("Editor1", PASSWORD).statusCode());
    }

    @Test
    void saysTheSameOfAWrongNameAndAWrongPassword() throws Exception {
      HttpResponse<String> nobody = browser.signIn("nobody", PASSWORD);
      HttpResponse<String> wrong = browser.signIn("editor2", "wrong");
      assertEquals(401, nobody.statusCode());
      assertEquals(401, wrong.statusCode());
      assertEquals(nobody.body(), wrong.body());
      assertTrue(browser.cookies.isEmpty());
    }

    @Test
    void refusesBodiesThatAreNoSignIn() throws Exception {
      for (String body : List.of("", "{", "[]", "{\"name\": 1, \"password\": \"x\"}", "null")) {
        assertEquals(400, browser.json("POST", "/api/auth/sign-in", body).statusCode(), body);
      }
      String huge = "{\"name\": \"" + "x".repeat(20_000) + "\", \"password\": \"x\"}";
      assertEquals(400, browser.json("POST", "/api/auth/sign-in", huge).statusCode());
      assertEquals(
          415,
          browser
              .send("POST", "/api/auth/sign-in", "{}", "Content-Type", "text/plain")
              .statusCode());
    }

    @Test
    void closesANameAfterTenFailures() throws Exception {
      for (int i = 0; i < 10; i++) {
        assertEquals(401, browser.signIn("somebody", "wrong" + i).statusCode());
      }
      HttpResponse<String> refused = browser.signIn("Somebody", PASSWORD);
      assertEquals(429, refused.statusCode());
      int wait = Integer.parseInt(refused.headers().firstValue("retry-after").orElseThrow());
      assertTrue(wait > 0 && wait <= 301, "wait " + wait);
      HttpResponse<String> form =
          browser.form("/sign-in", Map.of("name", "somebody", "password", PASSWORD));
      assertEquals(429, form.statusCode());
      assertTrue(form.body().contains("Too many attempts"), form.body());
      assertEquals(204, browser.signIn("editor1", PASSWORD).statusCode());
    }
  }

  @Nested
  class ANameInOtherLetters {

    @Test
    void isTheSameName() throws Exception {
      String wide = "\uff53omeone"; // a full-width s
      assertEquals(
          204, browser.signIn("\uff45ditor2", PASSWORD).statusCode(), "it finds the account");
      for (int i = 0; i < 10; i++) {
        assertEquals(401, browser.signIn("someone", "wrong" + i).statusCode());
      }
      assertEquals(429, browser.signIn(wide, PASSWORD).statusCode());
      assertEquals(429, browser.signIn(wide.toUpperCase(Locale.ROOT), PASSWORD).statusCode());
    }
  }

  @Nested
  class ByForm {

    @Test
    void goesToAnAddressThatIsNoUri() throws Exception {
      Map<String, String> fields = Map.of("name", "viewer", "password", PASSWORD, "next", "/a|b");
      assertEquals("/a%7Cb", location(browser.form("/sign-in", fields)));
      assertEquals("/a%7Cb", location(browser.open("/sign-in?next=/a%7Cb")));
    }

    @Test
    void goesWhereThePersonWantedToGo() throws Exception {
      HttpResponse<String> sent = browser.open("/spaces/team?x=1");
      assertEquals(303, sent.statusCode());
      assertEquals("/sign-in?next=%2Fspaces%2Fteam%3Fx%3D1", location(sent));
      HttpResponse<String> done =
          browser.form(
              "/sign-in",
              Map.of("name", "viewer", "password", PASSWORD, "next", "/spaces/team?x=1"));
      assertEquals(303, done.statusCode());
      assertEquals("/spaces/team?x=1", location(done));
      assertEquals(200, browser.open("/spaces/team").statusCode());
      assertEquals("/", location(browser.open("/sign-in")));
    }

    @Test
    void keepsTheNameWhenThePasswordIsWrong() throws Exception {
      HttpResponse<String> answer =
          browser.form("/sign-in", Map.of("name", "vie\"wer", "password", "no", "next", "/search"));
      assertEquals(401, answer.statusCode());
      assertTrue(answer.body().contains("value=\"vie&#34;wer\""), answer.body());
      assertTrue(answer.body().contains("Name or password is not right"), answer.body());
      assertTrue(answer.body().contains("value=\"/search\""), answer.body());
    }

    @Test
    void leadsToNoOtherSite() throws Exception {
      for (String next :
          List.of("https://evil.example/", "//evil.example", "/\\evil.example", "evil", "/\t/x")) {
        Browser fresh = new Browser(wiki.address());
        HttpResponse<String> answer =
            fresh.form("/sign-in", Map.of("name", "viewer", "password", PASSWORD, "next", next));
        assertEquals("/", location(answer), next);
      }
    }

    @Test
    void comesFromTheWikisOwnPagesOnly() throws Exception {
      Map<String, String> fields = Map.of("name", "viewer", "password", PASSWORD);
      assertEquals(
          403, browser.form("/sign-in", fields, "Origin", "https://evil.example").statusCode());
      assertEquals(403, browser.form("/sign-in", fields, "Origin", "null").statusCode());
      assertEquals(
          403, browser.form("/sign-in", fields, "Sec-Fetch-Site", "cross-site").statusCode());
      assertEquals(
          303, browser.form("/sign-in", fields, "Origin", wiki.address().toString()).statusCode());
    }
  }

  @Nested
  class SigningOut {

    @Test
    void endsTheSignInAtOnce() throws Exception {
      browser.signIn("editor1", PASSWORD);
      Map<String, String> before = Map.copyOf(browser.cookies);
      assertEquals(204, browser.call("POST", "/api/auth/sign-out", "").statusCode());
      assertTrue(browser.cookies.isEmpty());
      browser.cookies.putAll(before);
      assertEquals(401, browser.get("/api/me").statusCode());
      browser.cookies.putAll(before);
      assertEquals(401, browser.call("POST", "/api/auth/refresh", "").statusCode());
    }

    @Test
    void worksByTheButton() throws Exception {
      browser.signIn("editor1", PASSWORD);
      assertEquals(403, browser.form("/sign-out", Map.of()).statusCode());
      HttpResponse<String> done =
          browser.form("/sign-out", Map.of("csrf", browser.cookies.get("csrf")));
      assertEquals("/sign-in", location(done));
      assertTrue(browser.cookies.isEmpty());
    }

    @Test
    void everywhereEndsTheOtherDevicesToo() throws Exception {
      Browser other = new Browser(wiki.address());
      browser.signIn("commenter", PASSWORD);
      other.signIn("commenter", PASSWORD);
      assertEquals(204, browser.call("POST", "/api/auth/sign-out-everywhere", "").statusCode());
      assertEquals(401, other.get("/api/me").statusCode());
      assertEquals(401, other.call("POST", "/api/auth/refresh", "").statusCode());
    }
  }

  @Nested
  class Refreshing {

    @Test
    void rotatesTheToken() throws Exception {
      browser.signIn("editor1", PASSWORD);
      String first = browser.cookies.get("refresh");
      String csrf = browser.cookies.get("csrf");
      assertEquals(204, browser.call("POST", "/api/auth/refresh", "").statusCode());
      assertNotEquals(first, browser.cookies.get("refresh"));
      assertEquals(csrf, browser.cookies.get("csrf"), "forms of open pages still hold it");
      assertEquals(200, browser.get("/api/me").statusCode());
    }

    @Test
    void keepsThePersonSignedInWhenRequestsRace() throws Exception {
      browser.signIn("editor1", PASSWORD);
      ExecutorService threads = Executors.newFixedThreadPool(6);
      try {
        Callable<String> refresh =
            () -> {
              Browser tab = new Browser(wiki.address());
              tab.cookies.putAll(browser.cookies);
              assertEquals(204, tab.call("POST", "/api/auth/refresh", "").statusCode());
              return tab.cookies.get("refresh");
            };
        String next = null;
        for (Future<String> tab :
            threads.invokeAll(List.of(refresh, refresh, refresh, refresh, refresh, refresh))) {
          assertTrue(next == null || next.equals(tab.get()), "all get the same next token");
          next = tab.get();
        }
        browser.cookies.put("refresh", next);
        assertEquals(204, browser.call("POST", "/api/auth/refresh", "").statusCode());
      } finally {
        threads.shutdown();
      }
    }

    @Test
    void bringsABrowserBackToItsPage() throws Exception {
      browser.signIn("editor1", PASSWORD);
      browser.cookies.remove("access");
      HttpResponse<String> sent = browser.open("/spaces/team?a=b");
      assertEquals("/api/auth/refresh?return=%2Fspaces%2Fteam%3Fa%3Db", location(sent));
      HttpResponse<String> back = browser.open(location(sent));
      assertEquals(303, back.statusCode());
      assertEquals("/spaces/team?a=b", location(back));
      assertEquals(200, browser.open("/spaces/team").statusCode());
    }

    @Test
    void sendsAFormAgainWithItsText() throws Exception {
      browser.signIn("editor1", PASSWORD);
      browser.cookies.remove("access");
      Map<String, String> fields = Map.of("csrf", browser.cookies.get("csrf"), "title", "Kept");
      HttpResponse<String> sent = browser.form("/spaces/team/new", fields);
      assertEquals(307, sent.statusCode());
      HttpResponse<String> back = browser.form(location(sent), fields);
      assertEquals(307, back.statusCode());
      assertEquals("/spaces/team/new", location(back));
      assertTrue(browser.cookies.containsKey("access"));
    }

    @Test
    void endsAtTheSignInPageWhenTheSignInIsOver() throws Exception {
      browser.cookies.put("csrf", "x");
      HttpResponse<String> sent = browser.open("/search?q=a");
      HttpResponse<String> back = browser.open(location(sent));
      assertEquals("/sign-in?next=%2Fsearch%3Fq%3Da", location(back));
      assertTrue(browser.cookies.isEmpty(), "or the browser would go in a circle");
    }

    @Test
    void leadsToNoOtherSite() throws Exception {
      browser.signIn("editor1", PASSWORD);
      assertEquals(
          "/", location(browser.open("/api/auth/refresh?return=https%3A%2F%2Fevil.example")));
      assertEquals("/", location(browser.open("/api/auth/refresh?return=%2F%2Fevil.example")));
      assertEquals("/", location(browser.open("/api/auth/refresh?return=%2F%0d%0aX%3A%20y")));
    }
  }

  @Nested
  class Forgery {

    @Test
    void refusesChangesWithoutTheToken() throws Exception {
      browser.signIn("editor1", PASSWORD);
      String page = "{\"space\": \"team\", \"title\": \"Forged\"}";
      assertEquals(403, browser.json("POST", "/api/pages", page).statusCode());
      assertEquals(
          403, browser.json("POST", "/api/pages", page, "X-CSRF-Token", "guess").statusCode());
      assertEquals(403, browser.json("POST", "/api/auth/refresh", "").statusCode());
      assertEquals(201, browser.call("POST", "/api/pages", page).statusCode());
    }

    @Test
    void refusesChangesFromOtherSites() throws Exception {
      browser.signIn("editor1", PASSWORD);
      assertEquals(
          403,
          browser
              .json(
                  "POST",
                  "/api/pages",
                  "{}",
                  "X-CSRF-Token",
                  browser.cookies.get("csrf"),
                  "Origin",
                  "https://evil.example")
              .statusCode());
    }

    @Test
    void refusesTokensThatAreNotOurs() throws Exception {
      browser.signIn("editor1", PASSWORD);
      String token = browser.cookies.get("access");
      String[] parts = token.split("\\.");
      for (String forged :
          List.of(
              "x",
              "a.b.c",
              parts[0] + "." + parts[1] + ".",
              "eyJhbGciOiJub25lIn0." + parts[1] + ".",
              parts[0] + "." + parts[1] + "." + parts[2].substring(2) + "AA",
              "x".repeat(5000))) {
        browser.cookies.put("access", forged);
        assertEquals(401, browser.get("/api/me").statusCode(), forged);
      }
    }
  }

  @Nested
  class ALinkFromAnotherSite {

    @Test
    void leadsToThePageWithoutSigningInAgain() throws Exception {
      String accept = "text/html,application/xhtml+xml";
      HttpResponse<String> step =
          browser.get("/search?q=a&b=%22", "Accept", accept, "Sec-Fetch-Site", "cross-site");
      assertEquals(200, step.statusCode());
      assertEquals(
          "0; url=/search?q=a&b=%22",
          org.jsoup.Jsoup.parse(step.body()).select("meta[http-equiv=refresh]").attr("content"));
      HttpResponse<String> own =
          browser.get("/search?q=a", "Accept", accept, "Sec-Fetch-Site", "same-origin");
      assertEquals("/sign-in?next=%2Fsearch%3Fq%3Da", location(own));
    }
  }

  @Nested
  class ALinkToTheRefreshFromAnotherSite {

    @Test
    void signsNobodyOut() throws Exception {
      browser.signIn("editor1", PASSWORD);
      Browser elsewhere = new Browser(wiki.address()); // strict cookies stay behind
      for (String accept : List.of("text/html,application/xhtml+xml", "*/*")) {
        HttpResponse<String> step =
            elsewhere.get(
                "/api/auth/refresh?return=%2F", "Accept", accept, "Sec-Fetch-Site", "cross-site");
        assertEquals(200, step.statusCode(), accept);
        assertTrue(step.body().contains("url=/api/auth/refresh?return=%2F"), step.body());
        assertEquals(List.of(), step.headers().allValues("set-cookie"), accept);
      }
      HttpResponse<String> old = elsewhere.open("/api/auth/refresh?return=%2F");
      assertEquals("/sign-in?next=%2F", location(old));
      assertEquals(List.of(), old.headers().allValues("set-cookie"), "a browser that says nothing");
      assertEquals("/", location(browser.open("/api/auth/refresh?return=%2F")));
    }

    @Test
    void butARefusedTokenIsCleared() throws Exception {
      browser.cookies.put("refresh", "spent");
      HttpResponse<String> refused = browser.open("/api/auth/refresh?return=%2F");
      assertEquals("/sign-in?next=%2F", location(refused));
      assertEquals(3, refused.headers().allValues("set-cookie").size());
    }

    @Test
    void andThereIsNoCallForThePassword() throws Exception {
      assertEquals(404, browser.get("/api/auth/password").statusCode());
    }
  }

  @Nested
  class NotSignedIn {

    @Test
    void getsAProblemOrTheSignInPage() throws Exception {
      HttpResponse<String> call = browser.get("/api/me");
      assertEquals(401, call.statusCode());
      assertEquals(
          "application/problem+json", call.headers().firstValue("content-type").orElseThrow());
      assertEquals("/sign-in?next=%2F", location(browser.open("/")));
    }
  }
}
