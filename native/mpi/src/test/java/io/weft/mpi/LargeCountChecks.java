package io.weft.mpi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.testing.RankContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Assumptions;

/** Counts past 2^31-1: taken where the library has functions for them, else refused by name. */
final class LargeCountChecks extends Checks {
  private static final long MANY = (1L << 31) + 8;

  private final RankContext context;

  LargeCountChecks(Mpi mpi, Comm comm, RankContext context) {
    super(mpi, comm);
    this.context = context;
  }

  private boolean isOpenMpi4() {
    return mpi.libraryVersion().contains("Open MPI v4");
  }

  void typesOfLargeCounts() {
    if (isOpenMpi4()) {
      IllegalArgumentException refused =
          assertThrows(
              IllegalArgumentException.class, () -> mpi.types().contiguous(MANY, Datatype.BYTE));
      assertTrue(refused.getMessage().contains("MPI_Type_contiguous_c"), refused.getMessage());
      return;
    }
    DerivedType[] made = new DerivedType[1];
    try {
      made[0] = mpi.types().contiguous(MANY, Datatype.INT);
    } catch (IllegalArgumentException lacking) {
      Assumptions.abort(lacking.getMessage());
    }
    assertEquals(4 * MANY, made[0].sizeBytes());
    assertEquals(4 * MANY, made[0].extentBytes());
    made[0].close();
  }

