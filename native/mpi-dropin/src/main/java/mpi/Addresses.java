package mpi;

import java.lang.foreign.MemorySegment;
import java.lang.ref.WeakReference;
import java.nio.Buffer;

/**
 * The addresses of the direct buffers that a thread used last: asking the JDK for one makes
 * objects, and programs use few buffers again and again.
 */
final class Addresses {
  private static final int PLACES = 64;

  private final WeakReference<?>[] buffers = new WeakReference<?>[PLACES];
  private final long[] addresses = new long[PLACES];

  /** The address of the first element of a direct buffer, which never changes. */
  @SuppressWarnings("unchecked") // only buffers are put in
  long of(Buffer direct) {
    int place = System.identityHashCode(direct) & PLACES - 1;
    WeakReference<Buffer> known = (WeakReference<Buffer>) buffers[place];
    if (known != null && known.refersTo(direct)) {
      return addresses[place];
    }
    long address =
        MemorySegment.ofBuffer(direct).address()
            - (long) direct.position() * Buffers.elementBytes(direct);
    buffers[place] = new WeakReference<>(direct);
    addresses[place] = address;
    return address;
  }
}
