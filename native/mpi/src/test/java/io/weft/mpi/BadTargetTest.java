package io.weft.mpi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.testing.MpiBuild;
import io.weft.testing.MultiRank;
import io.weft.testing.RankContext;
import io.weft.testing.RankFixture;
import io.weft.testing.RankTest;
import java.lang.foreign.MemorySegment;

/** Windows, files and requests that are used wrongly, on one rank and where others wait. */
@MultiRank(
    ranks = {1, 2},
    variantProvider = MpiBuild.All.class,
    deadlineSeconds = 120,
    // Each call is made once.
    jvm = "-XX:TieredStopAtLevel=1")
class BadTargetTest implements RankFixture {
  private Mpi mpi;
  private Comm comm;
  private BadTargets bad;
  private RankContext context;
  private MemorySegment buffer;

  @Override
  public void open(RankContext context) {
    this.context = context;
    mpi = Mpi.initialize(ThreadLevel.FUNNELED);
    comm = mpi.world().dup();
    bad = new BadTargets(mpi, comm);
    buffer = mpi.allocate(256);
  }

  /** What is left open must not keep MPI from ending; but for windows, of which it warns. */
  @Override
  public void close() {
    MpiFile.open(comm, path("left"), null, FileMode.READ_WRITE, FileMode.CREATE);
    mpi.types().contiguous(2, Datatype.INT).commit();
    mpi.newInfo();
    comm.group();
    comm.sendInit(buffer, 0, 1, Datatype.INT, comm.procNull(), 1);
    mpi.createOp((in, inOut, count, type) -> {}, true);
    comm.barrier();
    mpi.close();
    mpi.close();
  }

  private String path(String name) {
    return context.scratch().resolve(name).toString();
  }

  @RankTest
  void windows() {
    BadCase.refuseAll(bad.windowsThatAreMade());
    try (Win win = comm.allocateWin(64)) {
      win.fence(0);
      BadCase.refuseAll(bad.windows(win));
      win.put(win.memory(), 0, 2, Datatype.INT, comm.rank(), 8);
      win.fence(0);
    }
  }

  @RankTest
  void files() {
    String path = path("files");
    try (MpiFile file = MpiFile.open(comm, path, null, FileMode.READ_WRITE, FileMode.CREATE)) {
      file.setSize(64);
      BadCase.refuseAll(bad.files(file, path));
    }
  }

  @RankTest
  void endsOfWhatHasNotBegun() {
    try (MpiFile file =
        MpiFile.open(comm, path("ends"), null, FileMode.READ_WRITE, FileMode.CREATE)) {
      BadCase.refuseAll(bad.endsWithoutBegin(file));
      file.writeAtAllBegin(4L * comm.rank(), buffer, 0, 1, Datatype.INT);
      BadCase.refuseAll(bad.endsOfOthers(file, "MPI_File_write_at_all", "writeAtAllEnd"));
      file.writeAtAllEnd(null);
      BadCase.refuseAll(bad.endsWithoutBegin(file));
      file.readAtAllBegin(4L * comm.rank(), buffer, 8, 1, Datatype.INT);
      BadCase.refuseAll(bad.endsOfOthers(file, "MPI_File_read_at_all", "readAtAllEnd"));
      Status status = new Status();
      file.readAtAllEnd(status);
      assertEquals(4, status.lengthBytes());
    }
  }

  @RankTest
  void partsOfGridsHaveItsErrorHandler() {
    int[] heard = new int[1];
    try (ErrorHandler handler = mpi.createErrorHandler(ErrorHandler.Kind.COMM, code -> heard[0]++);
        Comm grid = comm.createCart(new int[] {comm.size()}, new boolean[1], false)) {
      assertSame(ErrorHandler.RETURN, grid.errorHandler());
      assertThrows(
          MpiException.class, () -> grid.send(buffer, 0, 1, Datatype.INT, comm.size() + 3, 0));
      grid.setErrorHandler(handler);
      try (Comm part = grid.cart().sub(true)) {
        assertSame(handler, part.errorHandler());
        try {
          part.send(buffer, 0, 1, Datatype.INT, comm.size() + 3, 0);
        } catch (MpiException told) {
          assertEquals("MPI_ERR_RANK", told.errorClass());
        }
        assertTrue(heard[0] > 0, "the handler was not called");
      }
    }
  }

  /** MPICH divides by zero at these. */
  @RankTest
  void elementsOfPairs() {
    Comm self = mpi.self();
    try (DerivedType two = mpi.types().contiguous(2, Datatype.FLOAT_INT).commit();
        DerivedType wide = mpi.types().resized(two, 0, 64).commit()) {
      for (int bytes = 0; bytes <= 16; bytes += 8) {
        Request request = self.newRequest();
        self.isend(buffer, 0, bytes, Datatype.BYTE, 0, 1, request);
        Status status = new Status();
        self.recv(buffer, 64, 16, Datatype.BYTE, 0, 1, status);
        request.await(null);
        assertTrue(status.elements(Datatype.FLOAT_INT) >= bytes / 8);
        assertEquals(bytes / 4, status.elements(two));
        assertEquals(bytes / 4, status.elements(wide));
      }
    }
  }
}
