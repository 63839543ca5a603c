package io.weft.mpi.ffm;

import io.weft.ffi.SignalHandlers;
import io.weft.launch.RankEnvironment;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** What surrounds {@code MPI_Init_thread} and {@code MPI_Finalize} in a JVM. */
public final class MpiStart {
  private static final long QUIET_NANOS = 100_000_000;

  private MpiStart() {}

  /**
   * {@code MPI_Init_thread} that leaves the JVM its signal handlers.
   *
   * @param required the thread level wanted, as the library numbers it
   * @return the level given, as the library numbers it
   */
  public static int initThread(int required) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment provided = arena.allocate(ValueLayout.JAVA_INT);
      SignalHandlers.preserve(
          () -> {
            MpiEnvironment.initThread(0, 0, required, provided.address());
            return null;
          });
      return provided.get(ValueLayout.JAVA_INT, 0);
    }
  }

  /**
   * Looks whether the launcher started as many ranks as the library sees: a program of one MPI
   * under the launcher of another runs as N jobs of one rank, and says nothing.
   *
   * @param file the library
   * @param worldSize the number of ranks that it sees
   * @param environment the process's environment
   * @return what is wrong and how to mend it, or null
   */
  public static String launcherProblem(
      LibmpiFile file, int worldSize, Map<String, String> environment) {
    int started = RankEnvironment.size(environment);
    if (started <= 0 || started == worldSize) {
      return null;
    }
    return "the launcher ("
        + RankEnvironment.launcherOf(environment).title()
        + ") started "
        + started
        + " ranks, but the library sees "
        + worldSize
        + ": "
        + file.version()
        + " in "
        + file.path()
        + ". Start with the mpirun that belongs to this library, or name the launcher's"
        + " library by "
        + LibmpiFile.LIBRARY_VARIABLE;
  }

  /**
   * To be called before {@code MPI_Finalize} where {@link MpiAbi#finalizeNeedsQuiet}: all pairs are
   * connected, all ranks arrive, and none calls MPI until the last one has left the barrier.
   *
   * @param abi the library's values
   * @param worldSize the number of ranks
   */
  public static void beQuiet(MpiAbi abi, int worldSize) {
    if (worldSize <= 1 || !abi.finalizeNeedsQuiet()) {
      return;
    }
    long world = abi.handle(PredefinedHandle.MPI_COMM_WORLD);
    long type = abi.handle(PredefinedHandle.MPI_INT);
    long blockBytes = (long) Integer.BYTES * worldSize;
    try (Arena arena = Arena.ofConfined()) {
      long blocks = arena.allocate(2 * blockBytes, Integer.BYTES).address();
      MpiCollectives.alltoall(blocks, 1, type, blocks + blockBytes, 1, type, world);
      MpiCollectives.barrier(world);
    }
    boolean interrupted = false;
    long end = System.nanoTime() + QUIET_NANOS;
    for (long left = QUIET_NANOS; left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
      interrupted |= Thread.interrupted(); // Which would end every wait at once.
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
