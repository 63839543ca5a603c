package mpi;

import io.weft.mpi.MpiException;
import io.weft.mpi.ffm.MpiInterComms;

/** Two groups of processes that talk to each other (MPI-4.0 section 7.6). */
public final class Intercomm extends Comm {
  Intercomm(long handle) {
    super(handle, null);
  }

  Intercomm(long handle, Request request) {
    super(handle, request);
  }

  @Override
  Intercomm like(long handle, Request request) {
    return new Intercomm(handle, request);
  }

  /**
   * As {@link #dup}.
   *
   * @return the copy
   */
  @Override
  public Intercomm clone() {
    return (Intercomm) super.clone();
  }

  @Override
  public Intercomm dup() throws MPIException {
    return (Intercomm) super.dup();
  }

  @Override
  public Intercomm iDup() throws MPIException {
    return (Intercomm) super.iDup();
  }

  @Override
  public Intercomm dupWithInfo(Info info) throws MPIException {
    return (Intercomm) super.dupWithInfo(info);
  }

  /**
   * The number of ranks of the other group, {@code MPI_Comm_remote_size} (MPI-4.0 section 7.6.1).
   *
   * @return how many
   * @throws MPIException if the communicator is freed
   */
  public int getRemoteSize() throws MPIException {
    handle("MPI_Comm_remote_size");
    return peers("MPI_Comm_remote_size");
  }

  /**
   * The other group, {@code MPI_Comm_remote_group} (MPI-4.0 section 7.6.1).
   *
   * @return to be freed
   * @throws MPIException if the communicator is freed
   */
  public Group getRemoteGroup() throws MPIException {
    long h = handle("MPI_Comm_remote_group");
    long place = Scratch.begin().cell;
    try {
      MpiInterComms.remoteGroup(h, place);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return new Group(Lib.readHandle(place));
  }

  /**
   * Makes one group of both, {@code MPI_Intercomm_merge} (MPI-4.0 section 7.6.2). Called by all
   * ranks of both.
   *
   * @param high whether this group's ranks come last
   * @return a communicator of all of them
   * @throws MPIException if MPI fails
   */
  public Intracomm merge(boolean high) throws MPIException {
    long h = handle("MPI_Intercomm_merge");
    long place = Scratch.begin().cell;
    try {
      MpiInterComms.intercommMerge(h, high ? 1 : 0, place);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return new Intracomm(Lib.readHandle(place));
  }

  /**
   * The processes that spawned this one, {@code MPI_Comm_get_parent} (MPI-4.0 section 11.8.2).
   *
   * @return a communicator of two groups; {@linkplain #isNull null} if a launcher started this
   *     process
   * @throws MPIException if MPI does not run
   */
  public static Intercomm getParent() throws MPIException {
    State.check("MPI_Comm_get_parent");
    long place = Scratch.begin().cell;
    try {
      MpiInterComms.getParent(place);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return new Intercomm(Lib.readHandle(place));
  }
}
