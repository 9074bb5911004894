package org.tandem.wiki.auth.guard;

import java.util.UUID;
import org.tandem.api.host.User;

/**
 * Somebody who has signed in.
 *
 * @param passwordDue whether the password must be changed before anything else
 */
public record Caller(User user, UUID signIn, boolean passwordDue) {}
