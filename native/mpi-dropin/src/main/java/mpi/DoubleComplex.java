package mpi;

import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;

/** A complex number that lies in a buffer: what is put goes there. */
public final class DoubleComplex {
  private final DoubleBuffer buffer;
  private final int index;

  private DoubleComplex(DoubleBuffer buffer, int index) {
    this.buffer = buffer;
    this.index = 2 * index;
  }

  /**
   * The first complex number of a buffer.
   *
   * @param buffer real and imaginary parts in turns
   * @return a view of it
   */
  public static DoubleComplex get(DoubleBuffer buffer) {
    return get(buffer, 0);
  }

  /**
   * A complex number of a buffer.
   *
   * @param buffer real and imaginary parts in turns
   * @param index which, counted in complex numbers from the buffer's first element
   * @return a view of it
   * @throws IndexOutOfBoundsException if it is not in the buffer
   */
  public static DoubleComplex get(DoubleBuffer buffer, int index) {
    if (index < 0 || index >= buffer.capacity() / 2) {
      throw new IndexOutOfBoundsException(
          "index is " + index + " of " + buffer.capacity() / 2 + " complex numbers");
    }
    return new DoubleComplex(buffer.duplicate().clear(), index);
  }

  /**
   * The first complex number of an array.
   *
   * @param array real and imaginary parts in turns
   * @return a view of it
   */
  public static DoubleComplex get(double[] array) {
    return get(DoubleBuffer.wrap(array), 0);
  }

  /**
   * A complex number of an array.
   *
   * @param array real and imaginary parts in turns
   * @param index which, counted in complex numbers
   * @return a view of it
   * @throws IndexOutOfBoundsException if it is not in the array
   */
  public static DoubleComplex get(double[] array, int index) {
    return get(DoubleBuffer.wrap(array), index);
  }

  /**
   * The first complex number of a buffer.
   *
   * @param buffer real and imaginary parts in turns, in the buffer's byte order
   * @return a view of it
   */
  public static DoubleComplex get(ByteBuffer buffer) {
    return get(buffer, 0);
  }

  /**
   * A complex number of a buffer.
   *
   * @param buffer real and imaginary parts in turns, in the buffer's byte order
   * @param index which, counted in complex numbers from the buffer's first byte
   * @return a view of it
   * @throws IndexOutOfBoundsException if it is not in the buffer
   */
  public static DoubleComplex get(ByteBuffer buffer, int index) {
    return get(buffer.duplicate().order(buffer.order()).clear().asDoubleBuffer(), index);
  }

  /**
   * The real part.
   *
   * @return as it is in the buffer
   */
  public double getReal() {
    return buffer.get(index);
  }

  /**
   * The imaginary part.
   *
   * @return as it is in the buffer
   */
  public double getImag() {
    return buffer.get(index + 1);
  }

  /**
   * Puts the real part into the buffer.
   *
   * @param real its value
   */
  public void putReal(double real) {
    buffer.put(index, real);
  }

  /**
   * Puts the imaginary part into the buffer.
   *
   * @param imag its value
   */
  public void putImag(double imag) {
    buffer.put(index + 1, imag);
  }

  /**
   * The number's own part of the buffer: one complex number, for messages too.
   *
   * @return a buffer of two elements that shares its content
   */
  public DoubleBuffer getBuffer() {
    return buffer.slice(index, 2);
  }
}
