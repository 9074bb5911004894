package org.tandem.wiki.plugin.extension;

import java.util.Locale;
import org.tandem.api.document.format.DeclaredFormat;
import org.tandem.api.editor.ChangeCheck;
import org.tandem.api.editor.ChangeListener;

/** What a plugin can register here. */
public enum HookKind {
  FORMAT(DeclaredFormat.class),
  CHECK(ChangeCheck.class),
  LISTENER(ChangeListener.class),
  EXPORTER(Offered.OfExport.class),
  IMPORTER(Offered.OfImport.class),
  SEARCH_TEXT(Offered.OfSearch.class);

  private final Class<?> code;

  HookKind(Class<?> code) {
    this.code = code;
  }

  /** The type of the hooks' code. */
  Class<?> code() {
    return code;
  }

  /** {@code format}, {@code check}, {@code search text}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
