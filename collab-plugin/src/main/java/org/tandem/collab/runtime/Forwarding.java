package org.tandem.collab.runtime;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.tandem.collab.cluster.ClusterMessage;
import org.tandem.collab.cluster.NodeId;
import org.tandem.collab.page.Revision;
import org.tandem.collab.page.Submission;
import org.tandem.collab.protocol.ClientId;

/**
 * Submissions on their way to the page's owner, and what the owner knows of those that came. All
 * calls come in the page's mailbox.
 */
final class Forwarding {

  /** A view tells of an owner that is gone some seconds later, and of a slow one never. */
  private static final long PATIENCE = 3_000;

  /** Never the same twice, also for a page that was closed and opened again. */
  private static final AtomicLong ATTEMPTS = new AtomicLong();

  /**
   * @param since in milliseconds of the runtime's clock
   */
  record Forwarded(long attempt, Author author, Submission submission, long since) {}

  /** How many senders' last attempts are known. */
  private static final int KNOWN = 1_000;

  private record Sender(NodeId node, ClientId client) {}

  private final Map<ClientId, Forwarded> underWay = new LinkedHashMap<>();

  private final Map<Sender, Long> lastAttempts =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Sender, Long> eldest) {
          return size() > KNOWN;
        }
      };

  /** Notes that a submission is sent; the number goes with it. */
  long add(Author author, Submission submission, long now) {
    long attempt = ATTEMPTS.incrementAndGet();
    underWay.put(submission.client(), new Forwarded(attempt, author, submission, now));
    return attempt;
  }

  /** A revision was committed; the submission that became it needs no answer any more. */
  void committed(Revision revision) {
    Forwarded waiting = underWay.get(revision.client());
    if (waiting != null && waiting.submission.seq() == revision.seq()) {
      underWay.remove(revision.client());
    }
  }

  /** The owner answered; what waits for that, unless it was answered before or sent again. */
  Optional<Forwarded> answered(ClientId client, long attempt) {
    Forwarded waiting = underWay.get(client);
    if (waiting == null || waiting.attempt != attempt) {
      return Optional.empty();
    }
    underWay.remove(client);
    return Optional.of(waiting);
  }

  boolean isEmpty() {
    return underWay.isEmpty();
  }

  /** Those without an answer for too long, which are no longer waited for. */
  List<Forwarded> late(long now) {
    List<Forwarded> late =
        underWay.values().stream().filter(waiting -> now - waiting.since > PATIENCE).toList();
    late.forEach(waiting -> underWay.remove(waiting.submission.client()));
    return late;
  }

  /** All of them, to be sent to another owner. */
  List<Forwarded> takeAll() {
    List<Forwarded> all = List.copyOf(underWay.values());
    underWay.clear();
    return all;
  }

  /**
   * Whether a submission from another node is news: not one that came before, nor one that was
   * overtaken by a later attempt, whose answer the client may already have.
   */
  boolean arrived(NodeId from, ClusterMessage.Submit submit) {
    Sender sender = new Sender(from, submit.submission().client());
    Long last = lastAttempts.remove(sender);
    boolean news = last == null || submit.attempt() > last;
    lastAttempts.put(sender, news ? submit.attempt() : last);
    return news;
  }
}
