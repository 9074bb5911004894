package org.tandem.wiki.access;

import org.tandem.api.host.Access;

/** What a subject may do with a page or a space. */
public record Grant(Subject subject, Access access) {}
