package org.tandem.collab.log.hibernate;

import java.util.UUID;

/** Key of rows that stand for a page at a revision. */
record PageRev(UUID page, long rev) {}