  /** A sparse file: no memory where nothing is touched. */
  private MemorySegment sparse(Arena arena) {
    try (FileChannel file =
        FileChannel.open(
            context.scratch().resolve("sparse." + rank),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.SPARSE)) {
      return file.map(FileChannel.MapMode.READ_WRITE, 0, MANY, arena);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  void messagesOfLargeCounts() {
    try (Arena arena = Arena.ofShared()) {
      MemorySegment buffer = sparse(arena);
      if (isOpenMpi4()) {
        IllegalArgumentException refused =
            assertThrows(
                IllegalArgumentException.class,
                () -> comm.send(buffer, 0, MANY, Datatype.BYTE, next, 1));
        assertTrue(refused.getMessage().contains("MPI_Send_c"), refused.getMessage());
        return;
      }
      Assumptions.assumeTrue(context.longRun(), "sends 2 GiB: in long runs only, -Dweft.long=true");
      if (rank == 0) {
        buffer.set(ValueLayout.JAVA_BYTE, MANY - 1, (byte) 42);
        MemorySegment to = arena.allocate(MANY);
        Request request = comm.newRequest();
        Status status = new Status();
        try {
          comm.irecv(to, 0, MANY, Datatype.BYTE, 0, 1, request);
        } catch (IllegalArgumentException lacking) {
          assertTrue(lacking.getMessage().contains("MPI_Irecv_c"), lacking.getMessage());
          return;
        }
        comm.send(buffer, 0, MANY, Datatype.BYTE, 0, 1);
        request.await(status);
        assertEquals(MANY, status.lengthBytes());
        assertEquals(42, to.get(ValueLayout.JAVA_BYTE, MANY - 1));
      }
    }
  }

  /** Runs a call that takes the function for large counts; one that lacks it must say so. */
  private boolean large(String function, Runnable call) {
    try {
      call.run();
      return true;
    } catch (IllegalArgumentException lacking) {
      assertTrue(lacking.getMessage().contains(function + "_c"), lacking.getMessage());
      return false;
    }
  }

  private void fillInts() {
    for (int i = 0; i < 2 * size; i++) {
      send.setAtIndex(ValueLayout.JAVA_INT, i, 100 * rank + i);
      recv.setAtIndex(ValueLayout.JAVA_INT, i, -1);
    }
  }

  /** What the others sent in element {@code place} of theirs; nobody sent to itself. */
  private void expectOfOthers(String function, int place) {
    for (int i = 0; i < 2 * size; i++) {
      boolean filled = i % 2 == 0 && i / 2 != rank;
      assertEquals(
          filled ? 100 * (i / 2) + place : -1,
          recv.getAtIndex(ValueLayout.JAVA_INT, i),
          function + " " + i);
    }
    fillInts();
  }

  /**
   * Blocks of which the rank's own is empty, and lies past what an int can say: few elements, by
   * the functions for many.
   */
  void blocksOfLargeDisplacements() {
    BlockLayout blocks = comm.newBlockLayout();
    TypedBlockLayout typed = comm.newTypedBlockLayout(size);
    int[] all = new int[size];
    for (int each = 0; each < size; each++) {
      all[each] = each;
      blocks.set(each, each == rank ? 1L << 40 : 2L * each, each == rank ? 0 : 1);
      typed.set(each, each == rank ? 1L << 40 : 8L * each, each == rank ? 0 : 1, Datatype.INT);
    }
    Datatype type = Datatype.INT;
    Request request = comm.newRequest();
    fillInts();
    if (!large("MPI_Alltoallv", () -> comm.alltoallv(send, 0, blocks, recv, 0, blocks, type))) {
      assertThrows(
          IllegalArgumentException.class,
          () -> comm.ialltoallw(send, 0, typed, recv, 0, typed, request));
      return;
    }
    expectOfOthers("MPI_Alltoallv_c", 2 * rank);
    comm.alltoallw(send, 0, typed, recv, 0, typed);
    expectOfOthers("MPI_Alltoallw_c", 2 * rank);
    comm.ialltoallv(send, 0, blocks, recv, 0, blocks, type, request);
    request.await(null);
    expectOfOthers("MPI_Ialltoallv_c", 2 * rank);
    comm.ialltoallw(send, 0, typed, recv, 0, typed, request);
    request.await(null);
    expectOfOthers("MPI_Ialltoallw_c", 2 * rank);
    try (PersistentRequest made =
        comm.alltoallvInit(send, 0, blocks, recv, 0, blocks, type, null)) {
      made.start();
      made.await(null);
      expectOfOthers("MPI_Alltoallv_init_c", 2 * rank);
    }
    try (Comm graph = comm.createDistGraphAdjacent(all, null, all, null, null, false)) {
      graph.neighborAlltoallv(send, 0, blocks, recv, 0, blocks, type);
      expectOfOthers("MPI_Neighbor_alltoallv_c", 2 * rank);
      graph.neighborAlltoallw(send, 0, typed, recv, 0, typed);
      expectOfOthers("MPI_Neighbor_alltoallw_c", 2 * rank);
      Request own = graph.newRequest();
      graph.ineighborAlltoallv(send, 0, blocks, recv, 0, blocks, type, own);
      own.await(null);
      expectOfOthers("MPI_Ineighbor_alltoallv_c", 2 * rank);
    }
    for (int root = 0; root < size; root++) {
      long mine = rank == root ? 0 : 1;
      comm.gatherv(send, 0, mine, recv, 0, blocks, type, root);
      if (rank == root) {
        expectOfOthers("MPI_Gatherv_c", 0);
      }
      comm.scatterv(send, 0, blocks, recv, 0, mine, type, root);
      assertEquals(
          rank == root ? -1 : 100 * root + 2 * rank, recv.getAtIndex(ValueLayout.JAVA_INT, 0));
      fillInts();
    }
  }

  /** Elements of no bytes: as many as one likes, and nothing moves. */
  void manyElementsOfNothing() {
    try (DerivedType none = mpi.types().contiguous(0, Datatype.BYTE).commit();
        Win win = comm.allocateWin(64)) {
      Request request = comm.newRequest();
      Status status = new Status();
      if (!large("MPI_Bcast", () -> comm.bcast(send, 0, MANY, none, 0))) {
        large("MPI_Isend", () -> comm.isend(send, 0, MANY, none, next, 1, request));
        large("MPI_Put", () -> win.put(send, 0, MANY, none, next, 0));
        assertFalse(request.isActive());
        return;
      }
      comm.isend(send, 0, MANY, none, next, 1, request);
      comm.recv(recv, 0, MANY, none, previous, 1, status);
      request.await(null);
      assertEquals(0, status.lengthBytes());
      comm.irecv(recv, 0, MANY, none, previous, 2, request);
      comm.send(send, 0, MANY, none, next, 2);
      request.await(status);
      assertEquals(previous, status.source());
      comm.ibcast(send, 0, MANY, none, 0, request);
      request.await(null);
      comm.allgather(send, 0, recv, 0, MANY, none);
      win.fence(0);
      win.put(send, 0, MANY, none, next, 0);
      win.get(recv, 0, MANY, none, next, 0);
      win.fence(0);
      String path = context.scratch().resolve("nothing").toString();
      try (MpiFile file = MpiFile.open(comm, path, null, FileMode.READ_WRITE, FileMode.CREATE)) {
        if (!large("MPI_File_write_at", () -> file.writeAt(0, send, 0, MANY, none, status))) {
          return;
        }
        assertEquals(0, status.lengthBytes());
        file.readAtAll(0, recv, 0, MANY, none, status);
        file.iwriteAt(0, send, 0, MANY, none, request);
        request.await(null);
        assertEquals(0, file.size());
      }
    }
  }
}
