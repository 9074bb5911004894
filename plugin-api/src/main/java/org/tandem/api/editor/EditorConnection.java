package org.tandem.api.editor;

import java.util.UUID;
import org.tandem.api.host.Access;
import org.tandem.api.host.PageId;
import org.tandem.api.host.User;

/**
 * The connection of one editor to one page. Immutable.
 *
 * @param id its own among the connections of all nodes: who connects anew has another
 * @param client the editor, a tab of a browser for example, which keeps this id as long as it lives
 * @param page that it shows
 * @param user whose editor it is
 * @param access what the user may do with the page, as it was known when this was told
 */
public record EditorConnection(String id, UUID client, PageId page, User user, Access access) {

  /** Why a connection left its page. There may come to be more: give a switch a default. */
  public enum End {
    /** From the other side: the editor was closed, or the connection broke. */
    CLOSED,

    /** The same editor has another connection now, to this node or another one. */
    REPLACED,

    /** The sign-in that it belongs to is over. */
    SIGNED_OUT,

    /** The user may not see the page any more. */
    ACCESS_GONE,

    /** The page was deleted. */
    PAGE_GONE,

    /** Nothing was heard of it for a minute. */
    SILENT,

    /** It did not keep to the protocol, or was too fast a writer or too slow a reader. */
    AT_FAULT,

    /**
     * The node ends, has too much to do, or co-editing is switched off: it comes back elsewhere.
     */
    SENT_AWAY
  }
}
