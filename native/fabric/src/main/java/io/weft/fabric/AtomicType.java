package io.weft.fabric;

import io.weft.fabric.ffm.Constants;

/** The types of Java that atomic operations work on, fi_atomic(3). */
public enum AtomicType {
  /** {@code int}, {@code FI_INT32}. */
  INT(Constants.FI_INT32, Integer.BYTES),

  /** {@code long}, {@code FI_INT64}. */
  LONG(Constants.FI_INT64, Long.BYTES),

  /** {@code float}, {@code FI_FLOAT}. */
  FLOAT(Constants.FI_FLOAT, Float.BYTES),

  /** {@code double}, {@code FI_DOUBLE}. */
  DOUBLE(Constants.FI_DOUBLE, Double.BYTES);

  private final int value;
  private final int bytes;

  AtomicType(int value, int bytes) {
    this.value = value;
    this.bytes = bytes;
  }

  /**
   * The length of an element.
   *
   * @return bytes
   */
  public int bytes() {
    return bytes;
  }

  int value() {
    return value;
  }
}
