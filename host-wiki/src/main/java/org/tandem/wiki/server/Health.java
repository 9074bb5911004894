package org.tandem.wiki.server;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import javax.sql.DataSource;

/** {@code /health/live}: this process answers. {@code /health/ready}: so does the database. */
final class Health extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private static final int PATIENCE_SECONDS = 2;

  private final transient DataSource pool;

  Health(DataSource pool) {
    this.pool = pool;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse answer) throws IOException {
    switch (Objects.toString(request.getPathInfo(), "")) {
      case "/live" -> say(answer, 200, "live");
      case "/ready" -> {
        boolean ready = databaseAnswers();
        say(answer, ready ? 200 : 503, ready ? "ready" : "the database does not answer");
      }
      default -> answer.sendError(404);
    }
  }

  private boolean databaseAnswers() {
    try (Connection connection = pool.getConnection()) {
      return connection.isValid(PATIENCE_SECONDS);
    } catch (SQLException away) {
      return false;
    }
  }

  private static void say(HttpServletResponse answer, int status, String text) throws IOException {
    answer.setStatus(status);
    answer.setContentType("text/plain;charset=utf-8");
    answer.getOutputStream().write((text + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
