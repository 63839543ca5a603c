package io.weft.comm.fabric;

import io.weft.comm.Bootstrap;
import io.weft.comm.CommunicatorException;
import io.weft.comm.shm.Rings;
import io.weft.ffi.NativeCallException;
import io.weft.ffi.ProcessMemory;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/** Rings between all ranks of one host. Confined to the thread that opened it. */
final class RingLink implements AutoCloseable {
  /** The name in the place of a libfabric provider's. */
  static final String PROVIDER = "weft-shm";

  /**
   * The same with long messages in pieces through the rings: sender and receiver copy at the same
   * time, which on a core of its own each is three times as fast as one copy by one of them.
   */
  static final String BY_PIECES = PROVIDER + ";pieces";

  /**
   * The same with long messages read where they lie: half the copies, and the sender need not be
   * running, for ranks that share cores.
   */
  static final String READING = PROVIDER + ";read";

  /** The longest message that is copied through a ring instead of read where it lies. */
  static final long EAGER_BYTES = 8 * 1024;

  private static final long PROBE = 0x57_65_66_74_52_69_6e_67L;

  private final int rank;
  private final int size;
  private final Rings rings;
  private final Arena arena = Arena.ofShared();
  private final ProcessMemory[] processes;
  private final boolean readsMemory;

  private RingLink(Bootstrap bootstrap, String provider, boolean crowded) throws IOException {
    rank = bootstrap.rank();
    size = bootstrap.size();
    rings = new Rings(rank, size);
    try {
      MemorySegment probe = arena.allocateFrom(ValueLayout.JAVA_LONG, PROBE);
      boolean reading = READING.equals(provider) || crowded && !BY_PIECES.equals(provider);
      if (reading) {
        ProcessMemory.allowReaders();
      }
      long pid = ProcessHandle.current().pid();
      String mine = pid + " " + probe.address() + " " + rings.path();
      byte[][] all = Agreement.exchange(bootstrap, mine.getBytes(StandardCharsets.UTF_8));
      processes = new ProcessMemory[size];
      for (int peer = 0; peer < size; peer++) {
        String[] theirs = new String(all[peer], StandardCharsets.UTF_8).split(" ", 3);
        processes[peer] = new ProcessMemory(Long.parseLong(theirs[0]), arena);
        rings.map(peer, theirs[2]);
        reading = reading && canRead(processes[peer], Long.parseLong(theirs[1]));
      }
      readsMemory = agreed(Agreement.exchange(bootstrap, new byte[] {(byte) (reading ? 1 : 0)}));
      rings.seal(); // Everybody has mapped everybody's.
      if (READING.equals(provider) && !readsMemory) {
        throw new Agreement.RefusedException(
            "the kernel does not let ranks read each other's memory (process_vm_readv);"
                + " leave out --provider, or give --provider "
                + BY_PIECES);
      }
    } catch (IOException | RuntimeException failure) {
      rings.close();
      arena.close();
      throw failure;
    }
  }

  private static boolean agreed(byte[][] all) {
    boolean everybody = true;
    for (byte[] each : all) {
      everybody &= each[0] == 1;
    }
    return everybody;
  }

  private boolean canRead(ProcessMemory process, long address) {
    MemorySegment word = arena.allocate(ValueLayout.JAVA_LONG);
    try {
      process.read(word, 0, address, Long.BYTES);
      return word.get(ValueLayout.JAVA_LONG, 0) == PROBE;
    } catch (NativeCallException forbidden) {
      return false; // Long messages then go through the rings, in pieces.
    }
  }

  /** Opens one; collective. What fails on one rank fails on all, with that rank's reason. */
  static RingLink open(Bootstrap bootstrap, FabricSettings settings, boolean crowded) {
    try {
      if (!settings.oneHost()) {
        throw new CommunicatorException(
            "network shm needs all ranks on one host; over several hosts choose ena or efa");
      }
      return new RingLink(bootstrap, settings.provider(), crowded);
    } catch (Agreement.RefusedException elsewhere) {
      throw new CommunicatorException(elsewhere.getMessage());
    } catch (IOException | RuntimeException here) {
      String reason =
          "no memory shared with the other ranks ("
              + here
              + "); --provider shm goes through libfabric's instead";
      Agreement.refuse(bootstrap, reason);
      throw new CommunicatorException("rank " + bootstrap.rank() + ": " + reason, here);
    }
  }

  int rank() {
    return rank;
  }

  int size() {
    return size;
  }

  Rings rings() {
    return rings;
  }

  ProcessMemory process(int peer) {
    return processes[peer];
  }

  /** Whether long messages are read where they lie. */
  boolean readsMemory() {
    return readsMemory;
  }

  @Override
  public void close() {
    rings.close();
    arena.close();
  }
}
