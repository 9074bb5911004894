package org.tandem.distribution.load;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.tandem.distribution.RunningWiki;
import org.tandem.testkit.WikiClient;
import org.tandem.wiki.settings.WikiSettings;

/**
 * The demo's five accounts at one node. All are let write, as a node takes a thousand sockets of
 * one account.
 */
final class People {

  static final int SOCKETS_OF_ONE = 1_000;

  private static final List<String> NAMES =
      List.of("editor1", "editor2", "admin", "commenter", "viewer");

  private final WikiClient admin;
  private final List<String> cookies = new ArrayList<>();

  People(RunningWiki wiki) {
    admin = wiki.person("admin");
    HttpResponse<String> granted =
        admin.send(
            admin.request("PUT", "/api/spaces/team/access/everyone/-", Map.of("access", "edit")));
    if (granted.statusCode() != 200) {
      throw new IllegalStateException("the demo's people may not write: " + granted.body());
    }
    for (String name : NAMES) {
      cookies.add(cookies(wiki, name));
    }
  }

  private static String cookies(RunningWiki wiki, String name) {
    WikiClient somebody = new WikiClient(wiki.address());
    Map<String, String> words = Map.of("name", name, "password", WikiSettings.DEMO_PASSWORD);
    HttpResponse<String> answer =
        somebody.send(somebody.request("POST", "/api/auth/sign-in", words));
    return answer.headers().allValues("set-cookie").stream()
        .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
        .collect(Collectors.joining("; "));
  }

  WikiClient admin() {
    return admin;
  }

  /** The cookies that the socket of this number comes with. */
  String cookies(int socket) {
    return cookies.get(socket % cookies.size());
  }

  static int mostSockets() {
    return NAMES.size() * SOCKETS_OF_ONE;
  }
}
