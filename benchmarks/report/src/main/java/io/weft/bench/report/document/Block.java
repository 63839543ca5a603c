package io.weft.bench.report.document;

import java.util.List;

/** What stands below a heading. */
public sealed interface Block
    permits Block.Prose, Block.Warning, Block.Items, Block.Code, Table, Chart {
  /**
   * A paragraph.
   *
   * @param text plain
   */
  record Prose(String text) implements Block {}

  /**
   * A paragraph that must not be overlooked.
   *
   * @param text plain
   */
  record Warning(String text) implements Block {}

  /**
   * A list.
   *
   * @param items plain texts
   */
  record Items(List<String> items) implements Block {
    /** Copies the list. */
    public Items {
      items = List.copyOf(items);
    }
  }

  /**
   * Lines for a shell.
   *
   * @param lines as they are typed
   */
  record Code(String lines) implements Block {}
}
