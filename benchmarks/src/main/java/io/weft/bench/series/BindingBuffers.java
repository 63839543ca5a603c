package io.weft.bench.series;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import io.weft.bench.Checksum;
import io.weft.ffi.NativeMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** The memory that every binding moves: native and page-aligned, and arrays of the same length. */
final class BindingBuffers {
  /** Native memory that is sent. */
  final MemorySegment out;

  /** Native memory that is received into. */
  final MemorySegment in;

  /** The array that is sent. */
  final double[] outArray;

  /** The array that is received into. */
  final double[] inArray;

  BindingBuffers(int mostBytes) {
    out = NativeMemory.allocatePages(Arena.global(), mostBytes);
    in = NativeMemory.allocatePages(Arena.global(), mostBytes);
    outArray = new double[mostBytes / Double.BYTES];
    inArray = new double[mostBytes / Double.BYTES];
  }

  /** Whole numbers, so that sums are exact; 0 where something is to arrive. */
  void fill(int rank, int bytes) {
    int doubles = bytes / Double.BYTES;
    for (int i = 0; i < doubles; i++) {
      outArray[i] = i % 1000 + rank;
      out.setAtIndex(JAVA_DOUBLE, i, outArray[i]);
    }
    Arrays.fill(inArray, 0, doubles, 0);
    in.asSlice(0, bytes).fill((byte) 0);
  }

  /** Of what arrived. */
  String checksum(boolean ofArrays, int bytes) {
    return Checksum.of(ofArrays ? MemorySegment.ofArray(inArray) : in, bytes);
  }
}
