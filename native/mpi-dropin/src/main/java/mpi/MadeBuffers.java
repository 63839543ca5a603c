package mpi;

import java.lang.foreign.MemorySegment;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The memory of the buffers that {@link MPI#newByteBuffer} and its like have made. A part of a
 * buffer knows where it begins and ends, but not what lies before it; datatypes with a negative
 * lower bound are counted from the middle of a buffer, and reach there.
 */
final class MadeBuffers {
  private static final ConcurrentSkipListMap<Long, Made> BY_ADDRESS = new ConcurrentSkipListMap<>();
  private static final ReferenceQueue<ByteBuffer> COLLECTED = new ReferenceQueue<>();

  private MadeBuffers() {}

  /** One buffer's memory, for as long as a part of it is reachable: parts keep what they are of. */
  private static final class Made extends WeakReference<ByteBuffer> {
    final long begin;
    final long end;

    Made(ByteBuffer buffer) {
      super(buffer, COLLECTED);
      begin = MemorySegment.ofBuffer(buffer).address();
      end = begin + buffer.capacity();
    }
  }

  /** Remembers a buffer that was just made, until it is collected. */
  static ByteBuffer add(ByteBuffer direct) {
    for (var old = COLLECTED.poll(); old != null; old = COLLECTED.poll()) {
      Made made = (Made) old;
      BY_ADDRESS.remove(made.begin, made);
    }
    if (direct.capacity() > 0) {
      Made made = new Made(direct);
      BY_ADDRESS.put(made.begin, made);
    }
    return direct;
  }

  /**
   * The bytes of one of these buffers that lie before an address in it; 0 if it is in none. An
   * entry whose buffer was collected says nothing: its memory may be another's by now.
   */
  static long before(long address) {
    Map.Entry<Long, Made> entry = BY_ADDRESS.floorEntry(address);
    while (entry != null && entry.getValue().refersTo(null)) {
      BY_ADDRESS.remove(entry.getKey(), entry.getValue());
      entry = BY_ADDRESS.floorEntry(address);
    }
    return entry != null && address < entry.getValue().end ? address - entry.getKey() : 0;
  }
}
