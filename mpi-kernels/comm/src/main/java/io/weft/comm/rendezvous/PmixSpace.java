package io.weft.comm.rendezvous;

import io.weft.comm.CommunicatorException;
import io.weft.comm.rendezvous.ffm.Libpmix;
import io.weft.comm.rendezvous.ffm.PmixLayouts;
import io.weft.ffi.NativeLibrary;
import io.weft.ffi.NativeLibraryException;
import io.weft.ffi.NativeMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A launcher with PMIx: Open MPI's {@code mpirun}, {@code srun --mpi=pmix}. */
final class PmixSpace implements KeyValueSpace {
  /** Names the file to open instead of the one that the dynamic linker finds. */
  static final String OVERRIDE = "WEFT_PMIX_LIB";

  private static final String SONAME = "libpmix.so.2";

  private final Libpmix pmix;
  private final Arena arena;
  private final MemorySegment me;
  private final int timeoutSeconds;
  private final int rank;
  private final int size;

  private PmixSpace(Libpmix pmix, Arena arena, MemorySegment me, int timeoutSeconds) {
    this.pmix = pmix;
    this.arena = arena;
    this.me = me;
    this.timeoutSeconds = timeoutSeconds;
    this.rank = me.get(ValueLayout.JAVA_INT, PmixLayouts.PROC_RANK);
    this.size = number(PmixLayouts.JOB_SIZE);
    if (rank < 0 || rank >= size) {
      throw new CommunicatorException("PMIx says that this is rank " + rank + " of " + size);
    }
  }

  static boolean isOffered(Map<String, String> environment) {
    return environment.containsKey("PMIX_NAMESPACE")
        && environment.containsKey("PMIX_RANK")
        && environment.keySet().stream().anyMatch(name -> name.startsWith("PMIX_SERVER_URI"));
  }

  static PmixSpace open(Map<String, String> environment, long deadlineNanos) {
    Libpmix pmix = library(environment.getOrDefault(OVERRIDE, SONAME));
    // The library counts in seconds, and 0 is for ever.
    int seconds = (int) Math.max(1, TimeUnit.NANOSECONDS.toSeconds(deadlineNanos));
    Arena arena = Arena.ofConfined();
    boolean connected = false;
    try {
      MemorySegment me = arena.allocate(PmixLayouts.PROC_BYTES, Integer.BYTES);
      check(pmix, pmix.init(me), "PMIx_Init");
      connected = true;
      return new PmixSpace(pmix, arena, me, seconds);
    } catch (RuntimeException failed) {
      if (connected) {
        pmix.finish();
      }
      arena.close();
      throw failed;
    }
  }

  private static Libpmix library(String name) {
    try {
      return new Libpmix(NativeLibrary.open(name));
    } catch (NativeLibraryException missing) {
      throw new CommunicatorException(
          "the launcher offers PMIx, but its library cannot be used: "
              + missing.getMessage()
              + ". Install it (Debian: libpmix2), name its file in "
              + OVERRIDE
              + ", or set "
              + RendezvousSettings.ADDRESS
              + "=HOST:PORT of rank 0, which needs no launcher",
          missing);
    }
  }

