package io.weft.bench.report.document;

import java.util.List;

/**
 * A whole report.
 *
 * @param title its name
 * @param summary what it is of, in one sentence
 * @param parts in order
 */
public record Document(String title, String summary, List<Part> parts) {
  /** Copies the list. */
  public Document {
    parts = List.copyOf(parts);
  }
}
