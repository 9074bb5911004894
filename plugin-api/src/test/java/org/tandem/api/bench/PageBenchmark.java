package org.tandem.api.bench;

import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;
import org.tandem.api.delta.Delta;
import org.tandem.api.document.DocumentCheck;
import org.tandem.api.document.DocumentHash;
import org.tandem.api.document.LiveDocument;
import org.tandem.api.document.format.Formats;
import org.tandem.api.document.html.Html;
import org.tandem.api.document.tree.Block;
import org.tandem.api.document.tree.BlockTree;

/** What is done with a whole page of 1 MB, and a keystroke in it. */
@State(Scope.Benchmark)
public class PageBenchmark {

  /** Keystrokes in one invocation: the revisions that a client lets pass between two checks. */
  static final int KEYSTROKES = 100;

  final Delta page;
  final List<Delta> keystrokes;
  private final LiveDocument live;
  private final DocumentCheck check = new DocumentCheck(Formats.builtIn());

  public PageBenchmark() {
    BigPage big = new BigPage(3);
    page = big.document();
    keystrokes = big.keystrokes(KEYSTROKES);
    live = LiveDocument.of(page);
    DocumentHash.of(live);
  }

  @Benchmark
  public DocumentCheck.Verdict check() {
    return check.checkDocument(page);
  }

  @Benchmark
  public List<Block> tree() {
    return BlockTree.of(page);
  }

  @Benchmark
  public String html() {
    return Html.render(page);
  }

  @Benchmark
  public void checkTreeAndHtml(Blackhole sink) {
    sink.consume(check());
    sink.consume(tree());
    sink.consume(html());
  }

  @Benchmark
  public String hash() {
    return DocumentHash.of(page);
  }

  /** The keystrokes, and the hash of a document that was hashed before them. */
  @Benchmark
  public String hashAfterKeystrokes() {
    LiveDocument document = live;
    for (Delta keystroke : keystrokes) {
      document = document.apply(keystroke);
    }
    return DocumentHash.of(document);
  }

  /** A keystroke composed onto the whole page. {@code algebra.mjs} has the same. */
  @Benchmark
  @OperationsPerInvocation(KEYSTROKES)
  public long keystroke() {
    long count = 0;
    for (Delta keystroke : keystrokes) {
      count += page.compose(keystroke).ops().size();
    }
    return count;
  }

  /** Keystrokes one after another, as a page takes them. */
  @Benchmark
  @OperationsPerInvocation(KEYSTROKES)
  public LiveDocument liveKeystroke() {
    LiveDocument document = live;
    for (Delta keystroke : keystrokes) {
      document = document.apply(keystroke);
    }
    return document;
  }

  /** The same, each checked before. */
  @Benchmark
  @OperationsPerInvocation(KEYSTROKES)
  public LiveDocument checkedKeystroke(Blackhole sink) {
    LiveDocument document = live;
    for (Delta keystroke : keystrokes) {
      sink.consume(check.check(document, keystroke));
      document = document.apply(keystroke);
    }
    return document;
  }
}
