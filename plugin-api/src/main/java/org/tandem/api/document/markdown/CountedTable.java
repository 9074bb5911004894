package org.tandem.api.document.markdown;

import java.util.List;
import org.commonmark.ext.gfm.tables.internal.TableBlockParser;
import org.commonmark.internal.BlockStartImpl;
import org.commonmark.node.Block;
import org.commonmark.node.DefinitionMap;
import org.commonmark.node.SourceSpan;
import org.commonmark.parser.InlineParser;
import org.commonmark.parser.SourceLine;
import org.commonmark.parser.block.AbstractBlockParserFactory;
import org.commonmark.parser.block.BlockContinue;
import org.commonmark.parser.block.BlockParser;
import org.commonmark.parser.block.BlockStart;
import org.commonmark.parser.block.MatchedBlockParser;
import org.commonmark.parser.block.ParserState;
import org.jspecify.annotations.Nullable;

/** The library's table, which ends where the reading may cost no further row. Threads: one. */
final class CountedTable implements BlockParser {

  /** Of one reading. */
  static final class Factory extends AbstractBlockParserFactory {

    private final TableBlockParser.Factory tables = new TableBlockParser.Factory(Integer.MAX_VALUE);
    private final MarkdownCost cost;

    Factory(MarkdownCost cost) {
      this.cost = cost;
    }

    /** A table starts at the rule below its head, which is the paragraph's last line. */
    @Override
    public @Nullable BlockStart tryStart(ParserState state, MatchedBlockParser matched) {
      BlockStart start = tables.tryStart(state, matched);
      if (!(start instanceof BlockStartImpl table)) {
        return start;
      }
      CharSequence rule = state.getLine().getContent();
      int columns = 1 + (int) rule.chars().filter(c -> c == '|').count();
      if (!cost.takeRow(columns)) {
        return BlockStart.none();
      }
      return BlockStart.of(new CountedTable(table.getBlockParsers()[0], columns, cost))
          .atIndex(table.getNewIndex())
          .replaceParagraphLines(1);
    }
  }

  private final BlockParser table;
  private final int columns;
  private final MarkdownCost cost;
  private boolean ended;

  private CountedTable(BlockParser table, int columns, MarkdownCost cost) {
    this.table = table;
    this.columns = columns;
    this.cost = cost;
  }

  @Override
  public @Nullable BlockContinue tryContinue(ParserState state) {
    BlockContinue row = table.tryContinue(state);
    return ended ? BlockContinue.none() : row;
  }

  @Override
  public boolean isContainer() {
    return table.isContainer();
  }

  /** A row without a pipe comes in as a lazy line. */
  @Override
  public boolean canHaveLazyContinuationLines() {
    return !ended && table.canHaveLazyContinuationLines();
  }

  @Override
  public boolean canContain(Block child) {
    return table.canContain(child);
  }

  @Override
  public Block getBlock() {
    return table.getBlock();
  }

  @Override
  public void addLine(SourceLine line) {
    ended = !cost.takeRow(columns);
    table.addLine(line);
  }

  @Override
  public void addSourceSpan(SourceSpan span) {
    table.addSourceSpan(span);
  }

  @Override
  public List<DefinitionMap<?>> getDefinitions() {
    return table.getDefinitions();
  }

  @Override
  public void closeBlock() {
    table.closeBlock();
  }

  @Override
  public void parseInlines(InlineParser parser) {
    table.parseInlines(parser);
  }
}
