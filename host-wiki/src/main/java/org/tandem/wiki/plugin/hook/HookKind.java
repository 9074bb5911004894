package org.tandem.wiki.plugin.hook;

import java.util.Locale;
import java.util.function.Consumer;
import org.tandem.api.document.format.DeclaredFormat;
import org.tandem.api.editor.ChangeCheck;
import org.tandem.api.editor.ChangeListener;
import org.tandem.api.editor.ConnectionListener;
import org.tandem.api.editor.PageMessageListener;
import org.tandem.api.editor.PresenceField;

/** What a plugin can register here. */
public enum HookKind {
  FORMAT(DeclaredFormat.class),
  CHECK(ChangeCheck.class),
  LISTENER(ChangeListener.class),
  CONNECTION(ConnectionListener.class),
  MESSAGE(PageMessageListener.class),
  PAGE_SETTING(Consumer.class),
  PRESENCE(PresenceField.class),
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

  /** Whether it is told of events, which wait for it in a queue. */
  public boolean isTold() {
    return this == LISTENER || this == CONNECTION || this == MESSAGE || this == PAGE_SETTING;
  }
}
