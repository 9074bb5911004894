package org.tandem.wiki;

import java.io.IOException;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** A client with cookies that follows no redirect by itself. */
public final class Browser {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  final Map<String, String> cookies = new HashMap<>();
  private final URI address;

  public Browser(URI address) {
    this.address = address;
  }

  public HttpResponse<String> get(String path, String... headers) throws Exception {
    return send("GET", path, "", headers);
  }

  /** As a browser loads a page. */
  public HttpResponse<String> open(String path) throws Exception {
    return get(path, "Accept", "text/html,application/xhtml+xml");
  }

  public HttpResponse<String> json(String method, String path, String body, String... headers)
      throws Exception {
    return send(method, path, body, with(headers, "Content-Type", "application/json"));
  }

  /** A call that changes something, as a page makes it. */
  public HttpResponse<String> call(String method, String path, String body) throws Exception {
    return json(method, path, body, "X-CSRF-Token", cookies.getOrDefault("csrf", ""));
  }

  /** Bytes that a page's script puts somewhere. */
  public HttpResponse<String> put(String path, byte[] body) throws Exception {
    return send(
        "PUT",
        path,
        BodyPublishers.ofByteArray(body),
        "Content-Type",
        "application/octet-stream",
        "X-CSRF-Token",
        cookies.getOrDefault("csrf", ""));
  }

  /** A form as a browser sends it. */
  public HttpResponse<String> form(String path, Map<String, String> fields, String... headers)
      throws Exception {
    String body =
        fields.entrySet().stream()
            .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    return send(
        "POST",
        path,
        body,
        with(
            headers,
            "Content-Type",
            "application/x-www-form-urlencoded",
            "Accept",
            "text/html,application/xhtml+xml"));
  }

  public HttpResponse<String> signIn(String name, String password) throws Exception {
    return json(
        "POST",
        "/api/auth/sign-in",
        "{\"name\": \"" + name + "\", \"password\": \"" + password + "\"}");
  }

  public HttpResponse<String> send(String method, String path, String body, String... headers)
      throws IOException, InterruptedException {
    return send(method, path, BodyPublishers.ofString(body), headers);
  }

  private HttpResponse<String> send(
      String method, String path, HttpRequest.BodyPublisher body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address.resolve(path)).method(method, body);
    if (headers.length > 0) {
      request.headers(headers);
    }
    String sent =
        cookies.entrySet().stream()
            .filter(cookie -> !cookie.getKey().equals("refresh") || path.startsWith("/api/auth"))
            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
            .collect(Collectors.joining("; "));
    if (!sent.isEmpty()) {
      request.header("Cookie", sent);
    }
    HttpResponse<String> answer = CLIENT.send(request.build(), BodyHandlers.ofString());
    answer.headers().allValues("set-cookie").forEach(this::take);
    return answer;
  }

  private void take(String header) {
    HttpCookie cookie = HttpCookie.parse(header).get(0);
    if (cookie.getMaxAge() == 0) {
      cookies.remove(cookie.getName());
    } else {
      cookies.put(cookie.getName(), cookie.getValue());
    }
  }

  private static String[] with(String[] headers, String... more) {
    String[] all = java.util.Arrays.copyOf(headers, headers.length + more.length);
    System.arraycopy(more, 0, all, headers.length, more.length);
    return all;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
