package org.tandem.collab.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.tandem.api.delta.Delta;
import org.tandem.api.editor.Hooks;
import org.tandem.api.editor.PageChange;
import org.tandem.api.editor.ProposedChange;
import org.tandem.api.host.Access;
import org.tandem.api.host.AccessChange;
import org.tandem.api.host.AccessControl;
import org.tandem.api.host.PageId;
import org.tandem.api.host.Registration;
import org.tandem.api.host.UserId;
import org.tandem.collab.cluster.Doorbell;
import org.tandem.collab.cluster.InMemoryDoorbells;
import org.tandem.collab.log.LogUnavailable;
import org.tandem.collab.log.OperationLog;
import org.tandem.collab.page.Mark;
import org.tandem.collab.page.Revision;
import org.tandem.collab.protocol.ClientId;

/**
 * The product as it is, or broken on purpose in one place, by what its nodes see of the log: a
 * simulation that finds nothing wrong with these would prove nothing.
 */
enum Variant {
  AS_IT_IS {
    @Override
    OperationLog of(OperationLog log, Scheduler.Actor process) {
      return log;
    }
  },

  /** What comes is appended, wherever the head stands. */
  NO_FENCE {
    @Override
    OperationLog of(OperationLog log, Scheduler.Actor process) {
      return new Passing(log) {
        @Override
        public Map<PageId, Boolean> append(List<Append> appends) {
          return super.append(appends.stream().map(this::atHead).toList());
        }

        private Append atHead(Append append) {
          long head = log.head(append.page());
          List<Revision> moved = new ArrayList<>();
          for (Revision old : append.revisions()) {
            long rev = head + 1 + moved.size();
            moved.add(
                new Revision(rev, old.client(), old.seq(), old.user(), old.delta(), old.stamp()));
          }
          return new Append(append.page(), head, moved);
        }
      };
    }
  },

  /** The answer comes at once, the commit a little later. */
  ANSWER_BEFORE_COMMIT {
    @Override
    OperationLog of(OperationLog log, Scheduler.Actor process) {
      return new Passing(log) {
        @Override
        public Map<PageId, Boolean> append(List<Append> appends) {
          process.in(
              100,
              () -> {
                try {
                  super.append(appends);
                } catch (LogUnavailable lost) {
                  // and nobody hears of it
                }
              });
          Map<PageId, Boolean> all = new HashMap<>();
          appends.forEach(append -> all.put(append.page(), true));
          return all;
        }
      };
    }
  },

  /** A lost answer is taken for a commit that did not take place. */
  UNKNOWN_TAKEN_FOR_ABSENT {
    @Override
    OperationLog of(OperationLog log, Scheduler.Actor process) {
      return new Passing(log) {
        @Override
        public Map<PageId, Boolean> append(List<Append> appends) {
          try {
            return super.append(appends);
          } catch (LogUnavailable.OutcomeUnknown unknown) {
            throw new LogUnavailable("surely it is not there", unknown);
          }
        }
      };
    }
  },

  /** Nobody remembers what a client sent before. */
  NO_DUPLICATE_CHECK {
    @Override
    OperationLog of(OperationLog log, Scheduler.Actor process) {
      return new Passing(log) {
        @Override
        public Mark mark(PageId page, ClientId client) {
          Mark mark = super.mark(page, client);
          return mark.seq() == 0 ? mark : new Mark(mark.seq() - 1, 0, mark.user());
        }
      };
    }
  },

  /** What a client missed is told from one revision too early. */
  RESUME_OFF_BY_ONE {
    @Override
    OperationLog of(OperationLog log, Scheduler.Actor process) {
      return new Passing(log) {
        @Override
        public List<Revision> revisions(PageId page, long after, long upTo) {
          return upTo == Long.MAX_VALUE || after == 0
              ? super.revisions(page, after, upTo)
              : super.revisions(page, after - 1, upTo - 1);
        }
      };
    }
  },

  /** Readers look into the runs first, so what is packed meanwhile is in neither place. */
  COMPACTION_WITHOUT_REGARD_TO_READERS {
    @Override
    OperationLog of(OperationLog log, Scheduler.Actor process) {
      return log;
    }
  },

  /** What the node does not hear of by the network it hears of too late. */
  NO_DOORBELL {
    @Override
    OperationLog of(OperationLog log, Scheduler.Actor process) {
      return log;
    }

    @Override
    Doorbell of(Doorbell doorbell) {
      return new InMemoryDoorbells().bell();
    }
  },

