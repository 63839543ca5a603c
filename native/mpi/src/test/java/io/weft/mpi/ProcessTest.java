package io.weft.mpi;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.launch.MpiVendor;
import io.weft.mpi.CommProcesses.Program;
import io.weft.testing.MpiBuild;
import io.weft.testing.MultiRank;
import io.weft.testing.RankContext;
import io.weft.testing.RankFixture;
import io.weft.testing.RankTest;
import io.weft.testing.Variant;
import io.weft.testing.VariantProvider;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Processes that are started by others, and that meet. */
@MultiRank(
    ranks = {1, 2},
    variantProvider = ProcessTest.Builds.class,
    sampled = "build",
    deadlineSeconds = 120)
class ProcessTest implements RankFixture {
  /** Debian's builds. */
  static final class Builds implements VariantProvider {
    @Override
    public List<Variant> variants(MpiVendor mpi) {
      System.out.println(
          mpi == MpiVendor.OPEN_MPI
              ? "[skipped] ProcessTest over Open MPI 5: MPI_Comm_spawn did not return under the"
                  + " tests' launcher on 2 ranks; it did under a plain mpirun"
              : "[skipped] ProcessTest over MPICH 5: its launcher ends with 'duplicate setting:"
                  + " binding' when a rank that was started with -bind-to spawns");
      return new MpiBuild.All().variants(mpi).subList(0, 1);
    }
  }

  private Mpi mpi;
  private Comm comm;
  private int rank;
  private MemorySegment b;

  @Override
  public void open(RankContext context) {
    mpi = Mpi.initialize(ThreadLevel.FUNNELED);
    comm = mpi.world().dup();
    rank = comm.rank();
    b = mpi.allocate(4096);
  }

  @Override
  public void close() {
    comm.close();
    mpi.close();
  }

  private static Program child(String argument, int processes) {
    String surefire = System.getProperty("surefire.test.class.path");
    return new Program(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-Xmx64m",
            "-cp",
            surefire != null ? surefire : System.getProperty("java.class.path"),
            Child.class.getName(),
            argument),
        processes,
        null);
  }

  /** Each child sends its number, and gets the sum of all. */
  private void talk(Comm children, int count, int expected) {
    assertTrue(children.isInter());
    assertEquals(count, children.remoteSize());
    assertSame(ErrorHandler.RETURN, children.errorHandler());
    assertThrows(MpiException.class, () -> children.send(b, 0, 1, Datatype.INT, count, 0));
    if (rank == 0) {
      int sum = 0;
      for (int each = 0; each < count; each++) {
        children.recv(b, 0, 1, Datatype.INT, each, 1, null);
        sum += b.get(JAVA_INT, 0);
      }
      assertEquals(expected, sum);
      for (int each = 0; each < count; each++) {
        b.set(JAVA_INT, 0, sum);
        children.send(b, 0, 1, Datatype.INT, each, 2);
        children.recv(b, 0, 1, Datatype.INT, each, 3, null);
        assertEquals(sum + 1, b.get(JAVA_INT, 0));
      }
    }
    children.disconnect();
    assertThrows(IllegalStateException.class, children::name);
  }

  /** Debian's MPICH starts none, from C neither. */
  private Comm spawn(Program... programs) {
    try {
      return comm.spawn(0, programs);
    } catch (MpiException refused) {
      if (refused.getMessage().contains("Error in spawn call")) {
        Assumptions.abort(mpi.libraryVersion() + " starts no processes: " + refused.getMessage());
      }
      throw refused;
    }
  }

  /** MPICH over UCX opens none: its own limit. */
  private String port() {
    try {
      return mpi.openPort();
    } catch (MpiException refused) {
      assertEquals("MPI_Open_port", refused.function());
      assertTrue(mpi.libraryVersion().contains("MPICH"), mpi.libraryVersion());
      Assumptions.abort(mpi.libraryVersion() + " opens no ports: " + refused.getMessage());
      throw refused;
    }
  }

  @RankTest
  void childrenOfOneProgram() {
    talk(spawn(child("5", 3)), 3, 15);
  }

  @RankTest
  void childrenOfTwoPrograms() {
    talk(spawn(child("5", 1), child("7", 2)), 3, 19);
  }

  @RankTest
  void namesOfPorts() {
    String port = port();
    String service = "io.weft.mpi." + rank;
    try {
      mpi.publish(service, port);
      assertEquals(port, mpi.lookUp(service));
      mpi.unpublish(service, port);
    } catch (MpiException refused) {
      assertTrue(refused.function().endsWith("_name"), refused.function());
      Assumptions.abort("the launcher has no name service: " + refused.getMessage());
    }
    mpi.closePort(port);
  }

  /** The child waits at a port of its own, whose name it sends. */
  @RankTest
  void processesMeetAtAPort() {
    mpi.closePort(port());
    Comm children = spawn(child("port", 1));
    String port = "";
    if (rank == 0) {
      Status status = new Status();
      children.recv(b, 0, 4000, Datatype.BYTE, 0, 1, status);
      port = b.asSlice(0, status.lengthBytes()).getString(0);
    }
    Comm met = comm.connect(port, 0);
    assertEquals(1, met.remoteSize());
    if (rank == 0) {
      met.recv(b, 0, 1, Datatype.INT, 0, 4, null);
      assertEquals(77, b.get(JAVA_INT, 0));
    }
    met.disconnect();
    children.disconnect();
  }

  @RankTest
  void whatCannotBeStarted() {
    assertThrows(IllegalArgumentException.class, () -> comm.spawn(comm.size(), child("5", 1)));
    assertThrows(IllegalArgumentException.class, () -> child("5", 0));
    if (comm.size() == 1) {
      assertThrows(IllegalArgumentException.class, () -> comm.spawn(0));
    }
  }

  /** What each child runs. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) {
      try (Mpi mpi = Mpi.initialize(ThreadLevel.FUNNELED)) {
        Comm parent = mpi.parent();
        MemorySegment b = mpi.allocate(4096);
        if (arguments[0].equals("port")) {
          String port = mpi.openPort();
          b.setString(0, port);
          parent.send(b, 0, port.length() + 1, Datatype.BYTE, 0, 1);
          Comm met = mpi.self().accept(port, 0);
          b.set(ValueLayout.JAVA_INT, 0, 77);
          met.send(b, 0, 1, Datatype.INT, 0, 4);
          met.disconnect();
          mpi.closePort(port);
        } else {
          b.set(JAVA_INT, 0, Integer.parseInt(arguments[0]));
          parent.send(b, 0, 1, Datatype.INT, 0, 1);
          parent.recv(b, 0, 1, Datatype.INT, 0, 2, null);
          b.set(JAVA_INT, 0, b.get(JAVA_INT, 0) + 1);
          parent.send(b, 0, 1, Datatype.INT, 0, 3);
        }
        parent.disconnect();
      }
    }
  }
}
