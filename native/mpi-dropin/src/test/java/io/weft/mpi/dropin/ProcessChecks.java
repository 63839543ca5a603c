package io.weft.mpi.dropin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import mpi.Info;
import mpi.Intercomm;
import mpi.Intracomm;
import mpi.MPI;
import mpi.MPIException;
import mpi.Status;
import org.junit.jupiter.api.Assumptions;

/** Processes that are started by others, and that meet. */
final class ProcessChecks extends Checks {
  ProcessChecks(Intracomm comm) throws MPIException {
    super(comm);
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static String[] child(String argument) {
    String surefire = System.getProperty("surefire.test.class.path");
    return new String[] {
      "--enable-native-access=ALL-UNNAMED",
      "-Xmx64m",
      "-cp",
      surefire != null ? surefire : System.getProperty("java.class.path"),
      Child.class.getName(),
      argument
    };
  }

  /** In one line: MPICH tells how it was built, too. */
  private static String version() {
    return MPI.getLibVersion().lines().findFirst().orElse("").strip().replaceAll("\\s+", " ");
  }

  /** What starts processes. */
  private interface Start {
    Intercomm now() throws MPIException;
  }

  /** Debian's MPICH starts none, from C neither. */
  private static Intercomm start(Start start) throws MPIException {
    try {
      return start.now();
    } catch (MPIException refused) {
      if (refused.getMessage().contains("Error in spawn call")) {
        Assumptions.abort(version() + " starts no processes: " + refused.getMessage());
      }
      throw refused;
    }
  }

  /** Each child sends its number, and gets the sum of all. */
  private void talk(Intercomm children, int count, int expected) throws MPIException {
    assertTrue(children.isInter());
    assertEquals(count, children.getRemoteSize());
    if (rank == 0) {
      int[] number = new int[1];
      int sum = 0;
      for (int each = 0; each < count; each++) {
        children.recv(number, 1, MPI.INT, each, 1);
        sum += number[0];
      }
      assertEquals(expected, sum);
      for (int each = 0; each < count; each++) {
        children.send(new int[] {sum}, 1, MPI.INT, each, 2);
        children.recv(number, 1, MPI.INT, each, 3);
        assertEquals(sum + 1, number[0]);
      }
    }
    children.disconnect();
    assertTrue(children.isNull());
  }

  void launchedProcessesHaveNoParent() throws MPIException {
    Intercomm parent = Intercomm.getParent();
    assertTrue(parent == null || parent.isNull());
  }

  void childrenOfOneProgram() throws MPIException {
    int[] codes = {-1, -1, -1};
    Intercomm children = start(() -> comm.spawn(java(), child("5"), 3, MPI.INFO_NULL, 0, codes));
    assertArrayEquals(new int[3], codes);
    talk(children, 3, 15);
  }

  void childrenOfTwoPrograms() throws MPIException {
    int[] codes = {-1, -1, -1};
    String[] programs = {java(), java()};
    String[][] arguments = {child("5"), child("7")};
    Info[] infos = {MPI.INFO_NULL, MPI.INFO_NULL};
    Intercomm children =
        start(() -> comm.spawnMultiple(programs, arguments, new int[] {1, 2}, infos, 0, codes));
    assertArrayEquals(new int[3], codes);
    talk(children, 3, 19);
  }

  /** MPICH over UCX opens none: its own limit. */
  private static String port() throws MPIException {
    try {
      return Intracomm.openPort();
    } catch (MPIException refused) {
      assertTrue(refused.getMessage().contains("MPI_Open_port"), refused::getMessage);
      assertTrue(MPI.getLibVersion().contains("MPICH"), refused::getMessage);
      Assumptions.abort(version() + " opens no ports: " + refused.getMessage());
      throw refused;
    }
  }

  void namesOfPorts() throws MPIException {
    String port = port();
    String service = "io.weft.mpi.dropin." + rank;
    try {
      Intracomm.publishName(service, port);
    } catch (MPIException refused) {
      assertTrue(refused.getMessage().contains("MPI_Publish_name"), refused::getMessage);
      Assumptions.abort("the launcher has no name service: " + refused.getMessage());
    }
    assertEquals(port, Intracomm.lookupName(service));
    Intracomm.unpublishName(service, port);
    assertThrows(MPIException.class, () -> Intracomm.lookupName(service));
    Intracomm.publishName(service, MPI.INFO_NULL, port);
    assertEquals(port, Intracomm.lookupName(service, MPI.INFO_NULL));
    Intracomm.unpublishName(service, MPI.INFO_NULL, port);
    Intracomm.closePort(port);
    String other = Intracomm.openPort(MPI.INFO_NULL);
    assertFalse(other.isEmpty());
    Intracomm.closePort(other);
  }

  /** The child waits at a port of its own, whose name it sends; twice, by each form. */
  void processesMeetAtAPort() throws MPIException {
    Intracomm.closePort(port());
    Intercomm children =
        start(() -> comm.spawn(java(), child("port"), 1, MPI.INFO_NULL, 0, new int[1]));
    for (int round = 0; round < 2; round++) {
      String port = "";
      if (rank == 0) {
        byte[] name = new byte[4000];
        Status status = children.recv(name, name.length, MPI.BYTE, 0, 1);
        port = new String(name, 0, status.getCount(MPI.BYTE), StandardCharsets.UTF_8);
      }
      Intercomm met = round == 0 ? comm.connect(port, 0) : comm.connect(port, MPI.INFO_NULL, 0);
      assertEquals(1, met.getRemoteSize());
      if (rank == 0) {
        int[] number = new int[1];
        met.recv(number, 1, MPI.INT, 0, 4);
        assertEquals(77 + round, number[0]);
      }
      met.disconnect();
    }
    children.disconnect();
  }

  void whatCannotBeStarted() {
    int[] codes = new int[1];
    assertThrows(
        MPIException.class,
        () -> comm.spawn(java(), child("5"), 1, MPI.INFO_NULL, comm.getSize(), codes));
    assertThrows(
        MPIException.class, () -> comm.spawn(java(), child("5"), -1, MPI.INFO_NULL, rank, codes));
    assertThrows(
        NullPointerException.class, () -> comm.spawn(null, null, 1, MPI.INFO_NULL, rank, codes));
  }

  /** What each child runs. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) throws MPIException {
      String what = MPI.Init(arguments)[0];
      Intercomm parent = Intercomm.getParent();
      if (what.equals("port")) {
        for (int round = 0; round < 2; round++) {
          String port = Intracomm.openPort();
          byte[] name = port.getBytes(StandardCharsets.UTF_8);
          parent.send(name, name.length, MPI.BYTE, 0, 1);
          Intercomm met =
              round == 0
                  ? MPI.COMM_SELF.accept(port, 0)
                  : MPI.COMM_SELF.accept(port, MPI.INFO_NULL, 0);
          met.send(new int[] {77 + round}, 1, MPI.INT, 0, 4);
          met.disconnect();
          Intracomm.closePort(port);
        }
      } else {
        int[] number = {Integer.parseInt(what)};
        parent.send(number, 1, MPI.INT, 0, 1);
        parent.recv(number, 1, MPI.INT, 0, 2);
        number[0]++;
        parent.send(number, 1, MPI.INT, 0, 3);
      }
      parent.disconnect();
      MPI.Finalize();
    }
  }
}
