package io.weft.bench.peer;

import io.weft.bench.Checksum;
import io.weft.comm.Cartesian;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.util.Arrays;
import mpi.Intracomm;
import mpi.MPI;
import mpi.MPIException;
import mpi.Prequest;
import mpi.Request;
import mpi.Win;

/**
 * A pattern over the bindings, as {@code peer_mpi.c} has it. Buffers are direct, as the bindings'
 * documentation advises, and page-aligned, as everybody's are. The bindings make an object for each
 * receive and each request.
 */
final class OpenMpiJavaOperation implements Operation {
  private static final int WINDOW = 64;
  private static final int PAGE_BYTES = 4096;
  private static final int MESSAGE = 1;
  private static final int ANSWER = 2;

  private final Intracomm comm = MPI.COMM_WORLD;
  private final Pattern pattern;
  private final int bytes;
  private final int rank;
  private final int partner;
  private final boolean receives;
  private final ByteBuffer out;
  private final ByteBuffer in;
  private final DoubleBuffer outDoubles;
  private final DoubleBuffer inDoubles;
  private final ByteBuffer nothing = MPI.newByteBuffer(1);
  private final Request[] requests = new Request[WINDOW];
  private final Request[] both = new Request[2 * WINDOW];
  private Prequest[] faces;
  private Win window;

  OpenMpiJavaOperation(Pattern pattern, int bytes, int rank, int size) throws MPIException {
    this.pattern = pattern;
    this.bytes = bytes;
    this.rank = rank;
    partner = Content.partner(pattern, rank, size);
    receives = Content.receives(pattern, rank, size);
    int length = Math.multiplyExact(Content.blocks(pattern, size), bytes);
    out = buffer(length);
    in = buffer(length);
    outDoubles = out.asDoubleBuffer();
    inDoubles = in.asDoubleBuffer();
    if (Content.sends(pattern, rank, size)) {
      Content.fill(pattern, MemorySegment.ofBuffer(out), length, rank);
    }
    switch (pattern) {
      case HALO_2D -> openHalo(2, size);
      case HALO_3D -> openHalo(3, size);
      case PUT, GET -> openWindow();
      default -> {
        // Nothing that lasts.
      }
    }
  }

  private static ByteBuffer buffer(int length) {
    return MPI.newByteBuffer(length + 2 * PAGE_BYTES)
        .alignedSlice(PAGE_BYTES)
        .limit(Math.max(length, 1))
        .slice()
        .order(ByteOrder.nativeOrder());
  }

  /** What leaves by a face is tagged with its number, and arrives at the opposite one. */
  private void openHalo(int dimensions, int size) throws MPIException {
    boolean[] periodic = new boolean[dimensions];
    Arrays.fill(periodic, true);
    Cartesian grid = new Cartesian(Cartesian.balanced(size, dimensions), periodic);
    int count = 2 * dimensions;
    faces = new Prequest[2 * count];
    for (int face = 0; face < count; face++) {
      int neighbour = grid.neighbour(rank, face / 2, face % 2 == 0 ? -1 : 1);
      int at = face * bytes;
      faces[face] = comm.recvInit(MPI.slice(in, at), bytes, MPI.BYTE, neighbour, face ^ 1);
      faces[count + face] = comm.sendInit(MPI.slice(out, at), bytes, MPI.BYTE, neighbour, face);
    }
  }

  /** Rank 1's memory is the window's; it reaches that as all others do. */
  private void openWindow() throws MPIException {
    ByteBuffer address = MPI.newByteBuffer(Long.BYTES);
    window = new Win(rank == 1 ? bytes : 0, 1, MPI.INFO_NULL, comm, address, Win.FLAVOR_PRIVATE);
    if (rank == 1 && pattern == Pattern.GET) {
      window.lock(MPI.LOCK_EXCLUSIVE, 1, 0);
      window.put(out, bytes, MPI.BYTE, 1, 0, bytes, MPI.BYTE);
      window.unlock(1);
    }
    comm.barrier();
    if (rank == 0) {
      window.lock(MPI.LOCK_SHARED, 1, 0);
    }
  }

  @Override
  public void run(int count) {
    try {
      switch (pattern) {
        case PING_PONG -> pingPong(count);
        case BANDWIDTH, MESSAGE_RATE -> oneWay(count);
        case BIDIRECTIONAL -> bothWays(count);
        case PUT -> put(count);
        case GET -> get(count);
        case BARRIER -> barrier(count);
        case BCAST -> bcast(count);
        case ALLREDUCE -> allreduce(count);
        case ALLTOALL -> alltoall(count);
        case HALO_2D, HALO_3D -> halo(count);
      }
    } catch (MPIException e) {
      throw new OpenMpiJavaException(e);
    }
  }

