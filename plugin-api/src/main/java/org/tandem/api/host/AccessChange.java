package org.tandem.api.host;

import java.util.Optional;

/**
 * Somebody's access may have changed: ask again. Events may arrive more than once.
 *
 * @param page the page concerned, empty when any page may be
 * @param user the user concerned, empty when any user may be
 */
public record AccessChange(Optional<PageId> page, Optional<UserId> user) {}
