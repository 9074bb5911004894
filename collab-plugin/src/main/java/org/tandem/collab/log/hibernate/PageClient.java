package org.tandem.collab.log.hibernate;

import java.util.UUID;

/** Key of rows that stand for a client on a page. */
record PageClient(UUID page, UUID client) {}
