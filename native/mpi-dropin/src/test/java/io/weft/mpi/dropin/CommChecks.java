package io.weft.mpi.dropin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.NotSerializableException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mpi.Comm;
import mpi.Group;
import mpi.Info;
import mpi.Intercomm;
import mpi.Intracomm;
import mpi.MPI;
import mpi.MPIException;
import mpi.Request;

/** Communicators, their attributes, names and handlers; MPI itself. */
final class CommChecks extends Checks {
  CommChecks(Intracomm comm) throws MPIException {
    super(comm);
  }

  void copies() throws MPIException {
    Info hints = new Info();
    Intracomm dup = comm.dup();
    Intracomm clone = comm.clone();
    Intracomm hinted = comm.dupWithInfo(hints);
    Intracomm started = comm.iDup();
    Request request = started.getRequest();
    assertNotNull(request);
    request.waitFor();
    assertNull(dup.getRequest());
    for (Intracomm each : List.of(dup, clone, hinted, started)) {
      assertEquals(size, each.getSize());
      assertEquals(rank, each.getRank());
      assertEquals(MPI.CONGRUENT, Comm.compare(comm, each));
      int[] sum = {1};
      each.allReduce(sum, 1, MPI.INT, MPI.SUM);
      assertEquals(size, sum[0]);
      each.setInfo(hints);
      Info info = each.getInfo();
      assertFalse(info.isNull());
      info.free();
      each.free();
      assertTrue(each.isNull());
      refused(MPI.ERR_COMM, "MPI_Comm_free", "freed", each::free);
      refused(MPI.ERR_COMM, "MPI_Comm_rank", "freed", each::getRank);
    }
    hints.free();
    assertEquals(MPI.IDENT, Comm.compare(comm, comm));
    refused(MPI.ERR_COMM, "MPI_Comm_free", "predefined", MPI.COMM_WORLD::free);
    Intracomm gone = comm.dup();
    gone.disconnect();
    assertTrue(gone.isNull());
  }

  void parts() throws MPIException {
    Intracomm half = comm.split(rank % 2, -rank);
    int members = (size + 1 - rank % 2) / 2;
    assertEquals(members, half.getSize());
    // Ordered by falling rank.
    assertEquals(members - 1 - rank / 2, half.getRank());
    half.free();
    Intracomm none = comm.split(rank == 0 ? MPI.UNDEFINED : 1, 0);
    assertEquals(rank == 0, none.isNull());
    if (rank > 0) {
      none.free();
    }
    Intracomm host = comm.splitType(Comm.TYPE_SHARED, 0, MPI.INFO_NULL);
    assertEquals(size, host.getSize());
    host.free();
    Group all = comm.getGroup();
    assertEquals(size, all.getSize());
    Group first = all.incl(new int[] {0});
    Intracomm alone = comm.create(first);
    assertEquals(rank != 0, alone.isNull());
    if (rank == 0) {
      assertEquals(1, alone.getSize());
      alone.free();
      Intracomm again = comm.createGroup(first, 5);
      assertEquals(1, again.getSize());
      again.free();
    }
    first.free();
    all.free();
  }

