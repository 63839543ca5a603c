package io.weft.comm.shm;

import io.weft.ffi.SharedMemory;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/**
 * The rings between this process and all others of a host: each process makes the memory of those
 * that it reads. Confined to one thread.
 */
public final class Rings implements AutoCloseable {
  /** For all rings that one process reads, in bytes; and how long one may be. */
  private static final long MOST_BYTES = 64L << 20;

  private static final long LONGEST = 128 * 1024;
  private static final long SHORTEST = 32 * 1024;

  private final int rank;
  private final int size;
  private final long capacity;
  private final Arena arena = Arena.ofShared();
  private final SharedMemory own;
  private final MemorySegment incoming;
  private final MemorySegment[] outgoing;

  /**
   * Makes the memory of the rings that this process reads.
   *
   * @param rank this one
   * @param size the number of processes
   * @throws IOException if it cannot be mapped
   */
  public Rings(int rank, int size) throws IOException {
    this.rank = rank;
    this.size = size;
    long share = Long.highestOneBit(MOST_BYTES / size);
    this.capacity = Math.clamp(share, SHORTEST, LONGEST);
    this.own = SharedMemory.create("weft-rings");
    try {
      this.incoming = SharedMemory.map(own.path(), size * Ring.bytes(capacity), arena);
    } catch (IOException | RuntimeException failure) {
      close();
      throw failure;
    }
    this.outgoing = new MemorySegment[size];
  }

  /**
   * Where the others find this process's memory until {@link #seal}.
   *
   * @return a path
   */
  public String path() {
    return own.path().toString();
  }

  /**
   * Maps the memory of another process.
   *
   * @param peer its rank
   * @param path what its {@link #path} says
   * @throws IOException if this process may not
   */
  public void map(int peer, String path) throws IOException {
    outgoing[peer] = SharedMemory.map(Path.of(path), size * Ring.bytes(capacity), arena);
  }

  /** Closes the way to this memory; those that have mapped it keep it. */
  public void seal() {
    own.close();
  }

  /**
   * The longest record that all rings take at any time.
   *
   * @return bytes
   */
  public long longestRecord() {
    return capacity / 4;
  }

  /**
   * The writing end of the ring to another process.
   *
   * @param peer its rank
   * @return the end
   */
  public RingWriter writerTo(int peer) {
    return new RingWriter(ring(outgoing[peer], rank));
  }

  /**
   * The reading end of the ring from another process.
   *
   * @param peer its rank
   * @return the end
   */
  public RingReader readerFrom(int peer) {
    return new RingReader(ring(incoming, peer));
  }

  private MemorySegment ring(MemorySegment memory, int writer) {
    return memory.asSlice(writer * Ring.bytes(capacity), Ring.bytes(capacity));
  }

  /** Unmaps everything; the ends must not be used any more. */
  @Override
  public void close() {
    own.close();
    arena.close();
  }
}
