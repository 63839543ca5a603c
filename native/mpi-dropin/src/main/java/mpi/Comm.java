package mpi;

import io.weft.ffi.NativeMemory;
import io.weft.mpi.MpiException;
import io.weft.mpi.ffm.MpiComms;
import io.weft.mpi.ffm.MpiConstant;
import io.weft.mpi.ffm.MpiEnvironment;
import io.weft.mpi.ffm.MpiErrorClass;
import io.weft.mpi.ffm.MpiErrorHandlers;
import io.weft.mpi.ffm.MpiInterComms;
import io.weft.mpi.ffm.MpiTopologies;
import io.weft.mpi.ffm.PredefinedHandle;
import java.nio.Buffer;

/**
 * Processes that talk to each other (MPI-4.0 chapters 3, 6 and 7). What the methods do is in a
 * class for each chapter; they are all here because the API has them here.
 *
 * <p>Data begin at a buffer's first element, whatever its position: {@link MPI#slice(int[], int)}
 * and its like begin elsewhere. Where a method blocks, arrays of primitive types and all buffers
 * will do; where it returns at once, direct buffers only ({@link IllegalArgumentException}). What
 * does not lie in a buffer is an {@link ArrayIndexOutOfBoundsException}. Errors of MPI end the job
 * unless {@link #setErrhandler} has been called with {@link MPI#ERRORS_RETURN}.
 */
public class Comm implements Freeable, Cloneable {
  /** For {@link Intracomm#splitType}: processes that can share memory. */
  // Not the library's value: compilers copy this one into programs.
  public static final int TYPE_SHARED = 0;

  private static final int UNKNOWN = -1;

  long handle;

  /** Of {@link #iDup}. */
  private Request request;

  private int size = UNKNOWN;
  private int rank = UNKNOWN;

  /**
   * The ranks that messages go to: those of the other group where there are two. Volatile, and
   * written last, so that a thread that sees it sees whether there are two.
   */
  private volatile int peers = UNKNOWN;

  private boolean inter;
  private int sources = UNKNOWN;
  private int destinations = UNKNOWN;

  Comm(long handle, Request request) {
    this.handle = handle;
    this.request = request;
  }

  /** For every use: refuses what is freed, and any while MPI does not run. */
  final long handle(String function) throws MPIException {
    State.check(function);
    return notNull(function);
  }

  private long notNull(String function) throws MPIException {
    if (handle == Lib.COMM_NULL) {
      throw Errors.argument(
          function, MpiErrorClass.MPI_ERR_COMM, "the communicator is null or freed");
    }
    return handle;
  }

  /** For sending: checks whom to, and the tag. */
  final long to(String function, int dest, int tag) throws MPIException {
    long h = handle(function);
    int ranks = peers(function);
    if ((dest < 0 || dest >= ranks) && dest != Lib.PROC_NULL) {
      throw wrongRank(function, "dest", dest, ranks);
    }
    if (tag < 0) {
      throw wrongTag(function, tag);
    }
    return h;
  }

  /** For receiving: checks whom from, and the tag. */
  final long from(String function, int source, int tag) throws MPIException {
    long h = handle(function);
    int ranks = peers(function);
    if ((source < 0 || source >= ranks) && source != Lib.PROC_NULL && source != Lib.ANY_SOURCE) {
      throw wrongRank(function, "source", source, ranks);
    }
    if (tag < 0 && tag != Lib.ANY_TAG) {
      throw wrongTag(function, tag);
    }
    return h;
  }

  /** For arguments that are ranks of this communicator's own group. */
  final void checkRank(String function, int rank) throws MPIException {
    int ranks = size(function);
    if (rank < 0 || rank >= ranks) {
      throw wrongRank(function, "rank", rank, ranks);
    }
  }

  private static MPIException wrongRank(String function, String name, int rank, int ranks) {
    return Errors.argument(
        function, MpiErrorClass.MPI_ERR_RANK, name + " is " + rank + ", of " + ranks + " ranks");
  }

  private static MPIException wrongTag(String function, int tag) {
    return Errors.argument(function, MpiErrorClass.MPI_ERR_TAG, "tag is " + tag);
  }

  /** For operations with a root. */
  final long root(String function, int root) throws MPIException {
    long h = handle(function);
    int ranks = peers(function);
    if ((root < 0 || root >= ranks) && !(inter && (root == MPI.ROOT || root == Lib.PROC_NULL))) {
      throw Errors.argument(
          function, MpiErrorClass.MPI_ERR_ROOT, "root is " + root + ", of " + ranks + " ranks");
    }
    return h;
  }

  /** Whether this rank is the root. */
  final boolean isRoot(int root) throws MPIException {
    peers("MPI_Comm_rank");
    return inter ? root == MPI.ROOT : root == rank("MPI_Comm_rank");
  }

  /** Whether this rank has a part of its own in an operation with a root. */
  final boolean givesToRoot(int root) {
    return !inter || root >= 0;
  }

  private void atRoot(String function, int root, boolean wanted) throws MPIException {
    root(function, root);
    if (isRoot(root) != wanted) {
      throw Errors.argument(
          function,
          MpiErrorClass.MPI_ERR_ROOT,
          "root is " + root + (wanted ? ", and this rank is not" : ", and this rank is it"));
    }
  }

  final int size(String function) throws MPIException {
    if (size == UNKNOWN) {
      ask(function);
    }
    return size;
  }

  final int rank(String function) throws MPIException {
    if (rank == UNKNOWN) {
      ask(function);
    }
    return rank;
  }

  final int peers(String function) throws MPIException {
    if (peers == UNKNOWN) {
      ask(function);
    }
    return peers;
  }