  void twoGroups() throws MPIException {
    if (size < 2) {
      return;
    }
    int colour = rank % 2;
    Intracomm local = comm.split(colour, rank);
    Intercomm inter = comm.createIntercomm(local, 0, 1 - colour, 9);
    assertTrue(inter.isInter());
    assertFalse(local.isInter());
    int remote = size - local.getSize();
    assertEquals(remote, inter.getRemoteSize());
    assertEquals(local.getSize(), inter.getSize());
    Group others = inter.getRemoteGroup();
    assertEquals(remote, others.getSize());
    others.free();
    // Each group gets the other's sum.
    int[] sum = new int[1];
    inter.allReduce(new int[] {rank}, sum, 1, MPI.INT, MPI.SUM);
    int expected = 0;
    for (int r = 1 - colour; r < size; r += 2) {
      expected += r;
    }
    assertEquals(expected, sum[0]);
    int[] value = {colour == 0 && local.getRank() == 0 ? 42 : 0};
    int root = colour == 1 ? 0 : local.getRank() == 0 ? MPI.ROOT : MPI.PROC_NULL;
    inter.bcast(value, 1, MPI.INT, root);
    assertEquals(root == MPI.PROC_NULL ? 0 : 42, value[0]);
    refused(MPI.ERR_RANK, "MPI_Send", "dest", () -> inter.send(value, 1, MPI.INT, remote, 0));
    for (Intercomm each : List.of(inter.dup(), inter.clone())) {
      assertEquals(remote, each.getRemoteSize());
      each.free();
    }
    Intercomm copy = inter.iDup();
    copy.getRequest().waitFor();
    copy.free();
    Info hints = new Info();
    Intercomm hinted = inter.dupWithInfo(hints);
    hinted.free();
    hints.free();
    Intracomm merged = inter.merge(colour == 1);
    assertEquals(size, merged.getSize());
    assertEquals(colour == 0, merged.getRank() < (size + 1) / 2);
    merged.free();
    inter.free();
    local.free();
  }

  void attributes() throws MPIException {
    int key = Comm.createKeyval();
    Comm dup = comm.dup();
    assertNull(dup.getAttr(key));
    Map<String, int[]> value = new HashMap<>();
    value.put("a", new int[] {rank});
    dup.setAttr(key, value);
    value.put("b", new int[1]);
    @SuppressWarnings("unchecked") // as it was put
    Map<String, int[]> got = (Map<String, int[]>) dup.getAttr(key);
    assertEquals(1, got.size(), "stored as it was");
    assertArrayEquals(new int[] {rank}, got.get("a"));
    Comm copy = dup.dup();
    dup.deleteAttr(key);
    assertNull(dup.getAttr(key));
    assertNotNull(copy.getAttr(key));
    dup.setAttr(key, null);
    assertNull(dup.getAttr(key));
    MPIException refused = assertThrows(MPIException.class, () -> dup.setAttr(key, new Object()));
    assertTrue(refused.getCause() instanceof NotSerializableException, refused::toString);
    assertTrue((Integer) comm.getAttr(MPI.TAG_UB) >= 32767);
    assertTrue(comm.getAttr(MPI.WTIME_IS_GLOBAL) instanceof Boolean);
    Comm.freeKeyval(key);
    copy.free();
    dup.free();
  }

  void namesAndHandlers() throws MPIException {
    assertEquals("MPI_COMM_WORLD", MPI.COMM_WORLD.getName());
    Comm dup = comm.dup();
    dup.setName("mine \u00e4");
    assertEquals("mine \u00e4", dup.getName());
    dup.setName("\u00e4".repeat(500));
    assertTrue(dup.getName().matches("\u00e4+"), "the name is " + dup.getName());
    assertEquals(MPI.UNDEFINED, dup.getTopology());
    assertNotNull(dup.getErrhandler());
    dup.setErrhandler(MPI.ERRORS_ARE_FATAL);
    dup.setErrhandler(MPI.ERRORS_RETURN);
    dup.callErrhandler(MPI.ERR_ARG);
    if (MPI.getLibVersion().contains("Open MPI v4.") || isMpich4()) {
      refused(
          MPI.ERR_UNSUPPORTED_OPERATION,
          "MPI_Comm_set_errhandler",
          "MPI_ERRORS_ABORT",
          () -> dup.setErrhandler(MPI.ERRORS_ABORT));
    } else {
      dup.setErrhandler(MPI.ERRORS_ABORT);
      dup.setErrhandler(MPI.ERRORS_RETURN);
      dup.callErrhandler(MPI.ERR_PROC_ABORTED);
    }
    dup.free();
    assertTrue(Intercomm.getParent().isNull());
  }

