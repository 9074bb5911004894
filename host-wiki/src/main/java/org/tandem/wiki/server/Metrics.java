package org.tandem.wiki.server;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.tandem.wiki.metrics.WikiMetrics;

/** {@code /metrics}: the figures of this node, for a Prometheus. */
final class Metrics extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private final transient WikiMetrics metrics;

  Metrics(WikiMetrics metrics) {
    this.metrics = metrics;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse answer) throws IOException {
    answer.setContentType("text/plain; version=0.0.4; charset=utf-8");
    answer.getOutputStream().write(metrics.text().getBytes(StandardCharsets.UTF_8));
  }
}
