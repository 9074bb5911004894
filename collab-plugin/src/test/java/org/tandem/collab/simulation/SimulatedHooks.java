package org.tandem.collab.simulation;

import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.tandem.api.delta.Op;
import org.tandem.api.document.format.Formats;
import org.tandem.api.editor.EditorConnection;
import org.tandem.api.editor.Hooks;
import org.tandem.api.editor.PageChange;
import org.tandem.api.editor.ProposedChange;
import org.tandem.api.host.PageId;
import org.tandem.api.host.Registration;

/**
 * The plugins of one life of a node: a check that refuses some words by a rule, after a while and
 * now and then with no answer, and a listener.
 */
final class SimulatedHooks implements Hooks {

  /** Words that nobody may write: every tenth of each person. */
  private static final Pattern REFUSED = Pattern.compile("c\\d+\\.\\d*7(?!\\d)");

  private static final String SENTENCE = "This word is refused.";
  private static final double NO_ANSWER = 0.02;
  private static final int SLOWEST = 120;

  private final Scheduler scheduler;
  private final Scheduler.Actor process;
  private final Told told;
  private final boolean checks;

  /**
   * @param checks whether there is a check
   */
  SimulatedHooks(Scheduler scheduler, Scheduler.Actor process, Told told, boolean checks) {
    this.scheduler = scheduler;
    this.process = process;
    this.told = told;
    this.checks = checks;
  }

  /** Whether an insert holds a word that nobody may write. */
  static boolean isRefused(Op op) {
    return op instanceof Op.Insert insert && REFUSED.matcher(insert.text()).find();
  }

  @Override
  public Formats formats() {
    return Formats.builtIn();
  }

  @Override
  public boolean checks(PageId page) {
    return checks;
  }

  @Override
  public void check(ProposedChange change, Consumer<Verdict> answer) {
    boolean refused = change.change().ops().stream().anyMatch(SimulatedHooks::isRefused);
    Verdict verdict = refused ? new Verdict.Refused(SENTENCE) : new Verdict.Accepted();
    Verdict told = scheduler.chance(NO_ANSWER) ? new Verdict.Unknown("no answer") : verdict;
    int slow = scheduler.chance(0.2) ? scheduler.between(0, SLOWEST) : 0;
    process.in(slow, () -> answer.accept(told));
  }

  @Override
  public boolean listens() {
    return true;
  }

  @Override
  public void ordered(List<PageChange> changes) {
    changes.forEach(change -> told.ordered(process, change));
  }

  @Override
  public void committed(List<PageChange> changes) {
    changes.forEach(change -> told.committed(process, change));
  }

  @Override
  public void missed(PageId page, long from, long to) {
    told.missed(page, from, to);
  }

  @Override
  public void joined(EditorConnection connection) {
    told.joined(connection);
  }

  @Override
  public void left(EditorConnection connection, EditorConnection.End why) {
    told.left(connection);
  }

  @Override
  public Reception received(EditorConnection from, String plugin, Object value) {
    return Reception.NO_PLUGIN;
  }

  @Override
  public Registration onMessage(Consumer<Message> listener) {
    return () -> {};
  }

  @Override
  public void allows(PageId page, String field, Object value, Consumer<Permission> answer) {
    answer.accept(Permission.NO_PLUGIN);
  }

  @Override
  public List<Notice> notices(PageId page) {
    return List.of();
  }

  @Override
  public Registration onNotice(Consumer<Notice> listener) {
    return () -> {};
  }

  @Override
  public Registration onEditorChange(Runnable listener) {
    return () -> {};
  }
}
