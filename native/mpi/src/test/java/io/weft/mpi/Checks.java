package io.weft.mpi;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Assumptions;

/** What the parts of {@link BindingTest} share: the ranks, and two buffers. */
abstract class Checks {
  final Mpi mpi;
  final Comm comm;
  final int rank;
  final int size;
  final int next;
  final int previous;
  final MemorySegment send;
  final MemorySegment recv;

  Checks(Mpi mpi, Comm comm) {
    this.mpi = mpi;
    this.comm = comm;
    this.rank = comm.rank();
    this.size = comm.size();
    this.next = (rank + 1) % size;
    this.previous = (rank + size - 1) % size;
    this.send = mpi.allocate(1 << 16);
    this.recv = mpi.allocate(1 << 16);
  }

  /** Skips what the library lacks, and says what. */
  static void needs(Runnable call) {
    try {
      call.run();
    } catch (UnsupportedOperationException lacking) {
      Assumptions.abort(lacking.getMessage());
    }
  }
}
