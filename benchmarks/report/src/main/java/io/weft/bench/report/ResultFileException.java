package io.weft.bench.report;

import java.nio.file.Path;

/** A result file that cannot be used; the message names it, what is wrong, and what to do. */
public final class ResultFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Composes the message.
   *
   * @param file which
   * @param wrong what is wrong, after the name
   * @param toDo what to do
   */
  public ResultFileException(Path file, String wrong, String toDo) {
    super("%s %s; %s".formatted(file, wrong, toDo));
  }
}