  /** None of this changes while the communicator lives. */
  private void ask(String function) throws MPIException {
    long h = handle(function);
    long answer = Scratch.get().cell5;
    try {
      MpiInterComms.testInter(h, answer);
      inter = Lib.readFlag(answer);
      MpiComms.rank(h, answer);
      rank = Lib.readInt(answer);
      MpiComms.size(h, answer);
      size = Lib.readInt(answer);
      if (inter) {
        MpiInterComms.remoteSize(h, answer);
      }
      peers = Lib.readInt(answer);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
  }

  /** The number of neighbours that this rank gets from. */
  final int sources(String function) throws MPIException {
    if (sources == UNKNOWN) {
      askNeighbors(function);
    }
    return sources;
  }

  /** The number of neighbours that this rank gives to. */
  final int destinations(String function) throws MPIException {
    if (destinations == UNKNOWN) {
      askNeighbors(function);
    }
    return destinations;
  }

  private void askNeighbors(String function) throws MPIException {
    int[] degrees = Topologies.degrees(function, this);
    sources = degrees[0];
    destinations = degrees[1];
  }

  /**
   * As {@link #dup}.
   *
   * @return the copy
   */
  @Override
  public Comm clone() {
    try {
      return dup();
    } catch (MPIException failed) {
      throw new IllegalStateException(failed.getMessage(), failed);
    }
  }

  /**
   * Copies the communicator and its attributes, {@code MPI_Comm_dup} (MPI-4.0 section 7.4.2).
   * Called by all its ranks.
   *
   * @return the copy
   * @throws MPIException if MPI fails
   */
  public Comm dup() throws MPIException {
    return like(copied(), null);
  }

  /** A communicator of this one's class. */
  Comm like(long handle, Request request) {
    return new Comm(handle, request);
  }

  private long copied() throws MPIException {
    long h = handle("MPI_Comm_dup");
    long place = Scratch.begin().cell;
    try {
      MpiComms.dup(h, place);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return Lib.readHandle(place);
  }

  /**
   * Starts what {@link #dup} does, {@code MPI_Comm_idup} (MPI-4.0 section 7.4.2).
   *
   * @return the copy, not to be used before its {@link #getRequest} is complete
   * @throws MPIException if MPI fails
   */
  public Comm iDup() throws MPIException {
    long h = handle("MPI_Comm_idup");
    Scratch scratch = Scratch.begin();
    try {
      MpiComms.idup(h, scratch.cell, scratch.cell2);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    Request copying = Request.started(Lib.readHandle(scratch.cell2), null, null, null);
    return like(Lib.readHandle(scratch.cell), copying);
  }

  /**
   * As {@link #dup}, with other hints, {@code MPI_Comm_dup_with_info} (MPI-4.0 section 7.4.2).
   *
   * @param info the hints
   * @return the copy
   * @throws MPIException if MPI fails
   */
  public Comm dupWithInfo(Info info) throws MPIException {
    String f = "MPI_Comm_dup_with_info";
    long h = handle(f);
    long hints = Errors.notNull(f, "info", info).handle(f);
    long place = Scratch.begin().cell;
    try {
      MpiComms.dupWithInfo(h, hints, place);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return like(Lib.readHandle(place), null);
  }

  /**
   * The request of a communicator that {@link #iDup} made.
   *
   * @return the request, or null of a communicator that was made otherwise
   */
  public final Request getRequest() {
    return request;
  }

  /**
   * The number of ranks, {@code MPI_Comm_size} (MPI-4.0 section 7.4.1).
   *
   * @return of this process's group where there are two
   * @throws MPIException if the communicator is freed
   */
  public final int getSize() throws MPIException {
    handle("MPI_Comm_size");
    return size("MPI_Comm_size");
  }

  /**
   * This process's rank, {@code MPI_Comm_rank} (MPI-4.0 section 7.4.1).
   *
   * @return 0 to size - 1
   * @throws MPIException if the communicator is freed
   */
  public final int getRank() throws MPIException {
    handle("MPI_Comm_rank");
    return rank("MPI_Comm_rank");
  }

  /**
   * Compares two communicators, {@code MPI_Comm_compare} (MPI-4.0 section 7.4.1).
   *
   * @param comm1 one
   * @param comm2 the other
   * @return {@link MPI#IDENT}, {@link MPI#CONGRUENT}, {@link MPI#SIMILAR} or {@link MPI#UNEQUAL}
   * @throws MPIException if one is freed
   */
  public static int compare(Comm comm1, Comm comm2) throws MPIException {
    String f = "MPI_Comm_compare";
    long h1 = Errors.notNull(f, "comm1", comm1).handle(f);
    long h2 = Errors.notNull(f, "comm2", comm2).handle(f);
    long place = Scratch.begin().cell;
    try {
      MpiComms.compare(h1, h2, place);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return Lib.readInt(place);
  }

  /**
   * Gives the communicator back, {@code MPI_Comm_free} (MPI-4.0 section 7.4.3). Called by all its
   * ranks.
   *
   * @throws MPIException if it is predefined, or freed already
   */
  @Override
  public final void free() throws MPIException {
    String f = "MPI_Comm_free";
    long h = handle(f);
    if (isPredefined()) {
      throw Errors.argument(
          f, MpiErrorClass.MPI_ERR_COMM, "a predefined communicator cannot be freed");
    }
    long place = Scratch.begin().cell;
    Lib.writeHandle(place, h);
    try {
      MpiComms.free(place);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    freed();
  }

  private boolean isPredefined() {
    return handle == Lib.handle(PredefinedHandle.MPI_COMM_WORLD)
        || handle == Lib.handle(PredefinedHandle.MPI_COMM_SELF);
  }

  private void freed() {
    handle = Lib.COMM_NULL;
    size = UNKNOWN;
    rank = UNKNOWN;
    peers = UNKNOWN;
    sources = UNKNOWN;
    destinations = UNKNOWN;
  }

  /**
   * Whether there is no communicator: it is freed, or this process is not in it.
   *
   * @return true if it cannot be used
   */
  public final boolean isNull() {
    return handle == Lib.COMM_NULL;
  }

  /**
   * Gives hints, {@code MPI_Comm_set_info} (MPI-4.0 section 7.4.4).
   *
   * @param info the hints
   * @throws MPIException if MPI fails
   */
  public final void setInfo(Info info) throws MPIException {
    String f = "MPI_Comm_set_info";
    long h = handle(f);
    long hints = Errors.notNull(f, "info", info).handle(f);
    try {
      MpiComms.setInfo(h, hints);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
  }

  /**
   * The hints that MPI uses, {@code MPI_Comm_get_info} (MPI-4.0 section 7.4.4).
   *
   * @return to be freed
   * @throws MPIException if MPI fails
   */
  public final Info getInfo() throws MPIException {
    long h = handle("MPI_Comm_get_info");
    long place = Scratch.begin().cell;
    try {
      MpiComms.getInfo(h, place);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return new Info(Lib.readHandle(place));
  }

  /**
   * Waits for all messages and gives the communicator back, {@code MPI_Comm_disconnect} (MPI-4.0
   * section 11.10.4). Called by all its ranks.
   *
   * @throws MPIException if it is predefined, or freed already
   */
  public final void disconnect() throws MPIException {
    String f = "MPI_Comm_disconnect";
    long h = handle(f);
    if (isPredefined()) {
      throw Errors.argument(
          f, MpiErrorClass.MPI_ERR_COMM, "a predefined communicator cannot be disconnected");
    }
    long place = Scratch.begin().cell;
    Lib.writeHandle(place, h);
    try {
      MpiInterComms.disconnect(place);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    freed();
  }

  /**
   * Its processes, {@code MPI_Comm_group} (MPI-4.0 section 7.3.2).
   *
   * @return to be freed
   * @throws MPIException if the communicator is freed
   */
  public final Group getGroup() throws MPIException {
    long h = handle("MPI_Comm_group");
    long place = Scratch.begin().cell;
    try {
      MpiComms.group(h, place);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return new Group(Lib.readHandle(place));
  }

  /**
   * Whether it has two groups, {@code MPI_Comm_test_inter} (MPI-4.0 section 7.6.1).
   *
   * @return true if messages go to the other group
   * @throws MPIException if the communicator is freed
   */
  public final boolean isInter() throws MPIException {
    handle("MPI_Comm_test_inter");
    peers("MPI_Comm_test_inter");
    return inter;
  }

  /**
   * Joins two groups that have a leader each, {@code MPI_Intercomm_create} (MPI-4.0 section 7.6.2).
   * This communicator has both leaders in it.
   *
   * @param localComm this process's group
   * @param localLeader the rank of its leader
   * @param remoteLeader the rank of the other leader in this communicator
   * @param tag for the leaders' messages
   * @return a communicator of two groups
   * @throws MPIException if MPI fails
   */
  public final Intercomm createIntercomm(Comm localComm, int localLeader, int remoteLeader, int tag)
      throws MPIException {
    String f = "MPI_Intercomm_create";
    long h = handle(f);
    long local = Errors.notNull(f, "localComm", localComm).handle(f);
    long place = Scratch.begin().cell;
    try {
      MpiInterComms.intercommCreate(local, localLeader, h, remoteLeader, tag, place);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return new Intercomm(Lib.readHandle(place));
  }

  /**
   * Sends, and returns when the buffer may be used again, {@code MPI_Send} (MPI-4.0 section 3.2).
   *
   * @param buf the data: an array of a primitive type, or a buffer
   * @param count elements
   * @param type of what
   * @param dest to whom, or {@link MPI#PROC_NULL}
   * @param tag the tag
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final void send(Object buf, int count, Datatype type, int dest, int tag)
      throws MPIException {
    PointToPoint.send(SendMode.STANDARD, this, buf, count, type, dest, tag);
  }

  /**
   * Receives, {@code MPI_Recv} (MPI-4.0 section 3.2). Beyond a message that is shorter the buffer
   * stays as it is.
   *
   * @param buf the data: an array of a primitive type, or a buffer
   * @param count elements
   * @param type of what
   * @param source from whom, {@link MPI#ANY_SOURCE}, or {@link MPI#PROC_NULL}
   * @param tag the tag
   * @return what came
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final Status recv(Object buf, int count, Datatype type, int source, int tag)
      throws MPIException {
    return PointToPoint.recv(this, buf, count, type, source, tag);
  }

  /**
   * Sends and receives, {@code MPI_Sendrecv} (MPI-4.0 section 3.10). The buffers must not overlap.
   *
   * @param sendbuf what is sent: an array of a primitive type, or a buffer
   * @param sendcount elements that are sent
   * @param sendtype of what is sent
   * @param dest to whom, or {@link MPI#PROC_NULL}
   * @param sendtag the tag of what is sent
   * @param recvbuf where what comes is put: an array of a primitive type, or a buffer
   * @param recvcount elements that come
   * @param recvtype of what comes
   * @param source from whom, {@link MPI#ANY_SOURCE}, or {@link MPI#PROC_NULL}
   * @param recvtag the tag of what comes
   * @return what came
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final Status sendRecv(
      Object sendbuf,
      int sendcount,
      Datatype sendtype,
      int dest,
      int sendtag,
      Object recvbuf,
      int recvcount,
      Datatype recvtype,
      int source,
      int recvtag)
      throws MPIException {
    return PointToPoint.sendRecv(
        this, sendbuf, sendcount, sendtype, dest, sendtag, recvbuf, recvcount, recvtype, source,
        recvtag);
  }

  /**
   * Sends what is in a buffer and receives into it, {@code MPI_Sendrecv_replace} (MPI-4.0 section
   * 3.10).
   *
   * @param buf the data: an array of a primitive type, or a buffer
   * @param count elements
   * @param type of what
   * @param dest to whom, or {@link MPI#PROC_NULL}
   * @param sendtag the tag of what is sent
   * @param source from whom, {@link MPI#ANY_SOURCE}, or {@link MPI#PROC_NULL}
   * @param recvtag the tag of what comes
   * @return what came
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final Status sendRecvReplace(
      Object buf, int count, Datatype type, int dest, int sendtag, int source, int recvtag)
      throws MPIException {
    return PointToPoint.sendRecvReplace(this, buf, count, type, dest, sendtag, source, recvtag);
  }

  /**
   * Sends through the buffer of {@link MPI#attachBuffer}, {@code MPI_Bsend} (MPI-4.0 section 3.4).
   *
   * @param buf the data: an array of a primitive type, or a buffer
   * @param count elements
   * @param type of what
   * @param dest to whom, or {@link MPI#PROC_NULL}
   * @param tag the tag
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final void bSend(Object buf, int count, Datatype type, int dest, int tag)
      throws MPIException {
    PointToPoint.send(SendMode.BUFFERED, this, buf, count, type, dest, tag);
  }

  /**
   * Sends, and returns when the receive has begun, {@code MPI_Ssend} (MPI-4.0 section 3.4).
   *
   * @param buf the data: an array of a primitive type, or a buffer
   * @param count elements
   * @param type of what
   * @param dest to whom, or {@link MPI#PROC_NULL}
   * @param tag the tag
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final void sSend(Object buf, int count, Datatype type, int dest, int tag)
      throws MPIException {
    PointToPoint.send(SendMode.SYNCHRONOUS, this, buf, count, type, dest, tag);
  }

  /**
   * Sends what a receive waits for already, {@code MPI_Rsend} (MPI-4.0 section 3.4).
   *
   * @param buf the data: an array of a primitive type, or a buffer
   * @param count elements
   * @param type of what
   * @param dest to whom, or {@link MPI#PROC_NULL}
   * @param tag the tag
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final void rSend(Object buf, int count, Datatype type, int dest, int tag)
      throws MPIException {
    PointToPoint.send(SendMode.READY, this, buf, count, type, dest, tag);
  }

  /**
   * Starts what {@link #send} does, {@code MPI_Isend} (MPI-4.0 section 3.7). The buffer belongs to
   * MPI until the request is complete.
   *
   * @param buf the data; direct
   * @param count elements
   * @param type of what
   * @param dest to whom, or {@link MPI#PROC_NULL}
   * @param tag the tag
   * @return to be completed
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final Request iSend(Buffer buf, int count, Datatype type, int dest, int tag)
      throws MPIException {
    return Starts.send(SendMode.STANDARD, this, buf, count, type, dest, tag);
  }

  /**
   * Starts what {@link #bSend} does, {@code MPI_Ibsend} (MPI-4.0 section 3.7). The buffer belongs
   * to MPI until the request is complete.
   *
   * @param buf the data; direct
   * @param count elements
   * @param type of what
   * @param dest to whom, or {@link MPI#PROC_NULL}
   * @param tag the tag
   * @return to be completed
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final Request ibSend(Buffer buf, int count, Datatype type, int dest, int tag)
      throws MPIException {
    return Starts.send(SendMode.BUFFERED, this, buf, count, type, dest, tag);
  }

  /**
   * Starts what {@link #sSend} does, {@code MPI_Issend} (MPI-4.0 section 3.7). The buffer belongs
   * to MPI until the request is complete.
   *
   * @param buf the data; direct
   * @param count elements
   * @param type of what
   * @param dest to whom, or {@link MPI#PROC_NULL}
   * @param tag the tag
   * @return to be completed
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final Request isSend(Buffer buf, int count, Datatype type, int dest, int tag)
      throws MPIException {
    return Starts.send(SendMode.SYNCHRONOUS, this, buf, count, type, dest, tag);
  }

  /**
   * Starts what {@link #rSend} does, {@code MPI_Irsend} (MPI-4.0 section 3.7). The buffer belongs
   * to MPI until the request is complete.
   *
   * @param buf the data; direct
   * @param count elements
   * @param type of what
   * @param dest to whom, or {@link MPI#PROC_NULL}
   * @param tag the tag
   * @return to be completed
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final Request irSend(Buffer buf, int count, Datatype type, int dest, int tag)
      throws MPIException {
    return Starts.send(SendMode.READY, this, buf, count, type, dest, tag);
  }

  /**
   * Starts what {@link #recv} does, {@code MPI_Irecv} (MPI-4.0 section 3.7). The buffer belongs to
   * MPI until the request is complete.
   *
   * @param buf the data; direct
   * @param count elements
   * @param type of what
   * @param source from whom, {@link MPI#ANY_SOURCE}, or {@link MPI#PROC_NULL}
   * @param tag the tag
   * @return to be completed
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final Request iRecv(Buffer buf, int count, Datatype type, int source, int tag)
      throws MPIException {
    return Starts.recv(this, buf, count, type, source, tag);
  }

  /**
   * Prepares what {@link #send} does, {@code MPI_Send_init} (MPI-4.0 section 3.9).
   *
   * @param buf the data; direct
   * @param count elements
   * @param type of what
   * @param dest to whom, or {@link MPI#PROC_NULL}
   * @param tag the tag
   * @return to be started
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final Prequest sendInit(Buffer buf, int count, Datatype type, int dest, int tag)
      throws MPIException {
    return Starts.sendInit(SendMode.STANDARD, this, buf, count, type, dest, tag);
  }

  /**
   * Prepares what {@link #bSend} does, {@code MPI_Bsend_init} (MPI-4.0 section 3.9).
   *
   * @param buf the data; direct
   * @param count elements
   * @param type of what
   * @param dest to whom, or {@link MPI#PROC_NULL}
   * @param tag the tag
   * @return to be started
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final Prequest bSendInit(Buffer buf, int count, Datatype type, int dest, int tag)
      throws MPIException {
    return Starts.sendInit(SendMode.BUFFERED, this, buf, count, type, dest, tag);
  }

  /**
   * Prepares what {@link #sSend} does, {@code MPI_Ssend_init} (MPI-4.0 section 3.9).
   *
   * @param buf the data; direct
   * @param count elements
   * @param type of what
   * @param dest to whom, or {@link MPI#PROC_NULL}
   * @param tag the tag
   * @return to be started
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final Prequest sSendInit(Buffer buf, int count, Datatype type, int dest, int tag)
      throws MPIException {
    return Starts.sendInit(SendMode.SYNCHRONOUS, this, buf, count, type, dest, tag);
  }

  /**
   * Prepares what {@link #rSend} does, {@code MPI_Rsend_init} (MPI-4.0 section 3.9).
   *
   * @param buf the data; direct
   * @param count elements
   * @param type of what
   * @param dest to whom, or {@link MPI#PROC_NULL}
   * @param tag the tag
   * @return to be started
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final Prequest rSendInit(Buffer buf, int count, Datatype type, int dest, int tag)
      throws MPIException {
    return Starts.sendInit(SendMode.READY, this, buf, count, type, dest, tag);
  }

  /**
   * Prepares what {@link #recv} does, {@code MPI_Recv_init} (MPI-4.0 section 3.9).
   *
   * @param buf the data; direct
   * @param count elements
   * @param type of what
   * @param source from whom, {@link MPI#ANY_SOURCE}, or {@link MPI#PROC_NULL}
   * @param tag the tag
   * @return to be started
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final Prequest recvInit(Buffer buf, int count, Datatype type, int source, int tag)
      throws MPIException {
    return Starts.recvInit(this, buf, count, type, source, tag);
  }

  /**
   * Puts elements into a message of {@link MPI#PACKED}, {@code MPI_Pack} (MPI-4.0 section 5.2).
   *
   * @param inbuf what is read
   * @param incount elements that are read
   * @param type of what
   * @param outbuf what is written
   * @param position the byte at which to start
   * @return the byte after the last that was written
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final int pack(Object inbuf, int incount, Datatype type, byte[] outbuf, int position)
      throws MPIException {
    return PointToPoint.pack(this, inbuf, incount, type, outbuf, position);
  }

  /**
   * Takes elements out of a message of {@link MPI#PACKED}, {@code MPI_Unpack} (MPI-4.0 section
   * 5.2).
   *
   * @param inbuf what is read
   * @param position the byte at which to start
   * @param outbuf what is written
   * @param outcount elements that are written
   * @param type of what
   * @return the byte after the last that was read
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final int unpack(byte[] inbuf, int position, Object outbuf, int outcount, Datatype type)
      throws MPIException {
    return PointToPoint.unpack(this, inbuf, position, outbuf, outcount, type);
  }

  /**
   * How many bytes packed elements take at most, {@code MPI_Pack_size} (MPI-4.0 section 5.2).
   *
   * @param incount elements that are read
   * @param type of what
   * @return in bytes
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final int packSize(int incount, Datatype type) throws MPIException {
    return PointToPoint.packSize(this, incount, type);
  }

  /**
   * Looks for a message, {@code MPI_Iprobe} (MPI-4.0 section 3.8.1).
   *
   * @param source from whom, {@link MPI#ANY_SOURCE}, or {@link MPI#PROC_NULL}
   * @param tag the tag
   * @return who sent it, and how much; null if there is none
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final Status iProbe(int source, int tag) throws MPIException {
    return PointToPoint.iProbe(this, source, tag);
  }

  /**
   * Waits for a message without receiving it, {@code MPI_Probe} (MPI-4.0 section 3.8.1).
   *
   * @param source from whom, {@link MPI#ANY_SOURCE}, or {@link MPI#PROC_NULL}
   * @param tag the tag
   * @return who sent it, and how much
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final Status probe(int source, int tag) throws MPIException {
    return PointToPoint.probe(this, source, tag);
  }

  /**
   * Makes a key for attributes of communicators, {@code MPI_Comm_create_keyval} (MPI-4.0 section
   * 7.7.2). Attributes are copied by {@link #dup}.
   *
   * @return the key
   * @throws MPIException if MPI does not run
   */
  public static int createKeyval() throws MPIException {
    return Attributes.COMM.createKeyval();
  }

  /**
   * Gives a key back, {@code MPI_Comm_free_keyval} (MPI-4.0 section 7.7.2).
   *
   * @param keyval the key
   * @throws MPIException if there is no such key
   */
  public static void freeKeyval(int keyval) throws MPIException {
    Attributes.COMM.freeKeyval(keyval);
  }

  /**
   * Stores an attribute, {@code MPI_Comm_set_attr} (MPI-4.0 section 7.7.2).
   *
   * @param keyval the key
   * @param value what is stored: it is serialised now, so that later changes do not show
   * @throws MPIException if there is no such key, or the value is not serialisable
   */
  public final void setAttr(int keyval, Object value) throws MPIException {
    Attributes.COMM.set(handle("MPI_Comm_set_attr"), keyval, value);
  }

  /**
   * An attribute, {@code MPI_Comm_get_attr} (MPI-4.0 section 7.7.2).
   *
   * @param keyval the key, or one of MPI's such as {@link MPI#TAG_UB}
   * @return a copy of what was stored, or null; of MPI's keys an {@link Integer}, of {@link
   *     MPI#WTIME_IS_GLOBAL} a {@link Boolean}
   * @throws MPIException if there is no such key
   */
  public final Object getAttr(int keyval) throws MPIException {
    long h = handle("MPI_Comm_get_attr");
    return WorldAttributes.has(keyval)
        ? WorldAttributes.get(h, keyval)
        : Attributes.COMM.get(h, keyval);
  }

  /**
   * Removes an attribute, {@code MPI_Comm_delete_attr} (MPI-4.0 section 7.7.2).
   *
   * @param keyval the key
   * @throws MPIException if there is no such key
   */
  public final void deleteAttr(int keyval) throws MPIException {
    Attributes.COMM.delete(handle("MPI_Comm_delete_attr"), keyval);
  }

  /**
   * The kind of its topology, {@code MPI_Topo_test} (MPI-4.0 section 8.5.5).
   *
   * @return {@link MPI#CART}, {@link MPI#GRAPH}, {@link MPI#DIST_GRAPH}, or {@link MPI#UNDEFINED}
   * @throws MPIException if the communicator is freed
   */
  public final int getTopology() throws MPIException {
    long h = handle("MPI_Topo_test");
    long place = Scratch.begin().cell;
    try {
      MpiTopologies.topoTest(h, place);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return Lib.readInt(place);
  }

  /**
   * Ends the job, {@code MPI_Abort} (MPI-4.0 section 9.7); does not return. Any thread may call it.
   *
   * @param errorcode the job's exit status
   * @throws MPIException if MPI does not run
   */
  public final void abort(int errorcode) throws MPIException {
    String f = "MPI_Abort";
    State.checkRunning(f);
    long h = notNull(f);
    try {
      MpiEnvironment.abort(h, errorcode);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
  }

  /**
   * Says what becomes of errors, {@code MPI_Comm_set_errhandler} (MPI-4.0 section 9.3.1).
   *
   * @param errhandler {@link MPI#ERRORS_RETURN} for exceptions
   * @throws MPIException if the communicator is freed
   */
  public final void setErrhandler(Errhandler errhandler) throws MPIException {
    String f = "MPI_Comm_set_errhandler";
    long h = handle(f);
    long handler = Errors.notNull(f, "errhandler", errhandler).handle(f);
    try {
      MpiComms.setErrhandler(h, handler);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
  }

  /**
   * What becomes of errors, {@code MPI_Comm_get_errhandler} (MPI-4.0 section 9.3.1).
   *
   * @return what was set
   * @throws MPIException if the communicator is freed
   */
  public final Errhandler getErrhandler() throws MPIException {
    long h = handle("MPI_Comm_get_errhandler");
    long place = Scratch.begin().cell;
    try {
      MpiComms.getErrhandler(h, place);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return new Errhandler(Lib.readHandle(place));
  }

  /**
   * Does as if there was an error, {@code MPI_Comm_call_errhandler} (MPI-4.0 section 9.5). Where
   * errors return, nothing is thrown.
   *
   * @param errorcode the error
   * @throws MPIException if the communicator is freed
   */
  public void callErrhandler(int errorcode) throws MPIException {
    long h = handle("MPI_Comm_call_errhandler");
    try {
      MpiErrorHandlers.commCallErrhandler(h, errorcode);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
  }

  /**
   * Waits for all ranks, {@code MPI_Barrier} (MPI-4.0 section 6.3).
   *
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final void barrier() throws MPIException {
    Collectives.barrier(true, this);
  }

  /**
   * Starts what {@link #barrier} does, {@code MPI_Ibarrier} (MPI-4.0 section 6.12.1).
   *
   * @return to be completed
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final Request iBarrier() throws MPIException {
    return Collectives.barrier(false, this);
  }

  /**
   * The root gives all the same, {@code MPI_Bcast} (MPI-4.0 section 6.4).
   *
   * @param buf the data: an array of a primitive type, or a buffer
   * @param count elements
   * @param type of what
   * @param root the rank whose part is special; between two groups {@link MPI#ROOT}, {@link
   *     MPI#PROC_NULL} or a rank of the other one
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final void bcast(Object buf, int count, Datatype type, int root) throws MPIException {
    Collectives.bcast(true, this, buf, count, type, root);
  }

  /**
   * Starts what {@code bcast} does, {@code MPI_Ibcast} (MPI-4.0 section 6.12). Buffers and arrays
   * belong to MPI until the request is complete.
   *
   * @param buf the data; direct
   * @param count elements
   * @param type of what
   * @param root the rank whose part is special; between two groups {@link MPI#ROOT}, {@link
   *     MPI#PROC_NULL} or a rank of the other one
   * @return to be completed
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final Request iBcast(Buffer buf, int count, Datatype type, int root) throws MPIException {
    return Collectives.bcast(false, this, buf, count, type, root);
  }

  /**
   * The root gets a block from each, in the order of the ranks; what comes counts there alone,
   * {@code MPI_Gather} (MPI-4.0 section 6.5).
   *
   * @param sendbuf what is sent: an array of a primitive type, or a buffer
   * @param sendcount elements that are sent
   * @param sendtype of what is sent
   * @param recvbuf where what comes is put: an array of a primitive type, or a buffer
   * @param recvcount elements that come
   * @param recvtype of what comes
   * @param root the rank whose part is special; between two groups {@link MPI#ROOT}, {@link
   *     MPI#PROC_NULL} or a rank of the other one
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final void gather(
      Object sendbuf,
      int sendcount,
      Datatype sendtype,
      Object recvbuf,
      int recvcount,
      Datatype recvtype,
      int root)
      throws MPIException {
    Collectives.gather(
        true, this, sendbuf, sendcount, sendtype, recvbuf, recvcount, recvtype, root);
  }

  /**
   * Starts what {@code gather} does, {@code MPI_Igather} (MPI-4.0 section 6.12). Buffers and arrays
   * belong to MPI until the request is complete.
   *
   * @param sendbuf what is sent; direct
   * @param sendcount elements that are sent
   * @param sendtype of what is sent
   * @param recvbuf where what comes is put; direct
   * @param recvcount elements that come
   * @param recvtype of what comes
   * @param root the rank whose part is special; between two groups {@link MPI#ROOT}, {@link
   *     MPI#PROC_NULL} or a rank of the other one
   * @return to be completed
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final Request iGather(
      Buffer sendbuf,
      int sendcount,
      Datatype sendtype,
      Buffer recvbuf,
      int recvcount,
      Datatype recvtype,
      int root)
      throws MPIException {
    return Collectives.gather(
        false, this, sendbuf, sendcount, sendtype, recvbuf, recvcount, recvtype, root);
  }

  /**
   * The root gets a block from each in place: its buffer has one for each, its own already there;
   * the others' have one, {@code MPI_Gather} (MPI-4.0 section 6.5).
   *
   * @param buf the data: an array of a primitive type, or a buffer
   * @param count elements
   * @param type of what
   * @param root the rank whose part is special; between two groups {@link MPI#ROOT}, {@link
   *     MPI#PROC_NULL} or a rank of the other one
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final void gather(Object buf, int count, Datatype type, int root) throws MPIException {
    boolean atRoot = isRoot(root);
    Collectives.gather(
        true,
        this,
        atRoot ? Sides.IN_PLACE : buf,
        count,
        type,
        atRoot ? buf : null,
        count,
        type,
        root);
  }

  /**
   * Starts what {@code gather} does in place, {@code MPI_Igather} (MPI-4.0 section 6.12).
   *
   * @param buf the data; direct
   * @param count elements
   * @param type of what
   * @param root the rank whose part is special; between two groups {@link MPI#ROOT}, {@link
   *     MPI#PROC_NULL} or a rank of the other one
   * @return to be completed
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final Request iGather(Buffer buf, int count, Datatype type, int root) throws MPIException {
    boolean atRoot = isRoot(root);
    return Collectives.gather(
        false,
        this,
        atRoot ? Sides.IN_PLACE : buf,
        count,
        type,
        atRoot ? buf : null,
        count,
        type,
        root);
  }

  /**
   * The root gets a block of any length from each; what comes counts there alone, {@code
   * MPI_Gatherv} (MPI-4.0 section 6.5).
   *
   * @param sendbuf what is sent: an array of a primitive type, or a buffer
   * @param sendcount elements that are sent
   * @param sendtype of what is sent
   * @param recvbuf where what comes is put: an array of a primitive type, or a buffer
   * @param recvcounts elements that come from each
   * @param displs where each block starts, in extents of the type
   * @param recvtype of what comes
   * @param root the rank whose part is special; between two groups {@link MPI#ROOT}, {@link
   *     MPI#PROC_NULL} or a rank of the other one
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final void gatherv(
      Object sendbuf,
      int sendcount,
      Datatype sendtype,
      Object recvbuf,
      int[] recvcounts,
      int[] displs,
      Datatype recvtype,
      int root)
      throws MPIException {
    VectorCollectives.gatherv(
        true, this, sendbuf, sendcount, sendtype, recvbuf, recvcounts, displs, recvtype, root);
  }

  /**
   * Starts what {@code gatherv} does, {@code MPI_Igatherv} (MPI-4.0 section 6.12). Buffers and
   * arrays belong to MPI until the request is complete.
   *
   * @param sendbuf what is sent; direct
   * @param sendcount elements that are sent
   * @param sendtype of what is sent
   * @param recvbuf where what comes is put; direct
   * @param recvcounts elements that come from each
   * @param displs where each block starts, in extents of the type
   * @param recvtype of what comes
   * @param root the rank whose part is special; between two groups {@link MPI#ROOT}, {@link
   *     MPI#PROC_NULL} or a rank of the other one
   * @return to be completed
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final Request iGatherv(
      Buffer sendbuf,
      int sendcount,
      Datatype sendtype,
      Buffer recvbuf,
      int[] recvcounts,
      int[] displs,
      Datatype recvtype,
      int root)
      throws MPIException {
    return VectorCollectives.gatherv(
        false, this, sendbuf, sendcount, sendtype, recvbuf, recvcounts, displs, recvtype, root);
  }

  /**
   * The root's part of {@code gatherv} in place: its own block lies where it is to be, {@code
   * MPI_Gatherv} (MPI-4.0 section 6.5).
   *
   * @param recvbuf where what comes is put: an array of a primitive type, or a buffer
   * @param recvcounts elements that come from each
   * @param displs where each block starts, in extents of the type
   * @param recvtype of what comes
   * @param root the rank whose part is special; between two groups {@link MPI#ROOT}, {@link
   *     MPI#PROC_NULL} or a rank of the other one
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final void gatherv(
      Object recvbuf, int[] recvcounts, int[] displs, Datatype recvtype, int root)
      throws MPIException {
    atRoot("MPI_Gatherv", root, true);
    VectorCollectives.gatherv(
        true, this, Sides.IN_PLACE, 0, null, recvbuf, recvcounts, displs, recvtype, root);
  }

  /**
   * The part of {@code gatherv} of all but the root, {@code MPI_Gatherv} (MPI-4.0 section 6.5).
   *
   * @param sendbuf what is sent: an array of a primitive type, or a buffer
   * @param sendcount elements that are sent
   * @param sendtype of what is sent
   * @param root the rank whose part is special; between two groups {@link MPI#ROOT}, {@link
   *     MPI#PROC_NULL} or a rank of the other one
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final void gatherv(Object sendbuf, int sendcount, Datatype sendtype, int root)
      throws MPIException {
    atRoot("MPI_Gatherv", root, false);
    VectorCollectives.gatherv(
        true, this, sendbuf, sendcount, sendtype, null, null, null, null, root);
  }

  /**
   * The root's part of {@code gatherv} in place: its own block lies where it is to be, {@code
   * MPI_Igatherv} (MPI-4.0 section 6.12).
   *
   * @param recvbuf where what comes is put; direct
   * @param recvcounts elements that come from each
   * @param displs where each block starts, in extents of the type
   * @param recvtype of what comes
   * @param root the rank whose part is special; between two groups {@link MPI#ROOT}, {@link
   *     MPI#PROC_NULL} or a rank of the other one
   * @return to be completed
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final Request iGatherv(
      Buffer recvbuf, int[] recvcounts, int[] displs, Datatype recvtype, int root)
      throws MPIException {
    atRoot("MPI_Igatherv", root, true);
    return VectorCollectives.gatherv(
        false, this, Sides.IN_PLACE, 0, null, recvbuf, recvcounts, displs, recvtype, root);
  }

  /**
   * The part of {@code gatherv} of all but the root, {@code MPI_Igatherv} (MPI-4.0 section 6.12).
   *
   * @param sendbuf what is sent; direct
   * @param sendcount elements that are sent
   * @param sendtype of what is sent
   * @param root the rank whose part is special; between two groups {@link MPI#ROOT}, {@link
   *     MPI#PROC_NULL} or a rank of the other one
   * @return to be completed
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final Request iGatherv(Buffer sendbuf, int sendcount, Datatype sendtype, int root)
      throws MPIException {
    atRoot("MPI_Igatherv", root, false);
    return VectorCollectives.gatherv(
        false, this, sendbuf, sendcount, sendtype, null, null, null, null, root);
  }

  /**
   * Each gets a block from the root, in the order of the ranks; what is sent counts there alone,
   * {@code MPI_Scatter} (MPI-4.0 section 6.6).
   *
   * @param sendbuf what is sent: an array of a primitive type, or a buffer
   * @param sendcount elements that are sent
   * @param sendtype of what is sent
   * @param recvbuf where what comes is put: an array of a primitive type, or a buffer
   * @param recvcount elements that come
   * @param recvtype of what comes
   * @param root the rank whose part is special; between two groups {@link MPI#ROOT}, {@link
   *     MPI#PROC_NULL} or a rank of the other one
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final void scatter(
      Object sendbuf,
      int sendcount,
      Datatype sendtype,
      Object recvbuf,
      int recvcount,
      Datatype recvtype,
      int root)
      throws MPIException {
    Collectives.scatter(
        true, this, sendbuf, sendcount, sendtype, recvbuf, recvcount, recvtype, root);
  }

  /**
   * Starts what {@code scatter} does, {@code MPI_Iscatter} (MPI-4.0 section 6.12). Buffers and
   * arrays belong to MPI until the request is complete.
   *
   * @param sendbuf what is sent; direct
   * @param sendcount elements that are sent
   * @param sendtype of what is sent
   * @param recvbuf where what comes is put; direct
   * @param recvcount elements that come
   * @param recvtype of what comes
   * @param root the rank whose part is special; between two groups {@link MPI#ROOT}, {@link
   *     MPI#PROC_NULL} or a rank of the other one
   * @return to be completed
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final Request iScatter(
      Buffer sendbuf,
      int sendcount,
      Datatype sendtype,
      Buffer recvbuf,
      int recvcount,
      Datatype recvtype,
      int root)
      throws MPIException {
    return Collectives.scatter(
        false, this, sendbuf, sendcount, sendtype, recvbuf, recvcount, recvtype, root);
  }

  /**
   * Each gets a block from the root in place: the root's buffer has one for each, and its own stays
   * there, {@code MPI_Scatter} (MPI-4.0 section 6.6).
   *
   * @param buf the data: an array of a primitive type, or a buffer
   * @param count elements
   * @param type of what
   * @param root the rank whose part is special; between two groups {@link MPI#ROOT}, {@link
   *     MPI#PROC_NULL} or a rank of the other one
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final void scatter(Object buf, int count, Datatype type, int root) throws MPIException {
    boolean atRoot = isRoot(root);
    Collectives.scatter(
        true,
        this,
        atRoot ? buf : null,
        count,
        type,
        atRoot ? Sides.IN_PLACE : buf,
        count,
        type,
        root);
  }

  /**
   * Each gets a block from the root in place: the root's buffer has one for each, and its own stays
   * there, {@code MPI_Iscatter} (MPI-4.0 section 6.12).
   *
   * @param buf the data; direct
   * @param count elements
   * @param type of what
   * @param root the rank whose part is special; between two groups {@link MPI#ROOT}, {@link
   *     MPI#PROC_NULL} or a rank of the other one
   * @return to be completed
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final Request iScatter(Buffer buf, int count, Datatype type, int root)
      throws MPIException {
    boolean atRoot = isRoot(root);
    return Collectives.scatter(
        false,
        this,
        atRoot ? buf : null,
        count,
        type,
        atRoot ? Sides.IN_PLACE : buf,
        count,
        type,
        root);
  }

  /**
   * Each gets a block of any length from the root; what is sent counts there alone, {@code
   * MPI_Scatterv} (MPI-4.0 section 6.6).
   *
   * @param sendbuf what is sent: an array of a primitive type, or a buffer
   * @param sendcounts elements that are sent to each
   * @param displs where each block starts, in extents of the type
   * @param sendtype of what is sent
   * @param recvbuf where what comes is put: an array of a primitive type, or a buffer
   * @param recvcount elements that come
   * @param recvtype of what comes
   * @param root the rank whose part is special; between two groups {@link MPI#ROOT}, {@link
   *     MPI#PROC_NULL} or a rank of the other one
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final void scatterv(
      Object sendbuf,
      int[] sendcounts,
      int[] displs,
      Datatype sendtype,
      Object recvbuf,
      int recvcount,
      Datatype recvtype,
      int root)
      throws MPIException {
    VectorCollectives.scatterv(
        true, this, sendbuf, sendcounts, displs, sendtype, recvbuf, recvcount, recvtype, root);
  }

  /**
   * Starts what {@code scatterv} does, {@code MPI_Iscatterv} (MPI-4.0 section 6.12). Buffers and
   * arrays belong to MPI until the request is complete.
   *
   * @param sendbuf what is sent; direct
   * @param sendcounts elements that are sent to each
   * @param displs where each block starts, in extents of the type
   * @param sendtype of what is sent
   * @param recvbuf where what comes is put; direct
   * @param recvcount elements that come
   * @param recvtype of what comes
   * @param root the rank whose part is special; between two groups {@link MPI#ROOT}, {@link
   *     MPI#PROC_NULL} or a rank of the other one
   * @return to be completed
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final Request iScatterv(
      Buffer sendbuf,
      int[] sendcounts,
      int[] displs,
      Datatype sendtype,
      Buffer recvbuf,
      int recvcount,
      Datatype recvtype,
      int root)
      throws MPIException {
    return VectorCollectives.scatterv(
        false, this, sendbuf, sendcounts, displs, sendtype, recvbuf, recvcount, recvtype, root);
  }

  /**
   * The root's part of {@code scatterv} in place: its own block stays where it is, {@code
   * MPI_Scatterv} (MPI-4.0 section 6.6).
   *
   * @param sendbuf what is sent: an array of a primitive type, or a buffer
   * @param sendcounts elements that are sent to each
   * @param displs where each block starts, in extents of the type
   * @param sendtype of what is sent
   * @param root the rank whose part is special; between two groups {@link MPI#ROOT}, {@link
   *     MPI#PROC_NULL} or a rank of the other one
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final void scatterv(
      Object sendbuf, int[] sendcounts, int[] displs, Datatype sendtype, int root)
      throws MPIException {
    atRoot("MPI_Scatterv", root, true);
    VectorCollectives.scatterv(
        true, this, sendbuf, sendcounts, displs, sendtype, Sides.IN_PLACE, 0, null, root);
  }

  /**
   * The part of {@code scatterv} of all but the root, {@code MPI_Scatterv} (MPI-4.0 section 6.6).
   *
   * @param recvbuf where what comes is put: an array of a primitive type, or a buffer
   * @param recvcount elements that come
   * @param recvtype of what comes
   * @param root the rank whose part is special; between two groups {@link MPI#ROOT}, {@link
   *     MPI#PROC_NULL} or a rank of the other one
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final void scatterv(Object recvbuf, int recvcount, Datatype recvtype, int root)
      throws MPIException {
    atRoot("MPI_Scatterv", root, false);
    VectorCollectives.scatterv(
        true, this, null, null, null, null, recvbuf, recvcount, recvtype, root);
  }

  /**
   * The root's part of {@code scatterv} in place: its own block stays where it is, {@code
   * MPI_Iscatterv} (MPI-4.0 section 6.12).
   *
   * @param sendbuf what is sent; direct
   * @param sendcounts elements that are sent to each
   * @param displs where each block starts, in extents of the type
   * @param sendtype of what is sent
   * @param root the rank whose part is special; between two groups {@link MPI#ROOT}, {@link
   *     MPI#PROC_NULL} or a rank of the other one
   * @return to be completed
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final Request iScatterv(
      Buffer sendbuf, int[] sendcounts, int[] displs, Datatype sendtype, int root)
      throws MPIException {
    atRoot("MPI_Iscatterv", root, true);
    return VectorCollectives.scatterv(
        false, this, sendbuf, sendcounts, displs, sendtype, Sides.IN_PLACE, 0, null, root);
  }

  /**
   * The part of {@code scatterv} of all but the root, {@code MPI_Iscatterv} (MPI-4.0 section 6.12).
   *
   * @param recvbuf where what comes is put; direct
   * @param recvcount elements that come
   * @param recvtype of what comes
   * @param root the rank whose part is special; between two groups {@link MPI#ROOT}, {@link
   *     MPI#PROC_NULL} or a rank of the other one
   * @return to be completed
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final Request iScatterv(Buffer recvbuf, int recvcount, Datatype recvtype, int root)
      throws MPIException {
    atRoot("MPI_Iscatterv", root, false);
    return VectorCollectives.scatterv(
        false, this, null, null, null, null, recvbuf, recvcount, recvtype, root);
  }

  /**
   * All get a block from each, in the order of the ranks, {@code MPI_Allgather} (MPI-4.0 section
   * 6.7).
   *
   * @param sendbuf what is sent: an array of a primitive type, or a buffer
   * @param sendcount elements that are sent
   * @param sendtype of what is sent
   * @param recvbuf where what comes is put: an array of a primitive type, or a buffer
   * @param recvcount elements that come
   * @param recvtype of what comes
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final void allGather(
      Object sendbuf,
      int sendcount,
      Datatype sendtype,
      Object recvbuf,
      int recvcount,
      Datatype recvtype)
      throws MPIException {
    Exchanges.allGather(
        true, Peers.RANKS, this, sendbuf, sendcount, sendtype, recvbuf, recvcount, recvtype);
  }

  /**
   * Starts what {@code allGather} does, {@code MPI_Iallgather} (MPI-4.0 section 6.12). Buffers and
   * arrays belong to MPI until the request is complete.
   *
   * @param sendbuf what is sent; direct
   * @param sendcount elements that are sent
   * @param sendtype of what is sent
   * @param recvbuf where what comes is put; direct
   * @param recvcount elements that come
   * @param recvtype of what comes
   * @return to be completed
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final Request iAllGather(
      Buffer sendbuf,
      int sendcount,
      Datatype sendtype,
      Buffer recvbuf,
      int recvcount,
      Datatype recvtype)
      throws MPIException {
    return Exchanges.allGather(
        false, Peers.RANKS, this, sendbuf, sendcount, sendtype, recvbuf, recvcount, recvtype);
  }

  /**
   * All get a block from each in place: each one's own lies where it is to be, {@code
   * MPI_Allgather} (MPI-4.0 section 6.7).
   *
   * @param buf the data: an array of a primitive type, or a buffer
   * @param count elements
   * @param type of what
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final void allGather(Object buf, int count, Datatype type) throws MPIException {
    Exchanges.allGather(true, Peers.RANKS, this, Sides.IN_PLACE, 0, null, buf, count, type);
  }

  /**
   * Starts what {@code allGather} does, {@code MPI_Iallgather} (MPI-4.0 section 6.12). Buffers and
   * arrays belong to MPI until the request is complete.
   *
   * @param buf the data; direct
   * @param count elements
   * @param type of what
   * @return to be completed
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final Request iAllGather(Buffer buf, int count, Datatype type) throws MPIException {
    return Exchanges.allGather(false, Peers.RANKS, this, Sides.IN_PLACE, 0, null, buf, count, type);
  }

  /**
   * All get a block of any length from each, {@code MPI_Allgatherv} (MPI-4.0 section 6.7).
   *
   * @param sendbuf what is sent: an array of a primitive type, or a buffer
   * @param sendcount elements that are sent
   * @param sendtype of what is sent
   * @param recvbuf where what comes is put: an array of a primitive type, or a buffer
   * @param recvcounts elements that come from each
   * @param displs where each block starts, in extents of the type
   * @param recvtype of what comes
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final void allGatherv(
      Object sendbuf,
      int sendcount,
      Datatype sendtype,
      Object recvbuf,
      int[] recvcounts,
      int[] displs,
      Datatype recvtype)
      throws MPIException {
    Exchanges.allGatherv(
        true,
        Peers.RANKS,
        this,
        sendbuf,
        sendcount,
        sendtype,
        recvbuf,
        recvcounts,
        displs,
        recvtype);
  }

  /**
   * Starts what {@code allGatherv} does, {@code MPI_Iallgatherv} (MPI-4.0 section 6.12). Buffers
   * and arrays belong to MPI until the request is complete.
   *
   * @param sendbuf what is sent; direct
   * @param sendcount elements that are sent
   * @param sendtype of what is sent
   * @param recvbuf where what comes is put; direct
   * @param recvcounts elements that come from each
   * @param displs where each block starts, in extents of the type
   * @param recvtype of what comes
   * @return to be completed
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final Request iAllGatherv(
      Buffer sendbuf,
      int sendcount,
      Datatype sendtype,
      Buffer recvbuf,
      int[] recvcounts,
      int[] displs,
      Datatype recvtype)
      throws MPIException {
    return Exchanges.allGatherv(
        false,
        Peers.RANKS,
        this,
        sendbuf,
        sendcount,
        sendtype,
        recvbuf,
        recvcounts,
        displs,
        recvtype);
  }

  /**
   * All get a block of any length from each in place: each one's own lies where it is to be, {@code
   * MPI_Allgatherv} (MPI-4.0 section 6.7).
   *
   * @param recvbuf where what comes is put: an array of a primitive type, or a buffer
   * @param recvcounts elements that come from each
   * @param displs where each block starts, in extents of the type
   * @param recvtype of what comes
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final void allGatherv(Object recvbuf, int[] recvcounts, int[] displs, Datatype recvtype)
      throws MPIException {
    Exchanges.allGatherv(
        true, Peers.RANKS, this, Sides.IN_PLACE, 0, null, recvbuf, recvcounts, displs, recvtype);
  }

  /**
   * Starts what {@code allGatherv} does, {@code MPI_Iallgatherv} (MPI-4.0 section 6.12). Buffers
   * and arrays belong to MPI until the request is complete.
   *
   * @param recvbuf where what comes is put; direct
   * @param recvcounts elements that come from each
   * @param displs where each block starts, in extents of the type
   * @param recvtype of what comes
   * @return to be completed
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final Request iAllGatherv(
      Buffer recvbuf, int[] recvcounts, int[] displs, Datatype recvtype) throws MPIException {
    return Exchanges.allGatherv(
        false, Peers.RANKS, this, Sides.IN_PLACE, 0, null, recvbuf, recvcounts, displs, recvtype);
  }

  /**
   * Each gets a block of its own from each, {@code MPI_Alltoall} (MPI-4.0 section 6.8).
   *
   * @param sendbuf what is sent: an array of a primitive type, or a buffer
   * @param sendcount elements that are sent
   * @param sendtype of what is sent
   * @param recvbuf where what comes is put: an array of a primitive type, or a buffer
   * @param recvcount elements that come
   * @param recvtype of what comes
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final void allToAll(
      Object sendbuf,
      int sendcount,
      Datatype sendtype,
      Object recvbuf,
      int recvcount,
      Datatype recvtype)
      throws MPIException {
    Exchanges.allToAll(
        true, Peers.RANKS, this, sendbuf, sendcount, sendtype, recvbuf, recvcount, recvtype);
  }

  /**
   * Starts what {@code allToAll} does, {@code MPI_Ialltoall} (MPI-4.0 section 6.12). Buffers and
   * arrays belong to MPI until the request is complete.
   *
   * @param sendbuf what is sent; direct
   * @param sendcount elements that are sent
   * @param sendtype of what is sent
   * @param recvbuf where what comes is put; direct
   * @param recvcount elements that come
   * @param recvtype of what comes
   * @return to be completed
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final Request iAllToAll(
      Buffer sendbuf,
      int sendcount,
      Datatype sendtype,
      Buffer recvbuf,
      int recvcount,
      Datatype recvtype)
      throws MPIException {
    return Exchanges.allToAll(
        false, Peers.RANKS, this, sendbuf, sendcount, sendtype, recvbuf, recvcount, recvtype);
  }

  /**
   * Each gets a block of its own, of any length, from each, {@code MPI_Alltoallv} (MPI-4.0 section
   * 6.8).
   *
   * @param sendbuf what is sent: an array of a primitive type, or a buffer
   * @param sendcounts elements that are sent to each
   * @param sdispls where each block that is sent starts, in extents of the type
   * @param sendtype of what is sent
   * @param recvbuf where what comes is put: an array of a primitive type, or a buffer
   * @param recvcounts elements that come from each
   * @param rdispls where each block that comes is put, in extents of the type
   * @param recvtype of what comes
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final void allToAllv(
      Object sendbuf,
      int[] sendcounts,
      int[] sdispls,
      Datatype sendtype,
      Object recvbuf,
      int[] recvcounts,
      int[] rdispls,
      Datatype recvtype)
      throws MPIException {
    Exchanges.allToAllv(
        true,
        Peers.RANKS,
        this,
        sendbuf,
        sendcounts,
        sdispls,
        sendtype,
        recvbuf,
        recvcounts,
        rdispls,
        recvtype);
  }

  /**
   * Starts what {@code allToAllv} does, {@code MPI_Ialltoallv} (MPI-4.0 section 6.12). Buffers and
   * arrays belong to MPI until the request is complete.
   *
   * @param sendbuf what is sent; direct
   * @param sendcounts elements that are sent to each
   * @param sdispls where each block that is sent starts, in extents of the type
   * @param sendtype of what is sent
   * @param recvbuf where what comes is put; direct
   * @param recvcounts elements that come from each
   * @param rdispls where each block that comes is put, in extents of the type
   * @param recvtype of what comes
   * @return to be completed
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final Request iAllToAllv(
      Buffer sendbuf,
      int[] sendcounts,
      int[] sdispls,
      Datatype sendtype,
      Buffer recvbuf,
      int[] recvcounts,
      int[] rdispls,
      Datatype recvtype)
      throws MPIException {
    return Exchanges.allToAllv(
        false,
        Peers.RANKS,
        this,
        sendbuf,
        sendcounts,
        sdispls,
        sendtype,
        recvbuf,
        recvcounts,
        rdispls,
        recvtype);
  }

  /**
   * Each gets a block of its own, of any length and type, from each, {@code MPI_Alltoallw} (MPI-4.0
   * section 6.8), as Open MPI 4.1's bindings declare it.
   *
   * @param sendbuf what is sent; may lie on the heap
   * @param sendcounts elements that are sent to each
   * @param sdispls where each block that is sent starts, in bytes
   * @param sendtypes of what is sent to each
   * @param recvbuf where what comes is put; may lie on the heap
   * @param recvcounts elements that come from each
   * @param rdispls where each block that comes is put, in bytes
   * @param recvtypes of what comes from each
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final void allToAllw(
      Buffer sendbuf,
      int[] sendcounts,
      int[] sdispls,
      Datatype[] sendtypes,
      Buffer recvbuf,
      int[] recvcounts,
      int[] rdispls,
      Datatype[] recvtypes)
      throws MPIException {
    VectorCollectives.allToAllw(
        true,
        this,
        sendbuf,
        sendcounts,
        sdispls,
        sendtypes,
        recvbuf,
        recvcounts,
        rdispls,
        recvtypes);
  }

  /**
   * Each gets a block of its own, of any length and type, from each, {@code MPI_Alltoallw} (MPI-4.0
   * section 6.8), as Open MPI 5.0's bindings declare it.
   *
   * @param sendbuf what is sent: an array of a primitive type, or a buffer
   * @param sendcounts elements that are sent to each
   * @param sdispls where each block that is sent starts, in bytes
   * @param sendtypes of what is sent to each
   * @param recvbuf where what comes is put: an array of a primitive type, or a buffer
   * @param recvcounts elements that come from each
   * @param rdispls where each block that comes is put, in bytes
   * @param recvtypes of what comes from each
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final void allToAllw(
      Object sendbuf,
      int[] sendcounts,
      int[] sdispls,
      Datatype[] sendtypes,
      Object recvbuf,
      int[] recvcounts,
      int[] rdispls,
      Datatype[] recvtypes)
      throws MPIException {
    VectorCollectives.allToAllw(
        true,
        this,
        sendbuf,
        sendcounts,
        sdispls,
        sendtypes,
        recvbuf,
        recvcounts,
        rdispls,
        recvtypes);
  }

  /**
   * Starts what {@code allToAllw} does, {@code MPI_Ialltoallw} (MPI-4.0 section 6.12). Buffers and
   * arrays belong to MPI until the request is complete.
   *
   * @param sendbuf what is sent; direct
   * @param sendcounts elements that are sent to each
   * @param sdispls where each block that is sent starts, in bytes
   * @param sendtypes of what is sent to each
   * @param recvbuf where what comes is put; direct
   * @param recvcounts elements that come from each
   * @param rdispls where each block that comes is put, in bytes
   * @param recvtypes of what comes from each
   * @return to be completed
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final Request iAllToAllw(
      Buffer sendbuf,
      int[] sendcounts,
      int[] sdispls,
      Datatype[] sendtypes,
      Buffer recvbuf,
      int[] recvcounts,
      int[] rdispls,
      Datatype[] recvtypes)
      throws MPIException {
    return VectorCollectives.allToAllw(
        false,
        this,
        sendbuf,
        sendcounts,
        sdispls,
        sendtypes,
        recvbuf,
        recvcounts,
        rdispls,
        recvtypes);
  }

  /**
   * Each gets a block from each neighbour, {@code MPI_Neighbor_allgather} (MPI-4.0 section 8.6).
   *
   * @param sendbuf what is sent: an array of a primitive type, or a buffer
   * @param sendcount elements that are sent
   * @param sendtype of what is sent
   * @param recvbuf where what comes is put: an array of a primitive type, or a buffer
   * @param recvcount elements that come
   * @param recvtype of what comes
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final void neighborAllGather(
      Object sendbuf,
      int sendcount,
      Datatype sendtype,
      Object recvbuf,
      int recvcount,
      Datatype recvtype)
      throws MPIException {
    Exchanges.allGather(
        true, Peers.NEIGHBORS, this, sendbuf, sendcount, sendtype, recvbuf, recvcount, recvtype);
  }

  /**
   * Starts what {@code neighborAllGather} does, {@code MPI_Ineighbor_allgather} (MPI-4.0 section
   * 8.7). Buffers and arrays belong to MPI until the request is complete.
   *
   * @param sendbuf what is sent; direct
   * @param sendcount elements that are sent
   * @param sendtype of what is sent
   * @param recvbuf where what comes is put; direct
   * @param recvcount elements that come
   * @param recvtype of what comes
   * @return to be completed
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final Request iNeighborAllGather(
      Buffer sendbuf,
      int sendcount,
      Datatype sendtype,
      Buffer recvbuf,
      int recvcount,
      Datatype recvtype)
      throws MPIException {
    return Exchanges.allGather(
        false, Peers.NEIGHBORS, this, sendbuf, sendcount, sendtype, recvbuf, recvcount, recvtype);
  }

  /**
   * Each gets a block of any length from each neighbour, {@code MPI_Neighbor_allgatherv} (MPI-4.0
   * section 8.6).
   *
   * @param sendbuf what is sent: an array of a primitive type, or a buffer
   * @param sendcount elements that are sent
   * @param sendtype of what is sent
   * @param recvbuf where what comes is put: an array of a primitive type, or a buffer
   * @param recvcounts elements that come from each
   * @param displs where each block starts, in extents of the type
   * @param recvtype of what comes
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final void neighborAllGatherv(
      Object sendbuf,
      int sendcount,
      Datatype sendtype,
      Object recvbuf,
      int[] recvcounts,
      int[] displs,
      Datatype recvtype)
      throws MPIException {
    Exchanges.allGatherv(
        true,
        Peers.NEIGHBORS,
        this,
        sendbuf,
        sendcount,
        sendtype,
        recvbuf,
        recvcounts,
        displs,
        recvtype);
  }

  /**
   * Starts what {@code neighborAllGatherv} does, {@code MPI_Ineighbor_allgatherv} (MPI-4.0 section
   * 8.7). Buffers and arrays belong to MPI until the request is complete.
   *
   * @param sendbuf what is sent; direct
   * @param sendcount elements that are sent
   * @param sendtype of what is sent
   * @param recvbuf where what comes is put; direct
   * @param recvcounts elements that come from each
   * @param displs where each block starts, in extents of the type
   * @param recvtype of what comes
   * @return to be completed
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final Request iNeighborAllGatherv(
      Buffer sendbuf,
      int sendcount,
      Datatype sendtype,
      Buffer recvbuf,
      int[] recvcounts,
      int[] displs,
      Datatype recvtype)
      throws MPIException {
    return Exchanges.allGatherv(
        false,
        Peers.NEIGHBORS,
        this,
        sendbuf,
        sendcount,
        sendtype,
        recvbuf,
        recvcounts,
        displs,
        recvtype);
  }

  /**
   * Each gets a block of its own from each neighbour, {@code MPI_Neighbor_alltoall} (MPI-4.0
   * section 8.6).
   *
   * @param sendbuf what is sent: an array of a primitive type, or a buffer
   * @param sendcount elements that are sent
   * @param sendtype of what is sent
   * @param recvbuf where what comes is put: an array of a primitive type, or a buffer
   * @param recvcount elements that come
   * @param recvtype of what comes
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final void neighborAllToAll(
      Object sendbuf,
      int sendcount,
      Datatype sendtype,
      Object recvbuf,
      int recvcount,
      Datatype recvtype)
      throws MPIException {
    Exchanges.allToAll(
        true, Peers.NEIGHBORS, this, sendbuf, sendcount, sendtype, recvbuf, recvcount, recvtype);
  }

  /**
   * Starts what {@code neighborAllToAll} does, {@code MPI_Ineighbor_alltoall} (MPI-4.0 section
   * 8.7). Buffers and arrays belong to MPI until the request is complete.
   *
   * @param sendbuf what is sent; direct
   * @param sendcount elements that are sent
   * @param sendtype of what is sent
   * @param recvbuf where what comes is put; direct
   * @param recvcount elements that come
   * @param recvtype of what comes
   * @return to be completed
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final Request iNeighborAllToAll(
      Buffer sendbuf,
      int sendcount,
      Datatype sendtype,
      Buffer recvbuf,
      int recvcount,
      Datatype recvtype)
      throws MPIException {
    return Exchanges.allToAll(
        false, Peers.NEIGHBORS, this, sendbuf, sendcount, sendtype, recvbuf, recvcount, recvtype);
  }

  /**
   * Each gets a block of its own, of any length, from each neighbour, {@code
   * MPI_Neighbor_alltoallv} (MPI-4.0 section 8.6).
   *
   * @param sendbuf what is sent: an array of a primitive type, or a buffer
   * @param sendcounts elements that are sent to each
   * @param sdispls where each block that is sent starts, in extents of the type
   * @param sendtype of what is sent
   * @param recvbuf where what comes is put: an array of a primitive type, or a buffer
   * @param recvcounts elements that come from each
   * @param rdispls where each block that comes is put, in extents of the type
   * @param recvtype of what comes
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final void neighborAllToAllv(
      Object sendbuf,
      int[] sendcounts,
      int[] sdispls,
      Datatype sendtype,
      Object recvbuf,
      int[] recvcounts,
      int[] rdispls,
      Datatype recvtype)
      throws MPIException {
    Exchanges.allToAllv(
        true,
        Peers.NEIGHBORS,
        this,
        sendbuf,
        sendcounts,
        sdispls,
        sendtype,
        recvbuf,
        recvcounts,
        rdispls,
        recvtype);
  }

  /**
   * Starts what {@code neighborAllToAllv} does, {@code MPI_Ineighbor_alltoallv} (MPI-4.0 section
   * 8.7). Buffers and arrays belong to MPI until the request is complete.
   *
   * @param sendbuf what is sent; direct
   * @param sendcounts elements that are sent to each
   * @param sdispls where each block that is sent starts, in extents of the type
   * @param sendtype of what is sent
   * @param recvbuf where what comes is put; direct
   * @param recvcounts elements that come from each
   * @param rdispls where each block that comes is put, in extents of the type
   * @param recvtype of what comes
   * @return to be completed
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final Request iNeighborAllToAllv(
      Buffer sendbuf,
      int[] sendcounts,
      int[] sdispls,
      Datatype sendtype,
      Buffer recvbuf,
      int[] recvcounts,
      int[] rdispls,
      Datatype recvtype)
      throws MPIException {
    return Exchanges.allToAllv(
        false,
        Peers.NEIGHBORS,
        this,
        sendbuf,
        sendcounts,
        sdispls,
        sendtype,
        recvbuf,
        recvcounts,
        rdispls,
        recvtype);
  }

  /**
   * The root gets the elements of all ranks combined, {@code MPI_Reduce} (MPI-4.0 section 6.9).
   *
   * @param sendbuf what is sent: an array of a primitive type, or a buffer
   * @param recvbuf where what comes is put: an array of a primitive type, or a buffer
   * @param count elements
   * @param type of what
   * @param op how elements are combined
   * @param root the rank whose part is special; between two groups {@link MPI#ROOT}, {@link
   *     MPI#PROC_NULL} or a rank of the other one
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final void reduce(
      Object sendbuf, Object recvbuf, int count, Datatype type, Op op, int root)
      throws MPIException {
    Reductions.reduce(true, this, sendbuf, recvbuf, count, type, op, root);
  }

  /**
   * Starts what {@code reduce} does, {@code MPI_Ireduce} (MPI-4.0 section 6.12). Buffers and arrays
   * belong to MPI until the request is complete.
   *
   * @param sendbuf what is sent; direct
   * @param recvbuf where what comes is put; direct
   * @param count elements
   * @param type of what
   * @param op how elements are combined
   * @param root the rank whose part is special; between two groups {@link MPI#ROOT}, {@link
   *     MPI#PROC_NULL} or a rank of the other one
   * @return to be completed
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final Request iReduce(
      Buffer sendbuf, Buffer recvbuf, int count, Datatype type, Op op, int root)
      throws MPIException {
    return Reductions.reduce(false, this, sendbuf, recvbuf, count, type, op, root);
  }

  /**
   * The root gets the elements of all ranks combined in place of its own, {@code MPI_Reduce}
   * (MPI-4.0 section 6.9).
   *
   * @param buf the data: an array of a primitive type, or a buffer
   * @param count elements
   * @param type of what
   * @param op how elements are combined
   * @param root the rank whose part is special; between two groups {@link MPI#ROOT}, {@link
   *     MPI#PROC_NULL} or a rank of the other one
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final void reduce(Object buf, int count, Datatype type, Op op, int root)
      throws MPIException {
    boolean atRoot = isRoot(root);
    Reductions.reduce(
        true, this, atRoot ? Sides.IN_PLACE : buf, atRoot ? buf : null, count, type, op, root);
  }

  /**
   * The root gets the elements of all ranks combined in place of its own, {@code MPI_Ireduce}
   * (MPI-4.0 section 6.12).
   *
   * @param buf the data; direct
   * @param count elements
   * @param type of what
   * @param op how elements are combined
   * @param root the rank whose part is special; between two groups {@link MPI#ROOT}, {@link
   *     MPI#PROC_NULL} or a rank of the other one
   * @return to be completed
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final Request iReduce(Buffer buf, int count, Datatype type, Op op, int root)
      throws MPIException {
    boolean atRoot = isRoot(root);
    return Reductions.reduce(
        false, this, atRoot ? Sides.IN_PLACE : buf, atRoot ? buf : null, count, type, op, root);
  }

  /**
   * All get the elements of all ranks combined, {@code MPI_Allreduce} (MPI-4.0 section 6.9.6).
   *
   * @param sendbuf what is sent: an array of a primitive type, or a buffer
   * @param recvbuf where what comes is put: an array of a primitive type, or a buffer
   * @param count elements
   * @param type of what
   * @param op how elements are combined
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final void allReduce(Object sendbuf, Object recvbuf, int count, Datatype type, Op op)
      throws MPIException {
    Reductions.reduce(true, Reduction.ALLREDUCE, this, sendbuf, recvbuf, count, type, op);
  }

  /**
   * Starts what {@code allReduce} does, {@code MPI_Iallreduce} (MPI-4.0 section 6.12). Buffers and
   * arrays belong to MPI until the request is complete.
   *
   * @param sendbuf what is sent; direct
   * @param recvbuf where what comes is put; direct
   * @param count elements
   * @param type of what
   * @param op how elements are combined
   * @return to be completed
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final Request iAllReduce(Buffer sendbuf, Buffer recvbuf, int count, Datatype type, Op op)
      throws MPIException {
    return Reductions.reduce(false, Reduction.ALLREDUCE, this, sendbuf, recvbuf, count, type, op);
  }

  /**
   * All get the elements of all ranks combined in place of their own, {@code MPI_Allreduce}
   * (MPI-4.0 section 6.9.6).
   *
   * @param buf the data: an array of a primitive type, or a buffer
   * @param count elements
   * @param type of what
   * @param op how elements are combined
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final void allReduce(Object buf, int count, Datatype type, Op op) throws MPIException {
    Reductions.reduce(true, Reduction.ALLREDUCE, this, Sides.IN_PLACE, buf, count, type, op);
  }

  /**
   * Starts what {@code allReduce} does, {@code MPI_Iallreduce} (MPI-4.0 section 6.12). Buffers and
   * arrays belong to MPI until the request is complete.
   *
   * @param buf the data; direct
   * @param count elements
   * @param type of what
   * @param op how elements are combined
   * @return to be completed
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final Request iAllReduce(Buffer buf, int count, Datatype type, Op op) throws MPIException {
    return Reductions.reduce(
        false, Reduction.ALLREDUCE, this, Sides.IN_PLACE, buf, count, type, op);
  }

  /**
   * Each gets its part of the elements of all ranks combined, {@code MPI_Reduce_scatter} (MPI-4.0
   * section 6.10).
   *
   * @param sendbuf what is sent: an array of a primitive type, or a buffer
   * @param recvbuf where what comes is put: an array of a primitive type, or a buffer
   * @param recvcounts how many of the combined elements each rank gets
   * @param type of what
   * @param op how elements are combined
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final void reduceScatter(
      Object sendbuf, Object recvbuf, int[] recvcounts, Datatype type, Op op) throws MPIException {
    Reductions.reduceScatter(true, this, sendbuf, recvbuf, recvcounts, type, op);
  }

  /**
   * Starts what {@code reduceScatter} does, {@code MPI_Ireduce_scatter} (MPI-4.0 section 6.12).
   * Buffers and arrays belong to MPI until the request is complete.
   *
   * @param sendbuf what is sent; direct
   * @param recvbuf where what comes is put; direct
   * @param recvcounts how many of the combined elements each rank gets
   * @param type of what
   * @param op how elements are combined
   * @return to be completed
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final Request iReduceScatter(
      Buffer sendbuf, Buffer recvbuf, int[] recvcounts, Datatype type, Op op) throws MPIException {
    return Reductions.reduceScatter(false, this, sendbuf, recvbuf, recvcounts, type, op);
  }

  /**
   * Each gets its part of the elements of all ranks combined at the start of its buffer, {@code
   * MPI_Reduce_scatter} (MPI-4.0 section 6.10).
   *
   * @param buf the data: an array of a primitive type, or a buffer
   * @param recvcounts how many of the combined elements each rank gets
   * @param type of what
   * @param op how elements are combined
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final void reduceScatter(Object buf, int[] recvcounts, Datatype type, Op op)
      throws MPIException {
    Reductions.reduceScatter(true, this, Sides.IN_PLACE, buf, recvcounts, type, op);
  }

  /**
   * Starts what {@code reduceScatter} does, {@code MPI_Ireduce_scatter} (MPI-4.0 section 6.12).
   * Buffers and arrays belong to MPI until the request is complete.
   *
   * @param buf the data; direct
   * @param recvcounts how many of the combined elements each rank gets
   * @param type of what
   * @param op how elements are combined
   * @return to be completed
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final Request iReduceScatter(Buffer buf, int[] recvcounts, Datatype type, Op op)
      throws MPIException {
    return Reductions.reduceScatter(false, this, Sides.IN_PLACE, buf, recvcounts, type, op);
  }

  /**
   * Each gets its part, equally long, of the elements of all ranks combined, {@code
   * MPI_Reduce_scatter_block} (MPI-4.0 section 6.10).
   *
   * @param sendbuf what is sent: an array of a primitive type, or a buffer
   * @param recvbuf where what comes is put: an array of a primitive type, or a buffer
   * @param recvcount how many of the combined elements each rank gets
   * @param type of what
   * @param op how elements are combined
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final void reduceScatterBlock(
      Object sendbuf, Object recvbuf, int recvcount, Datatype type, Op op) throws MPIException {
    Reductions.reduceScatterBlock(true, this, sendbuf, recvbuf, recvcount, type, op);
  }

  /**
   * Starts what {@code reduceScatterBlock} does, {@code MPI_Ireduce_scatter_block} (MPI-4.0 section
   * 6.12). Buffers and arrays belong to MPI until the request is complete.
   *
   * @param sendbuf what is sent; direct
   * @param recvbuf where what comes is put; direct
   * @param recvcount how many of the combined elements each rank gets
   * @param type of what
   * @param op how elements are combined
   * @return to be completed
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final Request iReduceScatterBlock(
      Buffer sendbuf, Buffer recvbuf, int recvcount, Datatype type, Op op) throws MPIException {
    return Reductions.reduceScatterBlock(false, this, sendbuf, recvbuf, recvcount, type, op);
  }

  /**
   * Each gets its part, equally long, of the elements of all ranks combined at the start of its
   * buffer, {@code MPI_Reduce_scatter_block} (MPI-4.0 section 6.10).
   *
   * @param buf the data: an array of a primitive type, or a buffer
   * @param recvcount how many of the combined elements each rank gets
   * @param type of what
   * @param op how elements are combined
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final void reduceScatterBlock(Object buf, int recvcount, Datatype type, Op op)
      throws MPIException {
    Reductions.reduceScatterBlock(true, this, Sides.IN_PLACE, buf, recvcount, type, op);
  }

  /**
   * Starts what {@code reduceScatterBlock} does, {@code MPI_Ireduce_scatter_block} (MPI-4.0 section
   * 6.12). Buffers and arrays belong to MPI until the request is complete.
   *
   * @param buf the data; direct
   * @param recvcount how many of the combined elements each rank gets
   * @param type of what
   * @param op how elements are combined
   * @return to be completed
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public final Request iReduceScatterBlock(Buffer buf, int recvcount, Datatype type, Op op)
      throws MPIException {
    return Reductions.reduceScatterBlock(false, this, Sides.IN_PLACE, buf, recvcount, type, op);
  }

  /**
   * Combines elements of two buffers of this rank, {@code MPI_Reduce_local} (MPI-4.0 section
   * 6.9.7).
   *
   * @param inbuf the left operands
   * @param inoutbuf the right operands, for the results
   * @param count elements
   * @param type of what
   * @param op how elements are combined
   * @throws MPIException if an argument is wrong, or MPI fails
   */
  public static void reduceLocal(Object inbuf, Object inoutbuf, int count, Datatype type, Op op)
      throws MPIException {
    Reductions.reduceLocal(inbuf, inoutbuf, count, type, op);
  }

  /**
   * Gives the communicator a name, {@code MPI_Comm_set_name} (MPI-4.0 section 7.8).
   *
   * @param name the name; cut off at {@link MPI#MAX_OBJECT_NAME}
   * @throws MPIException if the communicator is freed
   */
  public final void setName(String name) throws MPIException {
    String f = "MPI_Comm_set_name";
    long h = handle(f);
    Scratch scratch = Scratch.begin();
    try {
      MpiComms.setName(h, Names.place(f, scratch, name));
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
  }

  /**
   * The communicator's name, {@code MPI_Comm_get_name} (MPI-4.0 section 7.8).
   *
   * @return the name, empty if it has none
   * @throws MPIException if the communicator is freed
   */
  public final String getName() throws MPIException {
    long h = handle("MPI_Comm_get_name");
    Scratch scratch = Scratch.begin();
    long name = scratch.bytes(Lib.value(MpiConstant.MPI_MAX_OBJECT_NAME) + 1L);
    try {
      MpiComms.getName(h, name, scratch.cell);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return NativeMemory.stringAt(name);
  }
}
