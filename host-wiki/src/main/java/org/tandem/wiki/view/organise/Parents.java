package org.tandem.wiki.view.organise;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.tandem.api.host.Access;
import org.tandem.api.host.PageId;
import org.tandem.wiki.access.Rights;
import org.tandem.wiki.gate.Gate;
import org.tandem.wiki.gate.Refusal;
import org.tandem.wiki.gate.SpaceVisit;
import org.tandem.wiki.page.Forest;
import org.tandem.wiki.page.Place;
import org.tandem.wiki.space.Space;

/** Where a new page of a space may stand, as a form offers it. */
final class Parents {

  /**
   * What a form offers.
   *
   * @param atTop whether the top of the space is offered
   */
  record Offer(Space space, boolean atTop, List<Choice> pages) {}

  private final Gate gate;
  private final Rights rights;

  Parents(Gate gate, Rights rights) {
    this.gate = gate;
    this.rights = rights;
  }

  /**
   * The place that a form names.
   *
   * @param parent a page; blank: the top of the space
   * @throws Refusal 422 when there is no such page, for which {@link #again} has another choice
   */
  Place place(HttpServletRequest request, String key, String parent) {
    return gate.place(request, key, Optional.of(parent).filter(text -> !text.isBlank()));
  }

  /** With this place chosen, which {@link #place} has given. */
  Offer at(HttpServletRequest request, String key, Place place) {
    return offer(gate.space(request, key, Access.NONE), place.parent());
  }

  /**
   * With another place to be chosen: also by those who may edit pages of the space and not its top.
   *
   * @throws Refusal the same where it is not about the parent, or there is nothing to choose
   */
  Offer again(HttpServletRequest request, String key, Refusal refused) {
    if (refused.status() != 422) {
      throw refused;
    }
    Offer offer = offer(gate.space(request, key, Access.NONE), Optional.empty());
    if (!offer.atTop() && offer.pages().isEmpty()) {
      throw refused;
    }
    return offer;
  }

  private Offer offer(SpaceVisit visit, Optional<PageId> chosen) {
    Forest visible = new Forest(rights.visible(visit.space().id(), visit.user()));
    return new Offer(
        visit.space(),
        visit.access().allows(Access.EDIT),
        Choice.pages(visible, List.of(), chosen));
  }
}
