package io.weft.mpi;

import io.weft.mpi.ffm.MpiConstant;
import io.weft.mpi.ffm.MpiTypes;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Makes datatypes of others (MPI-4.0 section 5.1); given by {@link Mpi#types}. All that are made
 * are to be committed before use, and closed. Arguments that are negative where they must not be,
 * and arrays of unequal length, are {@link IllegalArgumentException}; the library's own refusals
 * {@link MpiException}.
 */
public final class DerivedTypes {
  private final Mpi mpi;

  DerivedTypes(Mpi mpi) {
    this.mpi = mpi;
  }

  /** Calls C with the place for the new type. */
  private interface Maker {
    void make(long newType);
  }

  private DerivedType make(String made, Maker maker) {
    mpi.check();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment place = arena.allocate(Long.BYTES, Long.BYTES);
      maker.make(place.address());
      return DerivedType.of(mpi, made, mpi.abi().readHandle(place, 0));
    }
  }

  private static long raw(Datatype type) {
    return type instanceof DerivedType derived ? derived.raw() : type.handle();
  }

  private static void notNegative(String what, long... values) {
    for (long value : values) {
      if (value < 0) {
        throw new IllegalArgumentException(what + " is " + value + ", less than 0");
      }
    }
  }

  private static void sameLength(int length, int... others) {
    for (int other : others) {
      if (other != length) {
        throw new IllegalArgumentException(
            "the arrays have " + length + " and " + other + " elements");
      }
    }
  }

  /** MPICH divides by their number. */
  private static void someDimensions(int n) {
    if (n == 0) {
      throw new IllegalArgumentException("an array of 0 dimensions");
    }
  }

  private static MemorySegment ints(Arena arena, String what, long... values) {
    MemorySegment result = arena.allocate((long) values.length * Integer.BYTES + 1, Integer.BYTES);
    for (int i = 0; i < values.length; i++) {
      if (values[i] != (int) values[i]) {
        throw new IllegalArgumentException(
            what + " is " + values[i] + ", past what this constructor of libmpi takes");
      }
      result.setAtIndex(ValueLayout.JAVA_INT, i, (int) values[i]);
    }
    return result;
  }

  private static MemorySegment longs(Arena arena, long... values) {
    MemorySegment result = arena.allocate((long) values.length * Long.BYTES + 1, Long.BYTES);
    MemorySegment.copy(values, 0, result, ValueLayout.JAVA_LONG, 0, values.length);
    return result;
  }

  /**
   * {@code MPI_Type_contiguous}: elements one after the other.
   *
   * @param count how many
   * @param of their type
   * @return a type that is not committed
   */
  public DerivedType contiguous(long count, Datatype of) {
    notNegative("count", count);
    return make(
        "contiguous(" + count + ", " + of + ")", to -> MpiTypes.contiguous(count, raw(of), to));
  }

  /**
   * {@code MPI_Type_vector}: blocks at equal distances.
   *
   * @param count how many blocks
   * @param blockLength elements in each
   * @param stride from the start of a block to the next, in elements
   * @param of their type
   * @return a type that is not committed
   */
  public DerivedType vector(long count, long blockLength, long stride, Datatype of) {
    notNegative("count", count);
    notNegative("blockLength", blockLength);
    return make(
        "vector(" + count + ", " + blockLength + ", " + stride + ", " + of + ")",
        to -> MpiTypes.vector(count, blockLength, stride, raw(of), to));
  }

  /**
   * {@code MPI_Type_create_hvector}: blocks at equal distances in bytes.
   *
   * @param count how many blocks
   * @param blockLength elements in each
   * @param strideBytes from the start of a block to the next
   * @param of their type
   * @return a type that is not committed
   */
  public DerivedType hvector(long count, long blockLength, long strideBytes, Datatype of) {
    notNegative("count", count);
    notNegative("blockLength", blockLength);
    return make(
        "hvector(" + count + ", " + blockLength + ", " + strideBytes + ", " + of + ")",
        to -> MpiTypes.createHvector(count, blockLength, strideBytes, raw(of), to));
  }

  /**
   * {@code MPI_Type_indexed}: blocks of unequal length at any places.
   *
   * @param blockLengths elements in each, at most 2^31-1
   * @param displacements where each starts, in elements, of at most 31 bits
   * @param of their type
   * @return a type that is not committed
   */
  public DerivedType indexed(long[] blockLengths, long[] displacements, Datatype of) {
    notNegative("blockLength", blockLengths);
    sameLength(blockLengths.length, displacements.length);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment lengths = ints(arena, "blockLength", blockLengths);
      MemorySegment places = ints(arena, "displacement", displacements);
      return make(
          "indexed(" + blockLengths.length + " blocks, " + of + ")",
          to ->
              MpiTypes.indexed(
                  blockLengths.length, lengths.address(), places.address(), raw(of), to));
    }
  }

  /**
   * {@code MPI_Type_create_hindexed}: blocks of unequal length at any bytes.
   *
   * @param blockLengths elements in each, at most 2^31-1
   * @param displacementsBytes where each starts
   * @param of their type
   * @return a type that is not committed
   */
  public DerivedType hindexed(long[] blockLengths, long[] displacementsBytes, Datatype of) {
    notNegative("blockLength", blockLengths);
    sameLength(blockLengths.length, displacementsBytes.length);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment lengths = ints(arena, "blockLength", blockLengths);
      MemorySegment places = longs(arena, displacementsBytes);
      return make(
          "hindexed(" + blockLengths.length + " blocks, " + of + ")",
          to ->
              MpiTypes.createHindexed(
                  blockLengths.length, lengths.address(), places.address(), raw(of), to));
    }
  }

  /**
   * {@code MPI_Type_create_indexed_block}: blocks of one length at any places.
   *
   * @param blockLength elements in each
   * @param displacements where each starts, in elements, of at most 31 bits
   * @param of their type
   * @return a type that is not committed
   */
  public DerivedType indexedBlock(int blockLength, long[] displacements, Datatype of) {
    notNegative("blockLength", blockLength);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment places = ints(arena, "displacement", displacements);
      return make(
          "indexedBlock(" + displacements.length + " blocks of " + blockLength + ", " + of + ")",
          to ->
              MpiTypes.createIndexedBlock(
                  displacements.length, blockLength, places.address(), raw(of), to));
    }
  }

  /**
   * {@code MPI_Type_create_hindexed_block}: blocks of one length at any bytes.
   *
   * @param blockLength elements in each
   * @param displacementsBytes where each starts
   * @param of their type
   * @return a type that is not committed
   */
  public DerivedType hindexedBlock(int blockLength, long[] displacementsBytes, Datatype of) {
    notNegative("blockLength", blockLength);
    int count = displacementsBytes.length;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment places = longs(arena, displacementsBytes);
      return make(
          "hindexedBlock(" + count + " blocks of " + blockLength + ", " + of + ")",
          to -> MpiTypes.createHindexedBlock(count, blockLength, places.address(), raw(of), to));
    }
  }

  /**
   * {@code MPI_Type_create_struct}: blocks of unequal types at any bytes.
   *
   * @param blockLengths elements in each, at most 2^31-1
   * @param displacementsBytes where each starts
   * @param of the types of each
   * @return a type that is not committed
   */
  public DerivedType struct(long[] blockLengths, long[] displacementsBytes, Datatype... of) {
    notNegative("blockLength", blockLengths);
    sameLength(blockLengths.length, displacementsBytes.length, of.length);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment lengths = ints(arena, "blockLength", blockLengths);
      MemorySegment places = longs(arena, displacementsBytes);
      int bytes = mpi.abi().handleBytes();
      MemorySegment types = arena.allocate((long) bytes * of.length + 1, Long.BYTES);
      for (int i = 0; i < of.length; i++) {
        mpi.abi().writeHandle(types, (long) i * bytes, raw(of[i]));
      }
      return make(
          "struct" + Arrays.toString(of),
          to ->
              MpiTypes.createStruct(
                  of.length, lengths.address(), places.address(), types.address(), to));
    }
  }

  /**
   * {@code MPI_Type_create_subarray}: a box of an array, in the order of C: the last dimension lies
   * together.
   *
   * @param sizes the array's lengths
   * @param subsizes the box's
   * @param starts where the box begins
   * @param of the elements' type
   * @return a type that is not committed; its extent is that of the whole array
   */
  public DerivedType subarray(int[] sizes, int[] subsizes, int[] starts, Datatype of) {
    sameLength(sizes.length, subsizes.length, starts.length);
    someDimensions(sizes.length);
    for (int i = 0; i < sizes.length; i++) {
      // MPICH takes it, and reads elsewhere.
      if (subsizes[i] < 1 || starts[i] < 0 || starts[i] > sizes[i] - subsizes[i]) {
        throw new IllegalArgumentException(
            subsizes[i] + " elements from " + starts[i] + " do not lie in " + sizes[i]);
      }
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment all = arena.allocateFrom(ValueLayout.JAVA_INT, sizes);
      MemorySegment box = arena.allocateFrom(ValueLayout.JAVA_INT, subsizes);
      MemorySegment first = arena.allocateFrom(ValueLayout.JAVA_INT, starts);
      return make(
          "subarray("
              + Arrays.toString(subsizes)
              + " of "
              + Arrays.toString(sizes)
              + ", "
              + of
              + ")",
          to ->
              MpiTypes.createSubarray(
                  sizes.length,
                  all.address(),
                  box.address(),
                  first.address(),
                  mpi.abi().value(MpiConstant.MPI_ORDER_C),
                  raw(of),
                  to));
    }
  }

  /**
   * {@code MPI_Type_create_darray}: a rank's part of an array that is distributed over a grid of
   * ranks in blocks, in the order of C.
   *
   * @param size ranks in the grid
   * @param rank whose part
   * @param sizes the array's lengths
   * @param blocks of each dimension, the block that is dealt out in turn, {@code
   *     MPI_DISTRIBUTE_CYCLIC}; 0 for one block a rank, {@code MPI_DISTRIBUTE_BLOCK}, as long as it
   *     takes
   * @param grid the grid's lengths; their product is {@code size}
   * @param of the elements' type
   * @return a type that is not committed; its extent is that of the whole array
   */
  public DerivedType distributed(
      int size, int rank, int[] sizes, int[] blocks, int[] grid, Datatype of) {
    sameLength(sizes.length, blocks.length, grid.length);
    int n = sizes.length;
    someDimensions(n);
    long product = 1;
    for (int i = 0; i < n; i++) {
      if (sizes[i] < 1 || grid[i] < 1 || blocks[i] < 0) {
        throw new IllegalArgumentException(
            "dimension "
                + i
                + " has length "
                + sizes[i]
                + ", "
                + grid[i]
                + " ranks, blocks of "
                + blocks[i]);
      }
      product *= grid[i];
      if (product > size) {
        throw new IllegalArgumentException(
            "a grid of " + Arrays.toString(grid) + " does not lie in " + size + " ranks");
      }
    }
    if (product != size || rank < 0 || rank >= size) {
      throw new IllegalArgumentException(
          "rank " + rank + " of " + size + " on a grid of " + product);
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment all = arena.allocateFrom(ValueLayout.JAVA_INT, sizes);
      MemorySegment ranks = arena.allocateFrom(ValueLayout.JAVA_INT, grid);
      MemorySegment ways = arena.allocate(4L * n, 4);
      MemorySegment lengths = arena.allocate(4L * n, 4);
      for (int i = 0; i < n; i++) {
        boolean cyclic = blocks[i] > 0;
        ways.setAtIndex(
            ValueLayout.JAVA_INT,
            i,
            mpi.abi()
                .value(
                    cyclic ? MpiConstant.MPI_DISTRIBUTE_CYCLIC : MpiConstant.MPI_DISTRIBUTE_BLOCK));
        // What MPI_DISTRIBUTE_DFLT_DARG stands for.
        lengths.setAtIndex(
            ValueLayout.JAVA_INT, i, cyclic ? blocks[i] : Math.ceilDiv(sizes[i], grid[i]));
      }
      return make(
          "distributed("
              + Arrays.toString(sizes)
              + " over "
              + Arrays.toString(grid)
              + ", "
              + of
              + ")",
          to ->
              MpiTypes.createDarray(
                  size,
                  rank,
                  n,
                  all.address(),
                  ways.address(),
                  lengths.address(),
                  ranks.address(),
                  mpi.abi().value(MpiConstant.MPI_ORDER_C),
                  raw(of),
                  to));
    }
  }

  /**
   * {@code MPI_Type_create_resized}: the same with another extent, so that the next element starts
   * elsewhere.
   *
   * @param of the type
   * @param lowerBound where an element starts, in bytes
   * @param extentBytes how far the next one is
   * @return a type that is not committed
   */
  public DerivedType resized(Datatype of, long lowerBound, long extentBytes) {
    return make(
        "resized(" + of + ", " + lowerBound + ", " + extentBytes + ")",
        to -> MpiTypes.createResized(raw(of), lowerBound, extentBytes, to));
  }

  /**
   * {@code MPI_Type_dup}: the same once more, with its attributes; committed if it is.
   *
   * @param of the type
   * @return a type that is to be committed as others are
   */
  public DerivedType dup(Datatype of) {
    return make(of.toString(), to -> MpiTypes.dup(raw(of), to));
  }
}