  @Override
  public int rank() {
    return rank;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int localSize() {
    return number(PmixLayouts.LOCAL_SIZE);
  }

  @Override
  public void put(String key, String value) {
    try (Arena call = Arena.ofConfined()) {
      MemorySegment data = call.allocate(PmixLayouts.VALUE_BYTES, Long.BYTES);
      data.set(ValueLayout.JAVA_SHORT, 0, PmixLayouts.STRING);
      data.set(ValueLayout.JAVA_LONG, PmixLayouts.VALUE_DATA, call.allocateFrom(value).address());
      check(pmix, pmix.put(PmixLayouts.GLOBAL, call.allocateFrom(key), data), "PMIx_Put");
      check(pmix, pmix.commit(), "PMIx_Commit");
    }
  }

  @Override
  public void fence() {
    try (Arena call = Arena.ofConfined()) {
      MemorySegment info = call.allocate(2 * PmixLayouts.INFO_BYTES, Long.BYTES);
      setTimeout(info);
      set(info.asSlice(PmixLayouts.INFO_BYTES), PmixLayouts.COLLECT_DATA, PmixLayouts.BOOL, 1);
      int status = pmix.fence(info, 2);
      if (status == PmixLayouts.ERR_TIMEOUT) {
        throw new CommunicatorException(
            "rank "
                + rank
                + ": after "
                + timeoutSeconds
                + " s ("
                + RendezvousSettings.DEADLINE
                + ") not all of "
                + size
                + " ranks had started: PMIx_Fence failed: "
                + pmix.errorString(status));
      }
      check(pmix, status, "PMIx_Fence");
    }
  }

  @Override
  public String get(int owner, String key) {
    try (Arena call = Arena.ofConfined()) {
      long value = value(call, owner, key);
      if (value == 0) {
        throw new CommunicatorException("rank " + owner + " has put no " + key + " into PMIx");
      }
      long text = 0;
      try {
        short type = NativeMemory.EVERYTHING.get(ValueLayout.JAVA_SHORT, value);
        if (type != PmixLayouts.STRING) {
          throw new CommunicatorException("PMIx gives " + key + " as of type " + type);
        }
        text = NativeMemory.pointerAt(value + PmixLayouts.VALUE_DATA);
        return text == 0 ? "" : NativeMemory.stringAt(text);
      } finally {
        pmix.free(text);
        pmix.free(value);
      }
    }
  }

  /** A number of the whole job that the launcher knows; -1 if it does not. */
  private int number(String key) {
    try (Arena call = Arena.ofConfined()) {
      long value = value(call, PmixLayouts.RANK_WILDCARD, key);
      if (value == 0) {
        return -1;
      }
      short type = NativeMemory.EVERYTHING.get(ValueLayout.JAVA_SHORT, value);
      int number =
          NativeMemory.EVERYTHING.get(ValueLayout.JAVA_INT, value + PmixLayouts.VALUE_DATA);
      pmix.free(value);
      if (type != PmixLayouts.UINT32 || number < 1) {
        throw new CommunicatorException(
            "PMIx gives " + key + " as " + number + ", of type " + type);
      }
      return number;
    }
  }

  /** The address of a value, to be freed; 0 if there is none. */
  private long value(Arena call, int owner, String key) {
    MemorySegment info = call.allocate(PmixLayouts.INFO_BYTES, Long.BYTES);
    setTimeout(info);
    MemorySegment proc = call.allocate(PmixLayouts.PROC_BYTES, Integer.BYTES);
    proc.copyFrom(me);
    proc.set(ValueLayout.JAVA_INT, PmixLayouts.PROC_RANK, owner);
    MemorySegment result = call.allocate(ValueLayout.JAVA_LONG);
    int status = pmix.get(proc, call.allocateFrom(key), info, 1, result);
    if (status == PmixLayouts.ERR_NOT_FOUND) {
      return 0;
    }
    check(pmix, status, "PMIx_Get of " + key);
    return result.get(ValueLayout.JAVA_LONG, 0);
  }

  private void setTimeout(MemorySegment info) {
    set(info, PmixLayouts.TIMEOUT, PmixLayouts.INT, timeoutSeconds);
  }

  private static void set(MemorySegment info, String key, short type, int number) {
    info.setString(0, key);
    info.set(ValueLayout.JAVA_SHORT, PmixLayouts.INFO_VALUE, type);
    long data = PmixLayouts.INFO_VALUE + PmixLayouts.VALUE_DATA;
    if (type == PmixLayouts.BOOL) {
      info.set(ValueLayout.JAVA_BYTE, data, (byte) number);
    } else {
      info.set(ValueLayout.JAVA_INT, data, number);
    }
  }

  private static void check(Libpmix pmix, int status, String function) {
    if (status != PmixLayouts.SUCCESS) {
      throw new CommunicatorException(
          function
              + " failed: "
              + pmix.errorString(status)
              + " ("
              + status
              + "; "
              + pmix.version().strip()
              + ")");
    }
  }

  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
      check(pmix, pmix.finish(), "PMIx_Finalize");
    }
  }
}
