package org.tandem.wiki.plugin.route;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.http.MimeTypes;
import org.tandem.api.host.Registration;

/**
 * The files of the running plugins' front ends, at {@code /plugins/<id>/<hash>/<path>}. The hash
 * changes with the archive, so browsers keep the files for good. Threads: safe for use by any
 * thread.
 */
public final class PluginAssets extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private final transient Map<String, Path> files = new ConcurrentHashMap<>();

  /**
   * Serves a folder.
   *
   * @param base {@code /<id>/<hash>/}
   * @param folder may be missing: then there is nothing to serve
   */
  public Registration serve(String base, Path folder) throws IOException {
    Map<String, Path> found = Map.of();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> walk = Files.walk(folder)) {
        found =
            walk.filter(Files::isRegularFile)
                .collect(
                    Collectors.toUnmodifiableMap(
                        file -> base + folder.relativize(file).toString().replace('\\', '/'),
                        file -> file));
      }
    }
    Map<String, Path> served = found;
    files.putAll(served);
    return () -> files.keySet().removeAll(served.keySet());
  }

  /** Only what was listed at the start is found, so that no path can lead elsewhere. */
  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse answer) throws IOException {
    Path file = files.get(Objects.toString(request.getPathInfo(), ""));
    if (file == null) {
      answer.sendError(404);
      return;
    }
    String type = MimeTypes.DEFAULTS.getMimeByExtension(file.getFileName().toString());
    answer.setContentType(type == null ? "application/octet-stream" : type);
    answer.setContentLengthLong(Files.size(file));
    answer.setHeader("Cache-Control", "public, max-age=31536000, immutable");
    if (!request.getMethod().equals("HEAD")) {
      Files.copy(file, answer.getOutputStream());
    }
  }
}
