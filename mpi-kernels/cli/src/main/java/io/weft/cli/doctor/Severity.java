package io.weft.cli.doctor;

import java.util.Locale;

/** How much a finding matters. */
public enum Severity {
  /** As it should be, or no matter. */
  OK,
  /** Runs go on, but slower or with a risk. */
  WARNING,
  /** Runs fail, or do something other than was asked. */
  ERROR;

  /** The word that is printed. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
