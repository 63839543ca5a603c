package mpi;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/** A complex number that lies in a buffer: what is put goes there. */
public final class FloatComplex {
  private final FloatBuffer buffer;
  private final int index;

  private FloatComplex(FloatBuffer buffer, int index) {
    this.buffer = buffer;
    this.index = 2 * index;
  }

  /**
   * The first complex number of a buffer.
   *
   * @param buffer real and imaginary parts in turns
   * @return a view of it
   */
  public static FloatComplex get(FloatBuffer buffer) {
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
  public static FloatComplex get(FloatBuffer buffer, int index) {
    if (index < 0 || index >= buffer.capacity() / 2) {
      throw new IndexOutOfBoundsException(
          "index is " + index + " of " + buffer.capacity() / 2 + " complex numbers");
    }
    return new FloatComplex(buffer.duplicate().clear(), index);
  }

  /**
   * The first complex number of an array.
   *
   * @param array real and imaginary parts in turns
   * @return a view of it
   */
  public static FloatComplex get(float[] array) {
    return get(FloatBuffer.wrap(array), 0);
  }

  /**
   * A complex number of an array.
   *
   * @param array real and imaginary parts in turns
   * @param index which, counted in complex numbers
   * @return a view of it
   * @throws IndexOutOfBoundsException if it is not in the array
   */
  public static FloatComplex get(float[] array, int index) {
    return get(FloatBuffer.wrap(array), index);
  }

  /**
   * The first complex number of a buffer.
   *
   * @param buffer real and imaginary parts in turns, in the buffer's byte order
   * @return a view of it
   */
  public static FloatComplex get(ByteBuffer buffer) {
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
  public static FloatComplex get(ByteBuffer buffer, int index) {
    return get(buffer.duplicate().order(buffer.order()).clear().asFloatBuffer(), index);
  }

  /**
   * The real part.
   *
   * @return as it is in the buffer
   */
  public float getReal() {
    return buffer.get(index);
  }

  /**
   * The imaginary part.
   *
   * @return as it is in the buffer
   */
  public float getImag() {
    return buffer.get(index + 1);
  }

  /**
   * Puts the real part into the buffer.
   *
   * @param real its value
   */
  public void putReal(float real) {
    buffer.put(index, real);
  }

  /**
   * Puts the imaginary part into the buffer.
   *
   * @param imag its value
   */
  public void putImag(float imag) {
    buffer.put(index + 1, imag);
  }

  /**
   * The number's own part of the buffer: one complex number, for messages too.
   *
   * @return a buffer of two elements that shares its content
   */
  public FloatBuffer getBuffer() {
    return buffer.slice(index, 2);
  }
}
