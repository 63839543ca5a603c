package mpi;

import java.lang.foreign.MemorySegment;
import java.lang.ref.WeakReference;
import java.nio.Buffer;

/**
 * The addresses of the direct buffers that a thread used last: asking the JDK for one makes
 * objects, and programs use few buffers again and again.
 */
final class Addresses {
  private static final int SETS = 32;

  /** As many as a hash may share: a loop over two or three must not push out each other's. */
  private static final int WAYS = 4;

  private final WeakReference<?>[] buffers = new WeakReference<?>[SETS * WAYS];
  private final long[] addresses = new long[SETS * WAYS];
  private int replaced;

  /** The address of the first element of a direct buffer, which never changes. */
  @SuppressWarnings("unchecked") // only buffers are put in
  long of(Buffer direct) {
    int set = (System.identityHashCode(direct) & SETS - 1) * WAYS;
    for (int place = set; place < set + WAYS; place++) {
      WeakReference<Buffer> known = (WeakReference<Buffer>) buffers[place];
      if (known != null && known.refersTo(direct)) {
        return addresses[place];
      }
    }
    long address =
        MemorySegment.ofBuffer(direct).address()
            - (long) direct.position() * Buffers.elementBytes(direct);
    int place = set + (replaced++ & WAYS - 1);
    buffers[place] = new WeakReference<>(direct);
    addresses[place] = address;
    return address;
  }
}
