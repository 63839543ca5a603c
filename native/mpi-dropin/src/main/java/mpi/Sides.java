package mpi;

import io.weft.mpi.ffm.PredefinedHandle;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.nio.Buffer;

/**
 * The two sides of a collective operation, what is given and what is got: the same for an operation
 * that blocks, whose buffers may lie on the heap, and for one that is only started, whose buffers
 * may not. The arena is null for the former; it keeps the latter's arrays of counts.
 */
final class Sides {
  /** In place of a buffer to send from: {@code MPI_IN_PLACE}. */
  static final Object IN_PLACE = new Object();

  private static final long BYTE = Lib.handle(PredefinedHandle.MPI_BYTE);

  private Sides() {}

  static Arena arena(boolean blocking) {
    return blocking ? null : Arena.ofAuto();
  }

  /** The address at which C reads. */
  static long source(
      boolean blocking, String f, String name, Scratch scratch, Object buf, long first, long end)
      throws MPIException {
    if (buf == IN_PLACE) {
      return Lib.IN_PLACE;
    }
    return blocking
        ? scratch.send.source(f, name, buf, first, end)
        : Buffers.direct(f, name, (Buffer) buf, first, end);
  }

  /** The address at which C writes every byte. */
  static long target(
      boolean blocking, String f, String name, Scratch scratch, Object buf, long first, long end)
      throws MPIException {
    return blocking
        ? scratch.receive.target(f, name, buf, first, end)
        : Buffers.directTarget(f, name, (Buffer) buf, first, end);
  }

  /** The address at which C reads and writes, or may leave bytes as they are. */
  static long both(
      boolean blocking, String f, String name, Scratch scratch, Object buf, long first, long end)
      throws MPIException {
    if (buf == IN_PLACE) {
      return Lib.IN_PLACE;
    }
    return blocking
        ? scratch.receive.both(f, name, buf, first, end)
        : Buffers.directTarget(f, name, (Buffer) buf, first, end);
  }

  /**
   * The address at which C writes so many elements: it copies first what it may not write all of,
   * and what is read too.
   */
  static long got(
      boolean blocking,
      String f,
      String name,
      Scratch scratch,
      Object buf,
      long count,
      Datatype type,
      boolean inPlace)
      throws MPIException {
    long first = type.first(count);
    long end = type.end(count);
    return inPlace || buf == IN_PLACE || !type.isContiguous()
        ? both(blocking, f, name, scratch, buf, first, end)
        : target(blocking, f, name, scratch, buf, first, end);
  }

  /** The handle of a datatype; of one that does not count here, which may be null, any. */
  static long type(String f, String name, Datatype type, boolean significant) throws MPIException {
    return significant ? Errors.notNull(f, name, type).committed(f) : BYTE;
  }

  /** Puts counts or displacements where C can read them as long as it needs. */
  static long ints(Arena arena, Scratch scratch, String f, String name, int[] values, int count) {
    Errors.notNull(f, name, values);
    Errors.length(f, name, values.length, count);
    if (arena == null) {
      return scratch.ints(values, count);
    }
    MemorySegment place = arena.allocate((long) count * Integer.BYTES + 1, Integer.BYTES);
    MemorySegment.copy(values, 0, place, ValueLayout.JAVA_INT, 0, count);
    return place.address();
  }

  /** The same for datatypes. */
  static long types(
      Arena arena, Scratch scratch, String f, String name, Datatype[] types, int count)
      throws MPIException {
    Errors.notNull(f, name, types);
    Errors.length(f, name, types.length, count);
    long bytes = (long) count * Lib.HANDLE_BYTES;
    long place =
        arena == null ? scratch.bytes(bytes) : arena.allocate(bytes + 1, Long.BYTES).address();
    for (int i = 0; i < count; i++) {
      long each = Errors.notNull(f, name, i, types[i]).committed(f);
      Lib.writeHandle(place + (long) i * Lib.HANDLE_BYTES, each);
    }
    return place;
  }

  /** The first byte of blocks; displacements count in the type's extent. */
  static long first(int[] counts, int[] displs, int blocks, Datatype type) {
    long first = 0;
    for (int i = 0; i < blocks; i++) {
      if (counts[i] > 0) {
        first = Math.min(first, displs[i] * type.extentBytes() + type.first(counts[i]));
      }
    }
    return first;
  }

  /** The byte after the last of blocks. */
  static long end(int[] counts, int[] displs, int blocks, Datatype type) {
    long end = 0;
    for (int i = 0; i < blocks; i++) {
      if (counts[i] > 0) {
        end = Math.max(end, displs[i] * type.extentBytes() + type.end(counts[i]));
      }
    }
    return end;
  }

  /** The first byte of blocks of unequal types; displacements are in bytes. */
  static long first(int[] counts, int[] displs, Datatype[] types, int blocks) {
    long first = 0;
    for (int i = 0; i < blocks; i++) {
      if (counts[i] > 0) {
        first = Math.min(first, displs[i] + types[i].first(counts[i]));
      }
    }
    return first;
  }

  /** The byte after the last of blocks of unequal types. */
  static long end(int[] counts, int[] displs, Datatype[] types, int blocks) {
    long end = 0;
    for (int i = 0; i < blocks; i++) {
      if (counts[i] > 0) {
        end = Math.max(end, displs[i] + types[i].end(counts[i]));
      }
    }
    return end;
  }

  /** The sum of counts, none of which may be negative. */
  static long sum(String f, String name, int[] counts, int blocks) throws MPIException {
    Errors.notNull(f, name, counts);
    Errors.length(f, name, counts.length, blocks);
    long sum = 0;
    for (int i = 0; i < blocks; i++) {
      Errors.count(f, name, i, counts[i]);
      sum += counts[i];
    }
    return sum;
  }

  /**
   * The end of an operation. One that was started gives its request, which keeps all that C uses;
   * one that has blocked brings what it got, bytes {@code first} to {@code end}, back to the heap,
   * and gives null.
   *
   * @param arena what {@link #arena} gave; null where C was given no array
   * @param op of a reduction; null otherwise. What an operation in Java threw comes out here
   */
  static Request finished(
      boolean blocking,
      Scratch scratch,
      Object sendbuf,
      Object recvbuf,
      long first,
      long end,
      Arena arena,
      Op op)
      throws MPIException {
    if (!blocking) {
      Object arrays = arena == null ? recvbuf : new Object[] {recvbuf, arena};
      return Request.started(Lib.readHandle(scratch.cell), sendbuf, arrays, op);
    }
    Reference.reachabilityFence(sendbuf);
    Reference.reachabilityFence(recvbuf);
    if (op != null) {
      op.rethrow();
      Reference.reachabilityFence(op);
    }
    if (recvbuf != IN_PLACE) {
      scratch.receive.back(recvbuf, first, first, end);
    }
    return null;
  }
}
