package org.tandem.collab.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Connection;
import java.sql.Statement;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.tandem.api.host.PageId;
import org.tandem.api.host.SignInId;
import org.tandem.api.host.UserId;
import org.tandem.collab.RealDatabase;

class TicketsTest {

  private final Tickets tickets = new Tickets(RealDatabase.shared().pool());
  private final PageId page = PageId.random();
  private final Tickets.Ticket made =
      new Tickets.Ticket(UserId.random(), Optional.of(new SignInId(UUID.randomUUID())));

  @Test
  void serveOnce() {
    String ticket = tickets.issue(page, made);
    assertEquals(Optional.of(made), tickets.redeem(page, ticket));
    assertEquals(Optional.empty(), tickets.redeem(page, ticket));
  }

  @Test
  void serveOnePage() {
    assertEquals(Optional.empty(), tickets.redeem(PageId.random(), tickets.issue(page, made)));
  }

  @Test
  void expire() throws Exception {
    String ticket = tickets.issue(page, made);
    try (Connection connection = RealDatabase.shared().pool().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("update collab.ticket set expires_at = now() - interval '1 second'");
    }
    assertEquals(Optional.empty(), tickets.redeem(page, ticket));
  }

  @Test
  void areNotGuessed() {
    assertEquals(Optional.empty(), tickets.redeem(page, "guess"));
  }
}
