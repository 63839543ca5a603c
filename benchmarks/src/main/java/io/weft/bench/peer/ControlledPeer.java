package io.weft.bench.peer;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.weft.comm.Communicator;
import io.weft.comm.ElementType;
import io.weft.comm.Job;
import io.weft.comm.ReduceOp;
import io.weft.launch.Intra;
import io.weft.launch.Network;
import io.weft.launch.Via;
import java.lang.foreign.MemorySegment;

/**
 * A peer whose ranks were started by MPI and tell each other things between batches through a
 * communicator: the measured one, or for libraries without collectives one over MPI.
 */
abstract class ControlledPeer implements Peer {
  private final Job job;
  private final Communicator control;
  private final MemorySegment words;

  ControlledPeer(Job job, Communicator control) {
    this.job = job;
    this.control = control;
    this.words = control.allocate(2L * Long.BYTES);
  }

  /** What serves a library that is not MPI's to start and to agree; carries nothing measured. */
  static Communicator overMpi(Job job) {
    return job.open(Via.MPI, Network.SHM, Intra.SHM, null);
  }

  final Job job() {
    return job;
  }

  final Communicator control() {
    return control;
  }

  /** On how many hosts the ranks are. */
  final int hosts() {
    return (int) job.hosts().stream().distinct().count();
  }

  @Override
  public final int rank() {
    return job.rank();
  }

  @Override
  public final int size() {
    return job.size();
  }

  @Override
  public final long tell(long word) {
    words.set(JAVA_LONG, 0, word);
    control.bcast(words, 0, Long.BYTES, 0);
    return words.get(JAVA_LONG, 0);
  }

  @Override
  public final void barrier() {
    control.barrier();
  }

  @Override
  public final long largest(long value) {
    return reduce(value, ReduceOp.MAX);
  }

  @Override
  public final long sum(long value) {
    return reduce(value, ReduceOp.SUM);
  }

  private long reduce(long value, ReduceOp op) {
    words.set(JAVA_LONG, 0, value);
    control.allreduce(words, 0, words, Long.BYTES, 1, ElementType.LONG, op);
    return words.get(JAVA_LONG, Long.BYTES);
  }

  /** Closes the communicator and leaves the job; a peer closes what it opened itself before. */
  @Override
  public void close() {
    control.close();
    job.close();
  }
}
