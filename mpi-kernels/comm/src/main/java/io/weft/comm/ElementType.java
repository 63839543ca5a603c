package io.weft.comm;

/** What a reduction computes on; values are in the machine's byte order. */
public enum ElementType {
  /** 32-bit signed integer, Java {@code int}. */
  INT(Integer.BYTES),
  /** 64-bit signed integer, Java {@code long}. */
  LONG(Long.BYTES),
  /** IEEE 754 binary32, Java {@code float}. */
  FLOAT(Float.BYTES),
  /** IEEE 754 binary64, Java {@code double}. */
  DOUBLE(Double.BYTES);

  private final int sizeBytes;

  ElementType(int sizeBytes) {
    this.sizeBytes = sizeBytes;
  }

  /**
   * The length of one element.
   *
   * @return bytes
   */
  public int sizeBytes() {
    return sizeBytes;
  }
}
