package io.weft.mpi;

import io.weft.ffi.CType;
import io.weft.ffi.NativeMemory;
import io.weft.ffi.Upcall;
import io.weft.mpi.ffm.MpiOps;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * An operation written in Java, {@code MPI_Op_create} (MPI-4.0 section 6.9.5); made by {@link
 * Mpi#createOp}. To be closed; operations under way keep what they need.
 */
public final class UserOp extends Op implements AutoCloseable {
  private static final FunctionDescriptor TYPE =
      FunctionDescriptor.ofVoid(CType.POINTER, CType.POINTER, CType.POINTER, CType.POINTER);

  private static final MethodHandle CALLED = called();

  private final Mpi mpi;
  private final ReductionFunction function;
  private final boolean commutative;

  /** Keeps the C function for as long as this object is reachable: also after it is closed. */
  private final Arena arena;

  private volatile Throwable thrown;

  UserOp(Mpi mpi, ReductionFunction function, boolean commutative) {
    super(0);
    this.mpi = mpi;
    this.function = function;
    this.commutative = commutative;
    this.arena = Arena.ofAuto();
    long address = Upcall.of(CALLED.bindTo(this), TYPE, arena);
    MemorySegment place = arena.allocate(Long.BYTES, Long.BYTES);
    MpiOps.create(address, commutative ? 1 : 0, place.address());
    this.handle = mpi.abi().readHandle(place, 0);
  }

  private static MethodHandle called() {
    try {
      return MethodHandles.lookup()
          .findVirtual(
              UserOp.class,
              "called",
              MethodType.methodType(void.class, long.class, long.class, long.class, long.class));
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  /** {@code MPI_User_function}; nothing may leave it. */
  private void called(long in, long inOut, long length, long datatype) {
    if (thrown != null) {
      return;
    }
    try {
      long count = NativeMemory.EVERYTHING.get(ValueLayout.JAVA_INT, length);
      Datatype type = mpi.typeOf(mpi.abi().readHandle(NativeMemory.EVERYTHING, datatype));
      long bytes = type.endByte(count);
      function.reduce(
          NativeMemory.EVERYTHING.asSlice(in, bytes).asReadOnly(),
          NativeMemory.EVERYTHING.asSlice(inOut, bytes),
          count,
          type);
    } catch (Throwable t) {
      thrown = t;
    }
  }

  @Override
  Throwable thrown() {
    Throwable t = thrown;
    if (t != null) {
      thrown = null;
    }
    return t;
  }

  /**
   * Whether the library may change the order of operands, {@code MPI_Op_commutative}.
   *
   * @return as it was made
   */
  public boolean isCommutative() {
    long h = handle();
    mpi.check();
    try (Arena scratch = Arena.ofConfined()) {
      MemorySegment answer = scratch.allocate(Long.BYTES, Long.BYTES);
      MpiOps.commutative(h, answer.address());
      return answer.get(ValueLayout.JAVA_INT, 0) != 0;
    }
  }

  @Override
  long lookUp() {
    throw new IllegalStateException("the user operation is closed");
  }

  /** {@code MPI_Op_free}; closing twice does nothing. */
  @Override
  public void close() {
    if (handle == 0) {
      return;
    }
    mpi.check();
    try (Arena scratch = Arena.ofConfined()) {
      MemorySegment place = scratch.allocate(Long.BYTES, Long.BYTES);
      mpi.abi().writeHandle(place, 0, handle);
      handle = 0;
      MpiOps.free(place.address());
    }
  }

  /** What it is. */
  @Override
  public String toString() {
    return (commutative ? "commutative" : "non-commutative") + " user operation";
  }
}