  void mpiItself() throws MPIException {
    assertTrue(MPI.isInitialized());
    assertFalse(MPI.isFinalized());
    assertTrue(MPI.isThreadMain());
    assertEquals(MPI.THREAD_FUNNELED, MPI.queryThread());
    assertTrue(MPI.wtick() > 0);
    double start = MPI.wtime();
    assertTrue(MPI.wtime() >= start);
    assertTrue(MPI.getVersion().getVersion() >= 3);
    assertEquals(MPI.SUBVERSION, MPI.getVersion().getSubVersion());
    assertTrue(MPI.getLibVersion().contains("MPI"), MPI::getLibVersion);
    assertFalse(MPI.getProcessorName().isBlank());
    MPI.pControl(1, null);
    MPIException again = assertThrows(MPIException.class, () -> MPI.Init(new String[0]));
    assertTrue(again.getMessage().contains("already initialized"), again::getMessage);
    assertThrows(MPIException.class, () -> MPI.InitThread(new String[0], MPI.THREAD_SINGLE));
    new MPI();
    assertEquals(0, new MPIException("x").getErrorCode());
    assertEquals(0, new MPIException(new RuntimeException("x")).getErrorClass());
    refused(MPI.ERR_BUFFER, "MPI_Buffer_detach", "no buffer", MPI::detachBuffer);
  }

  /** Arguments that C is never shown, and what C says of others. */
  void whatIsWrong() throws MPIException {
    int[] one = new int[1];
    refused(MPI.ERR_RANK, "MPI_Send", "dest is " + size, () -> comm.send(one, 1, MPI.INT, size, 0));
    refused(MPI.ERR_RANK, "MPI_Recv", "source is -77", () -> comm.recv(one, 1, MPI.INT, -77, 0));
    refused(MPI.ERR_TAG, "MPI_Send", "tag is -5", () -> comm.send(one, 1, MPI.INT, 0, -5));
    refused(MPI.ERR_COUNT, "MPI_Send", "count is -1", () -> comm.send(one, -1, MPI.INT, 0, 0));
    refused(MPI.ERR_ROOT, "MPI_Bcast", "root is " + size, () -> comm.bcast(one, 1, MPI.INT, size));
    refused(MPI.ERR_BUFFER, "MPI_Send", "buf is null", () -> comm.send(null, 1, MPI.INT, 0, 0));
    refused(MPI.ERR_TYPE, "MPI_Send", "null", () -> comm.send(one, 1, MPI.DATATYPE_NULL, 0, 0));
    refused("MPI_Allreduce", () -> comm.allReduce(new double[1], 1, MPI.DOUBLE, MPI.BAND));
    assertTrue(
        assertThrows(NullPointerException.class, () -> comm.send(one, 1, null, 0, 0))
            .getMessage()
            .contains("MPI_Send: type"));
    assertThrows(NullPointerException.class, () -> comm.allReduce(one, 1, MPI.INT, null));
    assertTrue(
        assertThrows(
                NullPointerException.class,
                () -> comm.allGatherv(one, 1, MPI.INT, one, null, new int[size], MPI.INT))
            .getMessage()
            .contains("MPI_Allgatherv: recvcounts"));
    assertTrue(
        assertThrows(ArrayIndexOutOfBoundsException.class, () -> comm.send(one, 5, MPI.INT, 0, 0))
            .getMessage()
            .contains("buf"));
    assertThrows(
        ArrayIndexOutOfBoundsException.class,
        () -> comm.iRecv(MPI.newIntBuffer(1), 2, MPI.INT, 0, 0));
    assertThrows(
        ArrayIndexOutOfBoundsException.class,
        () -> comm.allGather(one, 1, MPI.INT, new int[size - 1], 1, MPI.INT));
    assertThrows(
        ArrayIndexOutOfBoundsException.class,
        () -> comm.allGatherv(one, 1, MPI.INT, new int[9], new int[size - 1], one, MPI.INT));
    assertThrows(IllegalArgumentException.class, () -> comm.send("x", 1, MPI.BYTE, 0, 0));
    assertThrows(
        java.nio.ReadOnlyBufferException.class,
        () -> comm.recv(MPI.newIntBuffer(1).asReadOnlyBuffer(), 1, MPI.INT, 0, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> MPI.slice(new int[3], 4));
    assertThrows(IndexOutOfBoundsException.class, () -> MPI.slice(MPI.newIntBuffer(3), -1));
  }
}
