package org.tandem.wiki.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpResponse;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tandem.wiki.core.Json;
import org.tandem.wiki.core.TestWiki;

/** Each call of the protocol's table, made by each kind of person. */
@ExtendWith(TestWiki.Shared.class)
class RightsMatrixTest {

  private static final String[] PEOPLE = {"", "viewer", "commenter", "editor1", "admin"};

  /**
   * A call and the status that it has for each of the people; PAGE stands for a fresh page's id,
   * USER for a person's.
   */
  private record Call(String method, String path, String body, int... statuses) {}

  private static final Call[] TABLE = {
    new Call("GET", "/api/me", "", 401, 200, 200, 200, 200),
    new Call("GET", "/api/spaces", "", 401, 200, 200, 200, 200),
    new Call("GET", "/api/spaces/team/tree", "", 401, 200, 200, 200, 200),
    new Call("GET", "/api/spaces/nowhere/tree", "", 401, 404, 404, 404, 404),
    new Call(
        "POST", "/api/spaces", "{\"key\":\"Bad Key\",\"name\":\"x\"}", 401, 403, 403, 403, 422),
    new Call("POST", "/api/pages", "{\"space\":\"team\",\"title\":\"t\"}", 401, 403, 403, 201, 201),
    new Call(
        "POST",
        "/api/pages",
        "{\"space\":\"team\",\"parent\":\"PAGE\",\"title\":\"t\"}",
        401,
        403,
        403,
        201,
        201),
    new Call("GET", "/api/pages/PAGE", "", 401, 200, 200, 200, 200),
    new Call("PATCH", "/api/pages/PAGE", "{\"title\":\"new\"}", 401, 403, 403, 200, 200),
    new Call("DELETE", "/api/pages/PAGE", "", 401, 403, 403, 204, 204),
    new Call("GET", "/api/pages/PAGE/content", "", 401, 200, 200, 200, 200),
    new Call(
        "PUT",
        "/api/pages/PAGE/content",
        "{\"ops\":[{\"insert\":\"x\\n\"}]}",
        401,
        403,
        403,
        200,
        200),
    new Call("GET", "/api/pages/PAGE/editor", "", 401, 200, 200, 200, 200),
    new Call("GET", "/api/pages/PAGE/versions", "", 401, 200, 200, 200, 200),
    new Call("GET", "/api/pages/PAGE/versions/1", "", 401, 200, 200, 200, 200),
    new Call("GET", "/api/pages/PAGE/versions/99", "", 401, 404, 404, 404, 404),
    new Call("GET", "/api/pages/PAGE/exports", "", 401, 200, 200, 200, 200),
    new Call("GET", "/api/pages/PAGE/exports/html", "", 401, 200, 200, 200, 200),
    new Call("GET", "/api/pages/PAGE/exports/no/such", "", 401, 404, 404, 404, 404),
    new Call("GET", "/api/spaces/team/imports", "", 401, 200, 200, 200, 200),
    new Call("POST", "/api/spaces/team/imports/markdown?file=a.md", "a", 401, 403, 403, 201, 201),
    new Call(
        "POST",
        "/api/spaces/team/imports/markdown?file=a.md&parent=PAGE",
        "a",
        401,
        403,
        403,
        201,
        201),
    new Call("POST", "/api/spaces/team/imports/no/such", "a", 401, 403, 403, 404, 404),
    new Call("GET", "/api/pages/PAGE/access", "", 401, 403, 403, 403, 200),
    new Call("GET", "/api/pages/PAGE/access/everyone/-", "", 401, 403, 403, 403, 404),
    new Call(
        "PUT",
        "/api/pages/PAGE/access/user/USER",
        "{\"access\":\"view\"}",
        401,
        403,
        403,
        403,
        200),
    new Call("DELETE", "/api/pages/PAGE/access/user/USER", "", 401, 403, 403, 403, 404),
    new Call("GET", "/api/spaces/team/access", "", 401, 403, 403, 403, 200),
    new Call("GET", "/api/spaces/team/access/user/USER", "", 401, 403, 403, 403, 200),
    new Call(
        "PUT",
        "/api/spaces/team/access/user/USER",
        "{\"access\":\"view\"}",
        401,
        403,
        403,
        403,
        200),
    new Call("DELETE", "/api/spaces/team/access/everyone/-", "", 401, 403, 403, 403, 404),
    new Call("GET", "/api/admin/maintenance", "", 401, 403, 403, 403, 200),
    new Call("POST", "/api/admin/maintenance/no/such", "{}", 401, 403, 403, 403, 404),
    new Call("GET", "/api/admin/maintenance/runs/none", "", 401, 403, 403, 403, 404),
    new Call("DELETE", "/api/admin/maintenance/runs/none", "", 401, 403, 403, 403, 404),
  };

  @TestFactory
  Stream<DynamicTest> everyCallByEveryone(TestWiki wiki) {
    return Stream.of(TABLE).flatMap(call -> rows(wiki, call));
  }

  private static Stream<DynamicTest> rows(TestWiki wiki, Call call) {
    return Stream.iterate(0, i -> i + 1)
        .limit(PEOPLE.length)
        .map(
            i ->
                DynamicTest.dynamicTest(
                    call.method() + " " + call.path() + " by " + (i == 0 ? "nobody" : PEOPLE[i]),
                    () -> check(wiki, call, PEOPLE[i], call.statuses()[i])));
  }

  private static void check(TestWiki wiki, Call call, String person, int status) throws Exception {
    String page = wiki.page("A page of the matrix", "text");
    String user = wiki.user("viewer").id().toString();
    HttpResponse<String> answer =
        wiki.json(
            person,
            call.method(),
            call.path().replace("PAGE", page).replace("USER", user),
            call.body().replace("PAGE", page),
            call.path().endsWith("/content") ? new String[] {"If-Match", "\"1\""} : new String[0]);
    assertEquals(status, answer.statusCode(), answer.body());
    if (status >= 400) {
      assertEquals(
          "application/problem+json", answer.headers().firstValue("Content-Type").orElse(""));
      assertEquals(status, Json.read(answer.body()).get("status").intValue());
    }
  }

  @TestFactory
  Stream<DynamicTest> aPageThatIsNone(TestWiki wiki) {
    return Stream.of(
            "/api/pages/no-id",
            "/api/pages/00000000-0000-4000-8000-000000000000",
            "/api/pages/00000000-0000-4000-8000-000000000000/content",
            "/api/pages/00000000-0000-4000-8000-000000000000/editor",
            "/api/pages/00000000-0000-4000-8000-000000000000/versions",
            "/api/nothing",
            "/pages/00000000-0000-4000-8000-000000000000",
            "/pages/no-id/edit",
            "/nothing/here")
        .map(
            path ->
                DynamicTest.dynamicTest(
                    path, () -> assertEquals(404, wiki.get("admin", path).statusCode())));
  }
}
