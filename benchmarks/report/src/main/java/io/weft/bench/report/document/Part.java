package io.weft.bench.report.document;

import java.util.List;

/**
 * A heading and what stands below it.
 *
 * @param level 2 for a part of the report, 3 and 4 for parts of parts
 * @param title the heading
 * @param blocks in order
 */
public record Part(int level, String title, List<Block> blocks) {
  /** Copies the list. */
  public Part {
    blocks = List.copyOf(blocks);
  }
}
