package org.tandem.api.delta;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@link Delta#diff}. What both documents begin and end with is left alone; between, words, blanks
 * and embeds are compared (Myers' O(ND) algorithm, by java-diff-utils), so that words that stay
 * keep their place. Where that would take too long the texts are first cut at lines, or at words,
 * that both hold once; what has none in common is replaced. Text that is the same gets the
 * attributes that differ.
 *
 * <p>The newline that ends both documents stays that newline, since no change may delete it or
 * insert after it: a paragraph that is added at the end is inserted before it.
 */
final class Difference {

  /** A word, a run of blanks, or any other single character. */
  private static final Pattern WORD =
      Pattern.compile("[\\p{L}\\p{N}\\p{M}]++|[ \\t]++|.", Pattern.DOTALL);

  private static final Pattern LINE = Pattern.compile("[^\\n]*+\\n|[^\\n]++");

  /** Stands for an embed. Text may hold it too, so {@link #same} looks at the kinds again. */
  private static final String THING = "\0";

  /** Myers' algorithm is given at most so many words of both texts: it may take their square. */
  private static final int MOST_WORDS = 2_000;

  /** How often the text between two cuts is cut again. */
  private static final int MOST_CUTS = 8;

  private final Cursor before;
  private final Cursor after;
  private final DeltaBuilder result = Delta.builder();

  private Difference(Delta from, Delta to) {
    before = new Cursor(from);
    after = new Cursor(to);
  }

  static Delta of(Delta from, Delta to) {
    Difference difference = new Difference(from, to);
    String a = text(from);
    String b = text(to);
    int end = a.endsWith("\n") && b.endsWith("\n") ? 1 : 0;
    difference.compare(a.substring(0, a.length() - end), b.substring(0, b.length() - end), 0);
    difference.same(end);
    return difference.result.build();
  }

  private void compare(String a, String b, int cuts) {
    int prefix = commonPrefix(a, b);
    int suffix = commonSuffix(a, b, prefix);
    same(prefix);
    middle(
        a.substring(prefix, a.length() - suffix), b.substring(prefix, b.length() - suffix), cuts);
    same(suffix);
  }

  private static int commonPrefix(String a, String b) {
    int most = Math.min(a.length(), b.length());
    int prefix = 0;
    while (prefix < most && a.charAt(prefix) == b.charAt(prefix)) {
      prefix++;
    }
    return prefix > 0 && Character.isHighSurrogate(a.charAt(prefix - 1)) ? prefix - 1 : prefix;
  }

  private static int commonSuffix(String a, String b, int prefix) {
    int most = Math.min(a.length(), b.length()) - prefix;
    int suffix = 0;
    while (suffix < most
        && a.charAt(a.length() - 1 - suffix) == b.charAt(b.length() - 1 - suffix)) {
      suffix++;
    }
    return suffix > 0 && Character.isLowSurrogate(a.charAt(a.length() - suffix))
        ? suffix - 1
        : suffix;
  }

  private void middle(String a, String b, int cuts) {
    if (a.isEmpty() || b.isEmpty()) {
      replace(a, b);
      return;
    }
    List<String> old = pieces(WORD, a);
    List<String> now = pieces(WORD, b);
    if (old.size() + now.size() <= MOST_WORDS) {
      words(old, now);
    } else if (cuts == MOST_CUTS
        || !cut(pieces(LINE, a), pieces(LINE, b), cuts) && !cut(old, now, cuts)) {
      replace(a, b);
    }
  }

  private void replace(String a, String b) {
    insert(b.length());
    delete(a.length());
  }

  private void words(List<String> old, List<String> now) {
    int oldAt = 0;
    for (AbstractDelta<String> change : DiffUtils.diff(old, now).getDeltas()) {
      int start = change.getSource().getPosition();
      same(length(old.subList(oldAt, start)));
      insert(length(change.getTarget().getLines()));
      delete(length(change.getSource().getLines()));
      oldAt = start + change.getSource().size();
    }
    same(length(old.subList(oldAt, old.size())));
  }

  /** Compares what stands between the pieces that both hold once; false if there are none. */
  private boolean cut(List<String> old, List<String> now, int cuts) {
    List<Anchors.Anchor> anchors = Anchors.of(old, now);
    int oldAt = 0;
    int nowAt = 0;
    for (Anchors.Anchor anchor : anchors) {
      String a = String.join("", old.subList(oldAt, anchor.before()));
      String b = String.join("", now.subList(nowAt, anchor.after()));
      compare(a, b, cuts + 1);
      same(old.get(anchor.before()).length());
      oldAt = anchor.before() + 1;
      nowAt = anchor.after() + 1;
    }
    if (!anchors.isEmpty()) {
      String a = String.join("", old.subList(oldAt, old.size()));
      compare(a, String.join("", now.subList(nowAt, now.size())), cuts + 1);
    }
    return !anchors.isEmpty();
  }

  private static List<String> pieces(Pattern pattern, String text) {
    List<String> pieces = new ArrayList<>();
    Matcher piece = pattern.matcher(text);
    while (piece.find()) {
      pieces.add(piece.group());
    }
    return pieces;
  }

  private static int length(List<String> pieces) {
    return pieces.stream().mapToInt(String::length).sum();
  }

  private void same(int length) {
    int left = length;
    while (left > 0) {
      int piece = Math.min(left, Math.min(before.left(), after.left()));
      Op a = before.next(piece);
      Op b = after.next(piece);
      if (sameKind(a, b)) {
        result.retain(piece, a.attributes().diff(b.attributes()));
      } else {
        result.add(b).delete(piece);
      }
      left -= piece;
    }
  }

  /** Whether both are text, or both the same embed. */
  private static boolean sameKind(Op a, Op b) {
    return a instanceof Op.Embed x && b instanceof Op.Embed y
        ? x.type().equals(y.type()) && x.value().equals(y.value())
        : a instanceof Op.Insert && b instanceof Op.Insert;
  }

  private void insert(int length) {
    int left = length;
    while (left > 0) {
      Op op = after.next(left);
      result.add(op);
      left -= op.length();
    }
  }

  private void delete(int length) {
    result.delete(length);
    int left = length;
    while (left > 0) {
      left -= before.next(left).length();
    }
  }

  private static String text(Delta document) {
    StringBuilder text = new StringBuilder();
    for (Op op : document.ops()) {
      text.append(op instanceof Op.Insert insert ? insert.text() : THING);
    }
    return text.toString();
  }
}
