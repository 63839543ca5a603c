package io.weft.bench.driver;

/** A fork ended without figures; the message holds what it printed. */
final class FailedFork extends Exception {
  private static final long serialVersionUID = 1;

  FailedFork(String message) {
    super(message);
  }
}
