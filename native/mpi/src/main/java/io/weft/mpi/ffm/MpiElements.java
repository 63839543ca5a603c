package io.weft.mpi.ffm;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The type to ask {@code MPI_Get_elements} about (MPI-4.0 section 5.1.11). MPICH 4.0.2 and 5.0.2
 * divide by zero, which ends the process, where every basic element is of {@code MPI_FLOAT_INT}: a
 * C program does the same. A {@code float} and an {@code int} are as long as each other, so their
 * number is that of as many {@code int}.
 */
public final class MpiElements {
  private static final int ENVELOPE_BYTES = 16;

  private MpiElements() {}

  /**
   * The type itself, or one that has as many basic elements in every message.
   *
   * @param datatype the type to count
   * @return the type to ask about
   */
  public static long countable(long datatype) {
    MpiAbi abi = LibmpiFile.current().abi();
    return abi.dividesByFloatInt() && isFloatInt(abi, datatype)
        ? abi.handle(PredefinedHandle.MPI_INT32_T)
        : datatype;
  }

  /** Whether every leaf of the constructors is the pair; a type without leaves is not. */
  private static boolean isFloatInt(MpiAbi abi, long datatype) {
    if (datatype == abi.handle(PredefinedHandle.MPI_FLOAT_INT)) {
      return true;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment answer = arena.allocate(ENVELOPE_BYTES, Integer.BYTES);
      long at = answer.address();
      MpiTypeQueries.getEnvelope(datatype, at, at + 4, at + 8, at + 12);
      int integers = answer.get(ValueLayout.JAVA_INT, 0);
      int addresses = answer.get(ValueLayout.JAVA_INT, 4);
      int types = answer.get(ValueLayout.JAVA_INT, 8);
      if (types == 0) {
        return false;
      }
      MemorySegment handles = arena.allocate((long) types * Long.BYTES, Long.BYTES);
      MpiTypeQueries.getContents(
          datatype,
          integers,
          addresses,
          types,
          arena.allocate((long) integers * Integer.BYTES + 1, Integer.BYTES).address(),
          arena.allocate((long) addresses * Long.BYTES + 1, Long.BYTES).address(),
          handles.address());
      boolean all = true;
      for (int i = 0; i < types; i++) {
        long leaf = abi.readHandle(handles, (long) i * abi.handleBytes());
        // All are looked at: those that are not predefined are ours to free.
        all &= isFloatInt(abi, leaf);
        release(abi, arena, leaf);
      }
      return all;
    }
  }

  private static void release(MpiAbi abi, Arena arena, long datatype) {
    MemorySegment answer = arena.allocate(ENVELOPE_BYTES, Integer.BYTES);
    long at = answer.address();
    MpiTypeQueries.getEnvelope(datatype, at, at + 4, at + 8, at + 12);
    int combiner = answer.get(ValueLayout.JAVA_INT, 12);
    if (combiner != abi.value(MpiConstant.MPI_COMBINER_NAMED)) {
      MemorySegment place = arena.allocate(Long.BYTES, Long.BYTES);
      abi.writeHandle(place, 0, datatype);
      MpiTypes.free(place.address());
    }
  }
}
