package mpi;

import io.weft.ffi.NativeMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/**
 * Native memory of a thread for the arguments and answers of one call of C, used again by the next.
 * Nothing is allocated but where it grows.
 */
final class Scratch {
  private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);

  /**
   * That of the thread that asked last, which most often asks again: found so, it takes a third of
   * the time. Threads race for it; each takes only what is its own.
   */
  private static Scratch latest;

  private final Thread thread = Thread.currentThread();

  private static final long ALIGNMENT = 8;

  /** Room for more answers than any function has. */
  private static final long CELL_BYTES = 8;

  private static final int CELLS = 8;

  /** Longer than the status of any ABI. */
  private static final long STATUS_BYTES = 64;

  private final MemorySegment fixed =
      Arena.ofAuto().allocate(CELLS * CELL_BYTES + STATUS_BYTES, ALIGNMENT);

  /** Places for answers: integers, handles, or addresses. */
  final long cell = fixed.address();

  final long cell2 = cell + CELL_BYTES;
  final long cell3 = cell + 2 * CELL_BYTES;
  final long cell4 = cell + 3 * CELL_BYTES;
  final long cell5 = cell + 4 * CELL_BYTES;

  /** A place for a status. */
  final long status = cell + CELLS * CELL_BYTES;

  /** Where the arrays lie that C reads from, or writes to. */
  final Staging send = new Staging();

  final Staging receive = new Staging();

  final Addresses addresses = new Addresses();

  private MemorySegment arrays = Arena.ofAuto().allocate(4096, ALIGNMENT);
  private long used;

  /** Keeps memory reachable that was too small and may still be in use. */
  @SuppressWarnings("unused") // nobody reads it
  private Object[] outgrown;

  private Scratch inner;

  private Scratch() {}

  /** The calling thread's, whatever it holds. */
  static Scratch get() {
    Scratch known = latest;
    return known != null && known.thread == Thread.currentThread() ? known : find();
  }

  private static Scratch find() {
    Scratch own = OF_THREAD.get();
    State.calledByAnother();
    latest = own;
    return own;
  }

  /** The calling thread's, with all room for arrays. */
  static Scratch begin() {
    Scratch scratch = get();
    scratch.used = 0;
    return scratch;
  }

  /**
   * Gives the thread another one while C calls Java: what is called may call C.
   *
   * @return what {@link #leave} takes
   */
  static Scratch enter() {
    Scratch outer = OF_THREAD.get();
    if (outer.inner == null) {
      outer.inner = new Scratch();
    }
    OF_THREAD.set(outer.inner);
    latest = outer.inner;
    return outer;
  }

  static void leave(Scratch outer) {
    OF_THREAD.set(outer);
    latest = outer;
  }

  /** The address of room until the next {@link #begin}. */
  long bytes(long length) {
    long start = (used + ALIGNMENT - 1) & -ALIGNMENT;
    if (start + length > arrays.byteSize()) {
      grow(length);
      start = 0;
    }
    used = start + length;
    return arrays.address() + start;
  }

  /** What was handed out since {@link #begin} stays valid: the older memory is kept. */
  private void grow(long length) {
    outgrown = used == 0 ? null : new Object[] {arrays, outgrown};
    arrays = Arena.ofAuto().allocate(2 * (arrays.byteSize() + length), ALIGNMENT);
  }

  /** Puts an array where C can read it, until the next {@link #begin}. */
  long ints(int[] values) {
    return ints(values, values.length);
  }

  /** The same for the first elements of an array. */
  long ints(int[] values, int count) {
    long place = bytes((long) count * Integer.BYTES);
    MemorySegment.copy(values, 0, NativeMemory.EVERYTHING, ValueLayout.JAVA_INT, place, count);
    return place;
  }

  /** The same for addresses and displacements in bytes. */
  long longs(int[] values) {
    long place = bytes((long) values.length * Long.BYTES);
    for (int i = 0; i < values.length; i++) {
      Lib.writeLong(place + (long) i * Long.BYTES, values[i]);
    }
    return place;
  }

  /** The same for truths, as C's {@code int}. */
  long flags(boolean[] values) {
    long place = bytes((long) values.length * Integer.BYTES);
    for (int i = 0; i < values.length; i++) {
      Lib.writeInt(place + (long) i * Integer.BYTES, values[i] ? 1 : 0);
    }
    return place;
  }

  /** The same for a string, as UTF-8 that ends with 0. */
  long text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    long place = bytes(bytes.length + 1L);
    MemorySegment.copy(
        bytes, 0, NativeMemory.EVERYTHING, ValueLayout.JAVA_BYTE, place, bytes.length);
    NativeMemory.EVERYTHING.set(ValueLayout.JAVA_BYTE, place + bytes.length, (byte) 0);
    return place;
  }

  /** Reads what C wrote. */
  static int[] readInts(long address, int count) {
    int[] values = new int[count];
    for (int i = 0; i < count; i++) {
      values[i] = Lib.readInt(address + (long) i * Integer.BYTES);
    }
    return values;
  }
}
