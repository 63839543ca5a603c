package io.weft.comm;

import io.weft.mpi.Comm;
import io.weft.mpi.Mpi;

/** Exchanges what ranks must know of each other before a communicator opens, over MPI. */
final class MpiBootstrap implements Bootstrap, AutoCloseable {
  private final Mpi mpi;
  private final Comm comm;

  MpiBootstrap(Mpi mpi) {
    this.mpi = mpi;
    this.comm = mpi.world().dup();
  }

  @Override
  public int rank() {
    return comm.rank();
  }

  @Override
  public int size() {
    return comm.size();
  }

  @Override
  public byte[][] allgather(byte[] mine) {
    return MpiBytes.allgather(comm, mine);
  }

  @Override
  public void barrier() {
    comm.barrier();
  }

  @Override
  public void abort(int status) {
    mpi.abort(status);
  }

  @Override
  public void close() {
    comm.close();
  }
}
