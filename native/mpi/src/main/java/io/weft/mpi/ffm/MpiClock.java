package io.weft.mpi.ffm;

import io.weft.ffi.CType;
import io.weft.ffi.Unchecked;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** MPI's clock, and its hook for profilers (MPI-4.0 sections 9.6 and 15.2.4). */
public final class MpiClock {
  private static final MethodHandle WTIME = clock("MPI_Wtime");

  private static final MethodHandle WTICK = clock("MPI_Wtick");

  private static final MpiFunction PCONTROL = MpiFunction.of("MPI_Pcontrol", CType.INT);

  private MpiClock() {}

  /** These two return no code, but the answer. */
  private static MethodHandle clock(String name) {
    return LibmpiFile.current()
        .library()
        .function(name, FunctionDescriptor.of(ValueLayout.JAVA_DOUBLE));
  }

  /**
   * {@code double (void)}, MPI-4.0 section 9.6.
   *
   * @return seconds since a moment in the past
   */
  public static double wtime() {
    try {
      return (double) WTIME.invokeExact();
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code double (void)}, MPI-4.0 section 9.6.
   *
   * @return the resolution of {@link #wtime} in seconds
   */
  public static double wtick() {
    try {
      return (double) WTICK.invokeExact();
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (const int level, ...)}, MPI-4.0 section 15.2.4; nothing but the level is passed.
   *
   * @param level what the profiler is told
   */
  public static void pcontrol(int level) {
    try {
      PCONTROL.check((int) PCONTROL.handle().invokeExact(level));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }
}
