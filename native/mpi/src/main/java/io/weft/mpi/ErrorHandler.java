package io.weft.mpi;

import io.weft.ffi.CType;
import io.weft.ffi.NativeMemory;
import io.weft.ffi.Upcall;
import io.weft.mpi.ffm.MpiErrorHandlers;
import io.weft.mpi.ffm.PredefinedHandle;
import io.weft.mpi.ffm.Thrown;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.IntConsumer;

/**
 * What the library does when a call fails (MPI-4.0 section 9.3). Whatever it is, a call that
 * returns an error is an {@link MpiException}. A handler in Java is called before that; what it
 * throws is thrown in place of it. MPICH 5 lets the call end as if it had succeeded once such a
 * handler has returned normally: there only the handler hears of the error. Made by {@link
 * Mpi#createErrorHandler}; to be closed.
 */
public final class ErrorHandler implements AutoCloseable {
  /**
   * {@code MPI_ERRORS_RETURN}: errors are exceptions; everything has this unless told otherwise.
   */
  public static final ErrorHandler RETURN = new ErrorHandler(PredefinedHandle.MPI_ERRORS_RETURN);

  /** {@code MPI_ERRORS_ARE_FATAL}: an error ends the job. */
  public static final ErrorHandler FATAL = new ErrorHandler(PredefinedHandle.MPI_ERRORS_ARE_FATAL);

  /** What a handler in Java is for. */
  public enum Kind {
    /** Communicators. */
    COMM,
    /** Windows. */
    WIN,
    /** Files. */
    FILE
  }

  /** C passes more, which is not read: the object's address and the code's come first. */
  private static final FunctionDescriptor TYPE =
      FunctionDescriptor.ofVoid(CType.POINTER, CType.POINTER);

  private static final MethodHandle CALLED = called();

  private final PredefinedHandle predefined;
  private final Mpi mpi;
  private final Kind kind;
  private final IntConsumer function;

  /** Never closed: objects that have the handler keep it after it is freed. */
  private final Arena arena;

  private final long handle;
  private boolean closed;

  private ErrorHandler(PredefinedHandle predefined) {
    this.predefined = predefined;
    this.mpi = null;
    this.kind = null;
    this.function = null;
    this.arena = null;
    this.handle = 0;
  }

  ErrorHandler(Mpi mpi, Kind kind, IntConsumer function) {
    this.predefined = null;
    this.mpi = mpi;
    this.kind = kind;
    this.function = function;
    this.arena = mpi.arena();
    long address = Upcall.of(CALLED.bindTo(this), TYPE, arena);
    MemorySegment place = arena.allocate(Long.BYTES, Long.BYTES);
    switch (kind) {
      case COMM -> MpiErrorHandlers.commCreateErrhandler(address, place.address());
      case WIN -> MpiErrorHandlers.winCreateErrhandler(address, place.address());
      case FILE -> MpiErrorHandlers.fileCreateErrhandler(address, place.address());
    }
    this.handle = mpi.abi().readHandle(place, 0);
  }

  private static MethodHandle called() {
    try {
      return MethodHandles.lookup()
          .findVirtual(
              ErrorHandler.class,
              "called",
              MethodType.methodType(void.class, long.class, long.class));
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  private void called(long object, long code) {
    try {
      function.accept(NativeMemory.EVERYTHING.get(ValueLayout.JAVA_INT, code));
    } catch (Throwable t) {
      Thrown.keepOfHandler(t);
    }
  }

  long handle(Mpi of, Kind wanted) {
    if (predefined != null) {
      return of.abi().handle(predefined);
    }
    if (closed) {
      throw new IllegalStateException("the error handler is closed");
    }
    if (kind != wanted) {
      throw new IllegalArgumentException("the error handler is for " + kind + ", not " + wanted);
    }
    return handle;
  }

  /** {@code MPI_Errhandler_free}; objects that have it keep it. A predefined one stays. */
  @Override
  public void close() {
    if (closed || predefined != null) {
      return;
    }
    mpi.check();
    closed = true;
    try (Arena scratch = Arena.ofConfined()) {
      MemorySegment place = scratch.allocate(Long.BYTES, Long.BYTES);
      mpi.abi().writeHandle(place, 0, handle);
      MpiErrorHandlers.errhandlerFree(place.address());
    }
  }
}
