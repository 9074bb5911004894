package org.tandem.wiki.view.frame;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The addresses of the wiki's own scripts and styles, as the web build wrote them down.
 *
 * @param script ES module of the wiki's pages; empty when the web build is not there
 * @param importMap JSON of the import map for modules, safe to stand in a script element
 */
public record WebManifest(Optional<String> script, List<String> styles, String importMap) {

  private static final Logger LOG = LoggerFactory.getLogger(WebManifest.class);
  private static final String PLACE = "/web/manifest.json";

  /** Reads the manifest from the class path. */
  public static WebManifest load() {
    try (InputStream in = WebManifest.class.getResourceAsStream(PLACE)) {
      if (in == null) {
        LOG.warn("The web build is not on the class path: pages are served without styles");
        return new WebManifest(Optional.empty(), List.of(), "{\"imports\":{}}");
      }
      return read(new ObjectMapper().readTree(in));
    } catch (IOException damaged) {
      throw new UncheckedIOException("The manifest of the web build cannot be read", damaged);
    }
  }

  private static WebManifest read(JsonNode manifest) throws IOException {
    List<String> styles = new ArrayList<>();
    manifest.path("wiki").path("styles").forEach(style -> styles.add(style.asText()));
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode imports = mapper.createObjectNode();
    imports.set("imports", manifest.path("imports"));
    String json = mapper.writeValueAsString(imports).replace("<", "\\u003c");
    return new WebManifest(
        Optional.ofNullable(manifest.path("wiki").path("script").textValue()),
        List.copyOf(styles),
        json);
  }
}
