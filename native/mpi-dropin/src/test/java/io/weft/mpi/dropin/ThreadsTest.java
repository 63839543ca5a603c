package io.weft.mpi.dropin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.testing.MpiBuild;
import io.weft.testing.MultiRank;
import io.weft.testing.RankContext;
import io.weft.testing.RankFixture;
import io.weft.testing.RankTest;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mpi.Datatype;
import mpi.Intracomm;
import mpi.MPI;
import mpi.MPIException;
import mpi.Message;
import mpi.Op;
import mpi.Request;
import mpi.Status;
import mpi.UserFunction;
import org.junit.jupiter.api.Assumptions;

/**
 * Several threads of each rank call at the same time, at {@code MPI_THREAD_MULTIPLE}. On two ranks
 * at most: each of their threads polls, and MPICH's do not yield.
 */
@MultiRank(
    ranks = {1, 2},
    variantProvider = MpiBuild.All.class,
    sampled = "build",
    deadlineSeconds = 120)
class ThreadsTest implements RankFixture {
  private static final int THREADS = 3;
  private static final int ROUNDS = 10;

  /** An array longer than what libraries send at once. */
  private static final int LONG = 20_000;

  private int given;
  private Intracomm comm;
  private int rank;
  private int size;
  private int next;
  private int previous;

  @Override
  public void open(RankContext context) throws MPIException {
    given = MPI.InitThread(new String[0], MPI.THREAD_MULTIPLE);
    MPI.COMM_WORLD.setErrhandler(MPI.ERRORS_RETURN);
    comm = MPI.COMM_WORLD.dup();
    rank = comm.getRank();
    size = comm.getSize();
    next = (rank + 1) % size;
    previous = (rank + size - 1) % size;
  }

  @Override
  public void close() throws MPIException {
    comm.free();
    MPI.Finalize();
  }

  private void assumeGranted() throws MPIException {
    assertEquals(given, MPI.queryThread());
    if (given != MPI.THREAD_MULTIPLE) {
      String version = MPI.getLibVersion().lines().findFirst().orElse("").strip();
      Assumptions.abort(version + " gives thread level " + given + ", not MPI_THREAD_MULTIPLE");
    }
  }

  /** Communicators are made in the same order on all ranks, so by one thread. */
  private Intracomm[] communicators() throws MPIException {
    Intracomm[] own = new Intracomm[THREADS];
    for (int i = 0; i < THREADS; i++) {
      own[i] = comm.dup();
    }
    return own;
  }

  private static void free(Intracomm[] own) throws MPIException {
    for (Intracomm each : own) {
      each.free();
    }
  }

  /** What differs for each rank, thread and round. */
  private static int value(int rank, int thread, int round) {
    return 100_000 * rank + 1000 * thread + round;
  }

  @RankTest
  void messagesOnOwnCommunicators() throws Exception {
    assumeGranted();
    Intracomm[] own = communicators();
    Threads.run(
        THREADS,
        thread -> {
          Intracomm mine = own[thread];
          IntBuffer out = MPI.newIntBuffer(1);
          IntBuffer in = MPI.newIntBuffer(1);
          long[] array = new long[LONG];
          long[] got = new long[LONG];
          for (int round = 0; round < ROUNDS; round++) {
            int[] sent = {value(rank, thread, round), round};
            int[] received = new int[2];
            Status status =
                mine.sendRecv(sent, 2, MPI.INT, next, round, received, 2, MPI.INT, previous, round);
            assertArrayEquals(new int[] {value(previous, thread, round), round}, received);
            assertEquals(2, status.getCount(MPI.INT));
            assertEquals(previous, status.getSource());
            out.put(0, value(rank, thread, round));
            Request[] both = {
              mine.iRecv(in, 1, MPI.INT, previous, round), mine.iSend(out, 1, MPI.INT, next, round)
            };
            Request.waitAll(both);
            assertEquals(value(previous, thread, round), in.get(0));
            Arrays.fill(array, value(rank, thread, round));
            mine.sendRecv(array, LONG, MPI.LONG, next, 1, got, LONG, MPI.LONG, previous, 1);
            assertEquals(
                LONG, Arrays.stream(got).filter(each -> each == got[0]).count(), "of one message");
            assertEquals(value(previous, thread, round), got[0]);
          }
        });
    free(own);
  }

