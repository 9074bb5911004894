/** The cluster by JGroups: TCP with mutual TLS, found through the database. */
@NullMarked
package org.tandem.collab.cluster.jgroups;

import org.jspecify.annotations.NullMarked;