  /** What somebody may do is asked once. */
  ACCESS_ASKED_AT_THE_JOIN_ONLY {
    @Override
    OperationLog of(OperationLog log, Scheduler.Actor process) {
      return log;
    }

    @Override
    AccessControl of(AccessControl access) {
      Map<List<Object>, Access> first = new HashMap<>();
      return new AccessControl() {
        @Override
        public Access access(PageId page, UserId user) {
          return first.computeIfAbsent(List.of(page, user), asked -> access.access(page, user));
        }

        @Override
        public Registration onChange(Consumer<AccessChange> listener) {
          return access.onChange(listener);
        }
      };
    }
  },

  /** The host does not say that it saves the same thing again. */
  SAVE_REPEATED_AS_ANOTHER {
    @Override
    OperationLog of(OperationLog log, Scheduler.Actor process) {
      return log;
    }
  },

  /** What a check refuses is entered, if it is asked about again. */
  REFUSED_ONCE_ONLY {
    @Override
    OperationLog of(OperationLog log, Scheduler.Actor process) {
      return log;
    }

    @Override
    Hooks of(Hooks hooks) {
      int[] refused = {0};
      return new PassingHooks(hooks) {
        @Override
        public void check(ProposedChange change, Consumer<Verdict> answer) {
          super.check(
              change,
              verdict ->
                  answer.accept(
                      verdict instanceof Verdict.Refused && refused[0]++ > 0
                          ? new Verdict.Accepted()
                          : verdict));
        }
      };
    }
  },

  /** Listeners are told what is ordered, as if it were stored. */
  ORDERED_TAKEN_FOR_COMMITTED {
    @Override
    OperationLog of(OperationLog log, Scheduler.Actor process) {
      return log;
    }

    @Override
    Hooks of(Hooks hooks) {
      return new PassingHooks(hooks) {
        @Override
        public void ordered(List<PageChange> changes) {
          super.committed(changes);
        }

        @Override
        public void committed(List<PageChange> changes) {
          // They were told already.
        }
      };
    }
  },

  /** A listener hears of the last of several changes alone. */
  ONLY_THE_LAST_TOLD {
    @Override
    OperationLog of(OperationLog log, Scheduler.Actor process) {
      return log;
    }

    @Override
    Hooks of(Hooks hooks) {
      return new PassingHooks(hooks) {
        @Override
        public void committed(List<PageChange> changes) {
          super.committed(changes.subList(Math.max(0, changes.size() - 1), changes.size()));
        }
      };
    }
  },

  /** With its revisions goes what is known of their authors. */
  DELETION_OF_MARKS {
    @Override
    OperationLog of(OperationLog log, Scheduler.Actor process) {
      return log;
    }
  };

  Doorbell of(Doorbell doorbell) {
    return doorbell;
  }

  Hooks of(Hooks hooks) {
    return hooks;
  }

  AccessControl of(AccessControl access) {
    return access;
  }

  abstract OperationLog of(OperationLog log, Scheduler.Actor process);

  private static class Passing implements OperationLog {
    private final OperationLog log;

    Passing(OperationLog log) {
      this.log = log;
    }

    @Override
    public Optional<StoredPage> load(PageId page) {
      return log.load(page);
    }

    @Override
    public long head(PageId page) {
      return log.head(page);
    }

    @Override
    public void create(PageId page, long rev, Delta document) {
      log.create(page, rev, document);
    }

    @Override
    public List<Revision> revisions(PageId page, long after, long upTo) {
      return log.revisions(page, after, upTo);
    }

    @Override
    public Optional<Delta> documentAt(PageId page, long rev) {
      return log.documentAt(page, rev);
    }

    @Override
    public Mark mark(PageId page, ClientId client) {
      return log.mark(page, client);
    }

    @Override
    public Map<PageId, Boolean> append(List<Append> appends) {
      return log.append(appends);
    }

    @Override
    public void snapshot(PageId page, long rev, Delta document) {
      log.snapshot(page, rev, document);
    }

    @Override
    public void published(PageId page, long rev) {
      log.published(page, rev);
    }

    @Override
    public List<PageId> newest(int most) {
      return log.newest(most);
    }

    @Override
    public List<PageId> unpublished() {
      return log.unpublished();
    }

    @Override
    public void forget(PageId page) {
      log.forget(page);
    }
  }
}