  @RankTest
  void collectivesOnOwnCommunicators() throws Exception {
    assumeGranted();
    Intracomm[] own = communicators();
    Threads.run(
        THREADS,
        thread -> {
          Intracomm mine = own[thread];
          DoubleBuffer sums = MPI.newDoubleBuffer(2);
          for (int round = 0; round < ROUNDS; round++) {
            long[] sum = {value(rank, thread, round)};
            mine.allReduce(sum, 1, MPI.LONG, MPI.SUM);
            long ranks = (long) size * (size - 1) / 2;
            assertEquals(100_000 * ranks + (long) size * value(0, thread, round), sum[0]);
            int root = round % size;
            int[] told = {rank == root ? value(rank, thread, round) : -1};
            mine.bcast(told, 1, MPI.INT, root);
            assertEquals(value(root, thread, round), told[0]);
            int[] all = new int[size];
            mine.allGather(new int[] {value(rank, thread, round)}, 1, MPI.INT, all, 1, MPI.INT);
            for (int r = 0; r < size; r++) {
              assertEquals(value(r, thread, round), all[r]);
            }
            sums.put(0, rank).put(1, thread);
            mine.iAllReduce(sums, 2, MPI.DOUBLE, MPI.SUM).waitFor();
            assertEquals(ranks, sums.get(0));
            assertEquals((double) size * thread, sums.get(1));
            mine.barrier();
          }
        });
    free(own);
  }

  /** By tags: at this level a communicator serves several threads. */
  @RankTest
  void messagesOnOneCommunicator() throws Exception {
    assumeGranted();
    Threads.run(
        THREADS,
        thread -> {
          IntBuffer out = MPI.newIntBuffer(2);
          int[] got = new int[2];
          for (int round = 0; round < ROUNDS; round++) {
            out.put(0, value(rank, thread, round)).put(1, -round);
            Request sent = comm.iSend(out, 2, MPI.INT, next, thread);
            Status status;
            if (round % 2 == 0) {
              assertEquals(2, comm.probe(previous, thread).getCount(MPI.INT));
              status = comm.recv(got, 2, MPI.INT, previous, thread);
            } else {
              Message message = new Message();
              assertEquals(thread, message.mProbe(previous, thread, comm).getTag());
              status = message.mRecv(got, 2, MPI.INT);
            }
            assertEquals(thread, status.getTag());
            assertArrayEquals(new int[] {value(previous, thread, round), -round}, got);
            sent.waitFor();
          }
        });
  }

  /** The greatest number, in Java. */
  private static final class Most extends UserFunction {
    @Override
    public void call(ByteBuffer in, ByteBuffer inOut, int count, Datatype type) {
      for (int i = 0; i < count; i++) {
        int at = Integer.BYTES * i;
        inOut.putInt(at, Math.max(in.getInt(at), inOut.getInt(at)));
      }
    }
  }

  /** Objects that are made while others are. */
  @RankTest
  void datatypesAndOperationsOfEachThread() throws Exception {
    assumeGranted();
    Intracomm[] own = communicators();
    Threads.run(
        THREADS,
        thread -> {
          for (int round = 0; round < ROUNDS; round++) {
            Datatype every = Datatype.createVector(2, 1, 2, MPI.INT);
            every.commit();
            int[] from = {value(rank, thread, round), -1, thread};
            int[] to = {0, -7, 0};
            own[thread].sendRecv(from, 1, every, next, 0, to, 1, every, previous, 0);
            assertArrayEquals(new int[] {value(previous, thread, round), -7, thread}, to);
            every.free();
            Op most = new Op(new Most(), true);
            int[] result = {value(rank, thread, round)};
            own[thread].allReduce(result, 1, MPI.INT, most);
            assertEquals(value(size - 1, thread, round), result[0]);
            most.free();
          }
        });
    free(own);
  }

  /** A thread stands in a receive until another of the same rank has done other things. */
  @RankTest
  void aThreadThatWaitsHoldsNobodyUp() throws Exception {
    assumeGranted();
    Assumptions.assumeFalse(
        size == 1 && Checks.isMpich4(),
        "MPICH 4.0 on one rank: a receive from itself that waits does not see what another thread"
            + " sends, from C too");
    Intracomm[] own = communicators();
    CountDownLatch waits = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    Threads.run(
        2,
        thread -> {
          int[] number = {rank};
          if (thread == 0) {
            waits.countDown();
            own[0].recv(number, 1, MPI.INT, previous, 5);
            assertTrue(done.getCount() == 0, "nobody has sent yet");
            assertEquals(1000 + previous, number[0]);
          } else {
            assertTrue(waits.await(30, TimeUnit.SECONDS));
            assertFalse(MPI.isThreadMain());
            for (int round = 0; round < ROUNDS; round++) {
              int[] sum = {1};
              own[1].allReduce(sum, 1, MPI.INT, MPI.SUM);
              assertEquals(size, sum[0]);
            }
            number[0] = 1000 + rank;
            // All ranks are here: each has said so before any sends.
            done.countDown();
            own[1].barrier();
            own[0].send(number, 1, MPI.INT, next, 5);
          }
        });
    free(own);
  }
}
