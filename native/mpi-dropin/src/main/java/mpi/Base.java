package mpi;

import java.nio.ByteBuffer;

/** The primitive type that a datatype is made of, in whose elements this API counts extents. */
enum Base {
  /** Bytes; also that of structures. */
  BYTE(1),
  CHAR(2),
  SHORT(2),
  BOOLEAN(1),
  INT(4),
  LONG(8),
  FLOAT(4),
  DOUBLE(8);

  final int bytes;

  Base(int bytes) {
    this.bytes = bytes;
  }

  /** The elements of a buffer as an array. */
  Object toArray(ByteBuffer from) {
    int count = from.capacity() / bytes;
    ByteBuffer all = from.duplicate().order(from.order()).clear();
    switch (this) {
      case BYTE:
        byte[] ofBytes = new byte[count];
        all.get(ofBytes);
        return ofBytes;
      case CHAR:
        char[] chars = new char[count];
        all.asCharBuffer().get(chars);
        return chars;
      case SHORT:
        short[] shorts = new short[count];
        all.asShortBuffer().get(shorts);
        return shorts;
      case BOOLEAN:
        boolean[] booleans = new boolean[count];
        for (int i = 0; i < count; i++) {
          booleans[i] = all.get(i) != 0;
        }
        return booleans;
      case INT:
        int[] ints = new int[count];
        all.asIntBuffer().get(ints);
        return ints;
      case LONG:
        long[] longs = new long[count];
        all.asLongBuffer().get(longs);
        return longs;
      case FLOAT:
        float[] floats = new float[count];
        all.asFloatBuffer().get(floats);
        return floats;
      default:
        double[] doubles = new double[count];
        all.asDoubleBuffer().get(doubles);
        return doubles;
    }
  }

  /** The elements of what {@link #toArray} made, back into the buffer. */
  void fromArray(Object array, ByteBuffer to) {
    ByteBuffer all = to.duplicate().order(to.order()).clear();
    switch (this) {
      case BYTE -> all.put((byte[]) array);
      case CHAR -> all.asCharBuffer().put((char[]) array);
      case SHORT -> all.asShortBuffer().put((short[]) array);
      case BOOLEAN -> {
        boolean[] booleans = (boolean[]) array;
        for (int i = 0; i < booleans.length; i++) {
          all.put(i, (byte) (booleans[i] ? 1 : 0));
        }
      }
      case INT -> all.asIntBuffer().put((int[]) array);
      case LONG -> all.asLongBuffer().put((long[]) array);
      case FLOAT -> all.asFloatBuffer().put((float[]) array);
      case DOUBLE -> all.asDoubleBuffer().put((double[]) array);
    }
  }
}
