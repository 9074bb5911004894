package org.tandem.api.plugin;

/**
 * A plugin cannot work as the admin has set it up. The message is one sentence for the admin that
 * says what to change; it is shown without a stack trace.
 */
public final class PluginRefusal extends Exception {

  private static final long serialVersionUID = 1L;

  private final boolean endsNode;

  private PluginRefusal(String sentence, boolean endsNode) {
    super(sentence);
    this.endsNode = endsNode;
  }

  /** The plugin stays off; the wiki runs without it. */
  public static PluginRefusal ofPlugin(String sentence) {
    return new PluginRefusal(sentence, false);
  }

  /** This node must not serve the wiki's pages at all: it ends, with this sentence. */
  public static PluginRefusal ofNode(String sentence) {
    return new PluginRefusal(sentence, true);
  }

  /** Whether the node cannot serve without what refused, and ends. */
  public boolean endsNode() {
    return endsNode;
  }
}
