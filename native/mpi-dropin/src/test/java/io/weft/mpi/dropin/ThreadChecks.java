package io.weft.mpi.dropin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.IntBuffer;
import mpi.Datatype;
import mpi.Group;
import mpi.Info;
import mpi.Intracomm;
import mpi.MPI;
import mpi.MPIException;
import mpi.Prequest;
import mpi.Request;
import mpi.Status;
import mpi.Win;
import org.junit.jupiter.api.function.Executable;

/** Calls of a thread that did not start MPI. */
final class ThreadChecks extends Checks {
  private static final int TAG = 31;

  ThreadChecks(Intracomm comm) throws MPIException {
    super(comm);
  }

  private static void wrong(String function, Executable call) {
    refused(MPI.ERR_OTHER, function, "\"" + Thread.currentThread().getName() + "\"", call);
  }

  /** At a level below serialized: nothing reaches C, and MPI goes on. */
  void refusedWhereTheLevelSaysSo() throws Exception {
    assertEquals(MPI.THREAD_FUNNELED, MPI.queryThread());
    int[] one = {rank};
    IntBuffer direct = MPI.newIntBuffer(1);
    Datatype uncommitted = Datatype.createContiguous(2, MPI.INT);
    Group group = comm.getGroup();
    Prequest persistent = comm.recvInit(direct, 1, MPI.INT, MPI.PROC_NULL, TAG);
    Request started = comm.iRecv(direct, 1, MPI.INT, MPI.PROC_NULL, TAG);
    Status status = comm.recv(one, 1, MPI.INT, MPI.PROC_NULL, TAG);
    Win win = new Win(direct, 1, 1, MPI.INFO_NULL, comm);
    Threads.run(
        1,
        thread -> {
          wrong("MPI_Send", () -> comm.send(one, 1, MPI.INT, rank, TAG));
          wrong("MPI_Recv", () -> comm.recv(one, 1, MPI.INT, rank, TAG));
          wrong("MPI_Isend", () -> comm.iSend(direct, 1, MPI.INT, rank, TAG));
          wrong("MPI_Iprobe", () -> comm.iProbe(rank, TAG));
          wrong("MPI_Barrier", comm::barrier);
          wrong("MPI_Allreduce", () -> comm.allReduce(one, 1, MPI.INT, MPI.SUM));
          wrong("MPI_Comm_rank", comm::getRank);
          wrong("MPI_Comm_dup", comm::dup);
          wrong("MPI_Wait", started::waitFor);
          wrong("MPI_Waitall", () -> Request.waitAll(new Request[] {started}));
          wrong("MPI_Start", persistent::start);
          wrong("MPI_Type_commit", uncommitted::commit);
          wrong("MPI_Group_size", group::getSize);
          wrong("MPI_Info_create", Info::new);
          wrong("MPI_Win_fence", () -> win.fence(0));
          wrong("MPI_File_delete", () -> mpi.File.delete("there-is-none"));
          wrong("MPI_Finalize", MPI::Finalize);
          // What every thread may ask.
          assertFalse(MPI.isThreadMain());
          assertEquals(MPI.THREAD_FUNNELED, MPI.queryThread());
          assertTrue(MPI.isInitialized());
          assertFalse(MPI.isFinalized());
          assertTrue(MPI.wtime() > 0);
          assertTrue(MPI.wtick() > 0);
          assertEquals(0, status.getCount(MPI.INT));
        });
    started.waitFor();
    win.free();
    persistent.free();
    uncommitted.free();
    group.free();
    int[] sum = {1};
    comm.allReduce(sum, 1, MPI.INT, MPI.SUM);
    assertEquals(size, sum[0]);
  }

  /** After {@code MPI.Init}, which says nothing of threads: one at a time goes on as it did. */
  void letThroughAfterInit() throws Exception {
    int[] got = {-1};
    Threads.run(
        1,
        thread -> {
          assertFalse(MPI.isThreadMain());
          int[] sent = {100 + rank};
          comm.sendRecv(sent, 1, MPI.INT, next, TAG, got, 1, MPI.INT, previous, TAG);
        });
    assertTrue(MPI.isThreadMain());
    assertEquals(100 + previous, got[0]);
  }
}
