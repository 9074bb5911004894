package org.tandem.wiki.gate;

import org.tandem.api.host.Access;
import org.tandem.api.host.User;
import org.tandem.wiki.space.Space;

/** A person at a space. */
public record SpaceVisit(User user, Space space, Access access) {}
