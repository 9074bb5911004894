package org.tandem.api.readme;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/** The fenced blocks of a text in Markdown, in order. */
public final class Readme {

  /** How a text says that the block behind it is the whole content of a file. */
  private static final Pattern FILE = Pattern.compile("In `([^`]+)` put:");

  private Readme() {}

  /**
   * A fenced block.
   *
   * @param section the heading of the second level that it stands below
   * @param language the word behind the fence, {@code java} for example
   * @param text what stands in it, ends with a line feed
   * @param file the file that it is the content of: the text before it ends with <i>In `file`
   *     put:</i>
   * @param line of the fence, from 1
   */
  public record Block(
      String section, String language, String text, Optional<String> file, int line) {}

  /** The blocks of a file. */
  public static List<Block> blocks(Path file) throws IOException {
    return blocks(Files.readString(file));
  }

  static List<Block> blocks(String markdown) {
    Parser parser = Parser.builder().includeSourceSpans(IncludeSourceSpans.BLOCKS).build();
    Collector collector = new Collector();
    parser.parse(markdown).accept(collector);
    return List.copyOf(collector.blocks);
  }

  private static final class Collector extends AbstractVisitor {

    final List<Block> blocks = new ArrayList<>();
    private String section = "";

    @Override
    public void visit(Heading heading) {
      if (heading.getLevel() <= 2) {
        section = plain(heading);
      }
    }

    @Override
    public void visit(FencedCodeBlock block) {
      blocks.add(
          new Block(
              section,
              block.getInfo().strip(),
              block.getLiteral(),
              file(block.getPrevious()),
              block.getSourceSpans().get(0).getLineIndex() + 1));
    }

    private static Optional<String> file(Node before) {
      if (!(before instanceof Paragraph)) {
        return Optional.empty();
      }
      Matcher matcher = FILE.matcher(plain(before));
      return matcher.find() && matcher.end() == plain(before).length()
          ? Optional.of(matcher.group(1))
          : Optional.empty();
    }

    private static String plain(Node parent) {
      StringBuilder text = new StringBuilder();
      parent.accept(
          new AbstractVisitor() {
            @Override
            public void visit(Text part) {
              text.append(part.getLiteral());
            }

            @Override
            public void visit(Code code) {
              text.append('`').append(code.getLiteral()).append('`');
            }

            @Override
            public void visit(SoftLineBreak end) {
              text.append(' ');
            }
          });
      return text.toString();
    }
  }
}