  private void pingPong(int count) throws MPIException {
    if (partner < 0) {
      return;
    }
    for (int i = 0; i < count; i += 2) {
      if (rank == 0) {
        comm.send(out, bytes, MPI.BYTE, partner, MESSAGE);
        comm.recv(in, bytes, MPI.BYTE, partner, MESSAGE);
      } else {
        comm.recv(in, bytes, MPI.BYTE, partner, MESSAGE);
        comm.send(out, bytes, MPI.BYTE, partner, MESSAGE);
      }
    }
  }

  private void oneWay(int count) throws MPIException {
    if (partner < 0) {
      return;
    }
    for (int i = 0; i < count; i += WINDOW) {
      if (rank < partner) {
        for (int k = 0; k < WINDOW; k++) {
          requests[k] = comm.iSend(out, bytes, MPI.BYTE, partner, MESSAGE);
        }
        Request.waitAll(requests);
        comm.recv(nothing, 0, MPI.BYTE, partner, ANSWER);
      } else {
        for (int k = 0; k < WINDOW; k++) {
          requests[k] = comm.iRecv(in, bytes, MPI.BYTE, partner, MESSAGE);
        }
        Request.waitAll(requests);
        comm.send(nothing, 0, MPI.BYTE, partner, ANSWER);
      }
    }
  }

  private void bothWays(int count) throws MPIException {
    if (partner < 0) {
      return;
    }
    for (int i = 0; i < count; i += WINDOW) {
      for (int k = 0; k < WINDOW; k++) {
        both[k] = comm.iRecv(in, bytes, MPI.BYTE, partner, MESSAGE);
      }
      for (int k = 0; k < WINDOW; k++) {
        both[WINDOW + k] = comm.iSend(out, bytes, MPI.BYTE, partner, MESSAGE);
      }
      Request.waitAll(both);
    }
  }

  private void put(int count) throws MPIException {
    for (int i = 0; rank == 0 && i < count; i++) {
      window.put(out, bytes, MPI.BYTE, 1, 0, bytes, MPI.BYTE);
      window.flush(1);
    }
  }

  private void get(int count) throws MPIException {
    for (int i = 0; rank == 0 && i < count; i++) {
      window.get(in, bytes, MPI.BYTE, 1, 0, bytes, MPI.BYTE);
      window.flush(1);
    }
  }

  private void barrier(int count) throws MPIException {
    for (int i = 0; i < count; i++) {
      comm.barrier();
    }
  }

  private void bcast(int count) throws MPIException {
    ByteBuffer buffer = rank == 0 ? out : in;
    for (int i = 0; i < count; i++) {
      comm.bcast(buffer, bytes, MPI.BYTE, 0);
    }
  }

  private void allreduce(int count) throws MPIException {
    int doubles = bytes / Double.BYTES;
    for (int i = 0; i < count; i++) {
      comm.allReduce(outDoubles, inDoubles, doubles, MPI.DOUBLE, MPI.SUM);
    }
  }

  private void alltoall(int count) throws MPIException {
    for (int i = 0; i < count; i++) {
      comm.allToAll(out, bytes, MPI.BYTE, in, bytes, MPI.BYTE);
    }
  }

  private void halo(int count) throws MPIException {
    for (int i = 0; i < count; i++) {
      Prequest.startAll(faces);
      Request.waitAll(faces);
    }
  }

  @Override
  public boolean time(long[] nanos) {
    if (pattern != Pattern.PING_PONG) {
      return false;
    }
    try {
      for (int i = 0; i < nanos.length; i++) {
        long start = System.nanoTime();
        pingPong(2);
        nanos[i] = (System.nanoTime() - start) / 2;
      }
      return true;
    } catch (MPIException e) {
      throw new OpenMpiJavaException(e);
    }
  }

  /** Rank 1 takes what was put out of its window first. */
  @Override
  public long checksum() {
    if (pattern == Pattern.PUT && rank == 1) {
      try {
        window.lock(MPI.LOCK_SHARED, 1, 0);
        window.get(in, bytes, MPI.BYTE, 1, 0, bytes, MPI.BYTE);
        window.unlock(1);
      } catch (MPIException e) {
        throw new OpenMpiJavaException(e);
      }
    }
    boolean empty = !receives || bytes == 0;
    // The bindings' slice() leaves a buffer's position where the slice began.
    return empty ? 0 : Checksum.sum(MemorySegment.ofBuffer(in.clear()), in.capacity());
  }

  @Override
  public void close() {
    try {
      if (window != null) {
        if (rank == 0) {
          window.unlock(1);
        }
        window.free();
      }
      if (faces != null) {
        for (Prequest face : faces) {
          face.free();
        }
      }
    } catch (MPIException e) {
      throw new OpenMpiJavaException(e);
    }
  }
}
