package org.tandem.api.plugin;

import java.nio.file.Path;
import org.tandem.api.document.format.DeclaredFormat;
import org.tandem.api.editor.ChangeCheck;
import org.tandem.api.editor.ChangeListener;
import org.tandem.api.editor.ConnectionListener;
import org.tandem.api.editor.EditorFrontEnd;
import org.tandem.api.editor.EditorModule;
import org.tandem.api.editor.Hooks;
import org.tandem.api.editor.PageAuthority;
import org.tandem.api.editor.PageMessageListener;
import org.tandem.api.editor.PageMessages;
import org.tandem.api.editor.PresenceField;
import org.tandem.api.exchange.Exporter;
import org.tandem.api.exchange.Importer;
import org.tandem.api.exchange.SearchText;
import org.tandem.api.host.Host;
import org.tandem.api.host.Registration;

/** What a running plugin sees of its host. Threads: safe for use by any thread. */
@SuppressWarnings("overloads") // A lambda that fits two kinds is given its type by its variable.
public interface PluginContext {

  /** What the wiki offers to this plugin. */
  Host host();

  /** What the admin has set for this plugin, as it was when it started. */
  Settings settings();

  /** What this plugin keeps for single pages, on all nodes. */
  PageSettings pageSettings();

  /** A folder of the plugin's own on this node; it exists and can be written. */
  Path dataFolder();

  /**
   * Makes this the authority that orders the changes of all pages.
   *
   * @throws IllegalStateException when another plugin already is
   */
  Registration register(PageAuthority authority);

  /**
   * Makes this the editor that a page's Edit button opens.
   *
   * @throws IllegalStateException when another plugin's already is
   */
  Registration register(EditorFrontEnd frontEnd);

  /**
   * Adds a module to the editor, whoever brings it; several may be added. The wiki's form for one
   * person loads none.
   *
   * @throws IllegalStateException when this plugin has added the same module already
   */
  Registration register(EditorModule module);

  /** Adds these figures to what the wiki serves at {@code /metrics}; several may be added. */
  Registration register(MetricsText metrics);

  /** Adds this to what an admin sees of the plugin's health; several may be added. */
  Registration register(HealthProbe probe);

  /**
   * Declares a format: from now on documents may hold it.
   *
   * @throws IllegalArgumentException if its name is neither the plugin's id nor begins with that
   *     and a hyphen, or if there is a format of this name already
   */
  Registration register(DeclaredFormat format);

  /**
   * Has this check asked about every change; several may be registered.
   *
   * @throws IllegalArgumentException if its name for the admin is none
   */
  Registration register(ChangeCheck check);

  /**
   * Tells this listener of changes; several may be registered.
   *
   * @throws IllegalArgumentException if its name for the admin is none
   */
  Registration register(ChangeListener listener);

  /**
   * Tells this listener of editors that come and go; several may be registered.
   *
   * @throws IllegalArgumentException if its name for the admin is none
   */
  Registration register(ConnectionListener listener);

  /**
   * Tells this listener what the plugin's modules send; several may be registered.
   *
   * @throws IllegalArgumentException if its name for the admin is none, or it does not say who may
   *     send
   */
  Registration register(PageMessageListener listener);

  /** Sends messages to this plugin's modules in the editors of pages. */
  PageMessages pageMessages();

  /**
   * Lets the plugin's modules show something of their users to the other editors of a page.
   *
   * @throws IllegalArgumentException if its name is neither the plugin's id nor begins with that
   *     and a hyphen, or if there is a field of this name already
   */
  Registration register(PresenceField field);

  /**
   * Offers to export pages so; several may be registered.
   *
   * @throws IllegalArgumentException if its name, label, media type or extension is none, or if the
   *     plugin has an exporter of this name already
   */
  Registration register(Exporter exporter);

  /**
   * Offers to import files so; several may be registered.
   *
   * @throws IllegalArgumentException if its name, its label or an extension is none, or if the
   *     plugin has an importer of this name already
   */
  Registration register(Importer importer);

  /**
   * Has this asked by which words pages are found; several may be registered.
   *
   * @throws IllegalArgumentException if its edition is too long, or its name for the admin is none
   */
  Registration register(SearchText words);

  /** What all running plugins have registered for editing, for a {@link PageAuthority}. */
  Hooks hooks();
}
