package io.weft.mpi;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
}
