package io.weft.bench.peer;

import io.weft.bench.report.Found;
import io.weft.comm.Communicator;
import io.weft.comm.Job;
import io.weft.comm.Transport;
import io.weft.kernels.Kernel;

/** Weft's own communicators. What ranks tell each other goes the way that is measured. */
public final class CommunicatorPeer extends ControlledPeer {
  private CommunicatorPeer(Job job, Communicator communicator) {
    super(job, communicator);
  }

  /**
   * Opens a communicator over all ranks of a job; collective.
   *
   * @param job the ranks; closed with the peer
   * @param way the library, {@code mpi} or {@code libfabric}, and the network
   * @return the peer, to be closed
   */
  static CommunicatorPeer open(Job job, PeerWay way) {
    return new CommunicatorPeer(
        job, job.open(way.via().library(), way.network(), way.intra(), way.providerOrNull()));
  }

  @Override
  public Operation open(Pattern pattern, long bytes) {
    if (size() < pattern.fewestRanks()) {
      throw new AbsentException(
          pattern.word() + " needs " + pattern.fewestRanks() + " ranks, and these are " + size());
    }
    Communicator comm = control();
    return switch (pattern) {
      case PING_PONG -> new PingPongOperation(comm, bytes);
      case BANDWIDTH -> new WindowOperation(comm, bytes, 1);
      case MESSAGE_RATE -> new WindowOperation(comm, bytes, evenHalf());
      case BIDIRECTIONAL -> new BothWaysOperation(comm, bytes);
      case PUT -> new OneSidedOperation(comm, bytes, true);
      case GET -> new OneSidedOperation(comm, bytes, false);
      case BARRIER -> new BarrierOperation(comm);
      case BCAST -> new BcastOperation(comm, bytes);
      case ALLREDUCE -> new AllreduceOperation(comm, bytes);
      case ALLTOALL -> new AlltoallOperation(comm, bytes);
      case HALO_2D -> new HaloOperation(comm, bytes, 2);
      case HALO_3D -> new HaloOperation(comm, bytes, 3);
    };
  }

  /**
   * Prepares whole runs of a kernel.
   *
   * @param kernel which
   * @param problemClass its size
   * @return the kernel as an operation
   */
  public KernelOperation open(Kernel kernel, String problemClass) {
    return new KernelOperation(control(), kernel, problemClass);
  }

  private int evenHalf() {
    if (size() % 2 != 0) {
      throw new AbsentException("message-rate needs an even number of ranks, not " + size());
    }
    return size() / 2;
  }

  @Override
  public Found found() {
    Transport transport = control().transport();
    return new Found(
        transport.library(),
        hosts() == 1 && !transport.intra().equals("none") ? transport.intra() : transport.network(),
        transport.provider(),
        transport.protocol(),
        transport.device(),
        hosts());
  }
}
