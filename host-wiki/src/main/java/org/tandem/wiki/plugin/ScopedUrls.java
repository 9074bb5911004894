package org.tandem.wiki.plugin;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import java.util.stream.Stream;
import org.tandem.api.host.PageId;
import org.tandem.api.host.Urls;

/**
 * Addresses as one plugin gives them.
 *
 * @param publicUrl the wiki's, without a slash at the end
 * @param assets the path of the plugin's files, between slashes
 */
record ScopedUrls(URI publicUrl, String assets) implements Urls {

  private static final Set<String> NO_NAMES = Set.of("", ".", "..");

  @Override
  public URI wiki() {
    return at("/");
  }

  @Override
  public URI page(PageId page) {
    return at("/pages/" + page);
  }

  @Override
  public URI editor(PageId page) {
    return at("/pages/" + page + "/edit");
  }

  @Override
  public URI file(String path) {
    boolean below =
        path.indexOf('\\') < 0 && Stream.of(path.split("/", -1)).noneMatch(NO_NAMES::contains);
    if (!below) {
      throw new IllegalArgumentException("no path of a file below web: " + path);
    }
    return at(assets + path);
  }

  private URI at(String path) {
    try {
      return publicUrl.resolve(new URI(null, null, path, null).toASCIIString());
    } catch (URISyntaxException unfit) {
      throw new IllegalArgumentException("no path of an address: " + path, unfit);
    }
  }
}
