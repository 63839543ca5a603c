package io.weft.mpi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weft.testing.Allocations;
import io.weft.testing.MpiBuild;
import io.weft.testing.MultiRank;
import io.weft.testing.RankContext;
import io.weft.testing.RankFixture;
import io.weft.testing.RankTest;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * No operation allocates on the Java heap. On one rank, which waits for nobody; what is done for
 * other ranks is done by C.
 */
@MultiRank(
    ranks = {1},
    variantProvider = MpiBuild.All.class,
    deadlineSeconds = 120)
class AllocationTest implements RankFixture {
  /** Calls of C allocate until the compiler is done with them, which works beside the program. */
  private static final long COMPILER_NANOS = 20_000_000_000L;

  /** At least, for time also passes where the program does not run. */
  private static final int ROUNDS = 60;

  private static final int WARM_UP = 1_500;
  private static final int COUNTED = 500;
  private static final int N = 16;
  private static final int TAG = 3;
  private static final Datatype TYPE = Datatype.DOUBLE;

  private final MemorySegment heap = MemorySegment.ofArray(new double[N]);
  private final MemorySegment heapTarget = MemorySegment.ofArray(new double[N]);
  private final Status status = new Status();
  private RankContext context;
  private Mpi mpi;
  private Comm self;
  private MemorySegment a;
  private MemorySegment b;

  @Override
  public void open(RankContext context) {
    this.context = context;
    mpi = Mpi.initialize(ThreadLevel.FUNNELED);
    self = mpi.self().dup();
    a = mpi.allocate(N * Double.BYTES);
    b = mpi.allocate(N * Double.BYTES);
  }

  @Override
  public void close() {
    self.close();
    mpi.close();
  }

  private static void none(String name, Runnable operation) {
    long deadline = System.nanoTime() + COMPILER_NANOS;
    long bytes;
    int rounds = 0;
    do {
      bytes = Allocations.perOperation(WARM_UP, COUNTED, operation);
      rounds++;
    } while (bytes != 0 && (rounds < ROUNDS || System.nanoTime() < deadline));
    assertEquals(0, bytes, name + ": bytes an operation");
  }

  @RankTest
  void messages() {
    int nobody = self.procNull();
    none("send", () -> self.send(a, 0, N, TYPE, nobody, TAG));
    none("send of heap memory", () -> self.send(heap, 0, N, TYPE, nobody, TAG));
    none("ssend", () -> self.ssend(a, 0, N, TYPE, nobody, TAG));
    none("bsend", () -> self.bsend(a, 0, N, TYPE, nobody, TAG));
    none("rsend", () -> self.rsend(a, 0, N, TYPE, nobody, TAG));
    none("sendrecv", () -> self.sendrecv(a, 0, N, 0, b, 0, N, 0, TYPE, TAG));
    none("sendrecvReplace", () -> self.sendrecvReplace(a, 0, N, TYPE, 0, TAG, 0, TAG, status));
    try (PersistentRequest sent = self.sendInit(a, 0, N, TYPE, 0, TAG)) {
      none(
          "recv",
          () -> {
            sent.start();
            self.recv(b, 0, N, TYPE, 0, TAG, status);
            sent.await(null);
          });
      none(
          "recv into heap memory",
          () -> {
            sent.start();
            self.recv(heap, 0, N, TYPE, 0, TAG, status);
            sent.await(null);
          });
      none(
          "probe",
          () -> {
            sent.start();
            self.probe(0, TAG, status);
            self.recv(b, 0, status.count(TYPE), TYPE, 0, TAG, null);
            sent.await(status);
          });
      none(
          "iprobe",
          () -> {
            sent.start();
            while (!self.iprobe(0, TAG, status)) {
              Thread.onSpinWait();
            }
            self.recv(b, 0, N, TYPE, 0, TAG, null);
            sent.await(null);
          });
    }
    MemorySegment packed = mpi.allocate(self.packSize(N, TYPE));
    none("packSize", () -> self.packSize(N, TYPE));
    none("pack", () -> self.pack(a, 0, N, TYPE, packed, 0));
    none("unpack", () -> self.unpack(packed, 0, b, 0, N, TYPE));
  }

  @RankTest
  void startedMessages() {
    Request in = self.newRequest();
    Request out = self.newRequest();
    RequestSet set = self.newRequestSet(List.of(in, out));
    Status[] statuses = {new Status(), new Status()};
    int[] places = new int[2];
    Runnable start =
        () -> {
          self.irecv(b, 0, N, TYPE, 0, TAG, in);
          self.isend(a, 0, N, TYPE, 0, TAG, out);
        };
    none(
        "await",
        () -> {
          start.run();
          in.await(status);
          out.await(null);
        });
    none(
        "test",
        () -> {
          start.run();
          while (!in.test(status)) {
            Thread.onSpinWait();
          }
          while (!out.test(null)) {
            Thread.onSpinWait();
          }
        });
    none(
        "awaitAll",
        () -> {
          start.run();
          set.awaitAll(statuses);
        });
    none(
        "testAll",
        () -> {
          start.run();
          while (!set.testAll(null)) {
            Thread.onSpinWait();
          }
        });
    none(
        "awaitAny",
        () -> {
          start.run();
          set.awaitAny(status);
          set.awaitAny(status);
        });
    none(
        "awaitSome",
        () -> {
          start.run();
          for (int done = 0; done < 2; ) {
            done += set.awaitSome(places, statuses);
          }
        });
    try (PersistentRequest receives = self.recvInit(b, 0, N, TYPE, 0, TAG);
        PersistentRequest sends = self.sendInit(a, 0, N, TYPE, 0, TAG)) {
      RequestSet both = self.newRequestSet(List.of(receives, sends));
      none(
          "startAll",
          () -> {
            both.startAll();
            both.awaitAll();
          });
    }
  }

  @RankTest
  void collectives() {
    BlockLayout blocks = self.newBlockLayout(1);
    blocks.set(0, 0, N);
    TypedBlockLayout typed = self.newTypedBlockLayout(1);
    typed.set(0, 0, N, TYPE);
    none("barrier", self::barrier);
    none("bcast", () -> self.bcast(a, 0, N, TYPE, 0));
    none("bcast of heap memory", () -> self.bcast(heap, 0, N, TYPE, 0));
    none("gather", () -> self.gather(a, 0, b, 0, N, TYPE, 0));
    none("scatter", () -> self.scatter(a, 0, b, 0, N, TYPE, 0));
    none("allgather", () -> self.allgather(a, 0, b, 0, N, TYPE));
    none("alltoall", () -> self.alltoall(a, 0, b, 0, N, TYPE));
    none("alltoall of heap memory", () -> self.alltoall(heap, 0, heapTarget, 0, N, TYPE));
    none("gatherv", () -> self.gatherv(a, 0, N, b, 0, blocks, TYPE, 0));
    none("scatterv", () -> self.scatterv(a, 0, blocks, b, 0, N, TYPE, 0));
    none("allgatherv", () -> self.allgatherv(a, 0, N, b, 0, blocks, TYPE));
    none("alltoallv", () -> self.alltoallv(a, 0, blocks, b, 0, blocks, TYPE));
    none("alltoallw", () -> self.alltoallw(a, 0, typed, b, 0, typed));
    none("reduce", () -> self.reduce(a, 0, b, 0, N, TYPE, Op.SUM, 0));
    none("allreduce", () -> self.allreduce(a, 0, b, 0, N, TYPE, Op.SUM));
    none("allreduce of heap memory", () -> self.allreduce(heap, 0, heapTarget, 0, N, TYPE, Op.SUM));
    none("reduceScatter", () -> self.reduceScatter(a, 0, b, 0, blocks, TYPE, Op.SUM));
    none("reduceScatterBlock", () -> self.reduceScatterBlock(a, 0, b, 0, N, TYPE, Op.SUM));
    none("scan", () -> self.scan(a, 0, b, 0, N, TYPE, Op.SUM));
    none("exscan", () -> self.exscan(a, 0, b, 0, N, TYPE, Op.SUM));
  }

  @RankTest
  void startedCollectives() {
    Request request = self.newRequest();
    none(
        "ibarrier",
        () -> {
          self.ibarrier(request);
          request.await(null);
        });
    none(
        "ibcast",
        () -> {
          self.ibcast(a, 0, N, TYPE, 0, request);
          request.await(null);
        });
    none(
        "iallreduce",
        () -> {
          self.iallreduce(a, 0, b, 0, N, TYPE, Op.SUM, request);
          request.await(null);
        });
    none(
        "ireduce",
        () -> {
          self.ireduce(a, 0, b, 0, N, TYPE, Op.SUM, 0, request);
          request.await(null);
        });
    none(
        "ialltoall",
        () -> {
          self.ialltoall(a, 0, b, 0, N, TYPE, request);
          request.await(null);
        });
    none(
        "iallgather",
        () -> {
          self.iallgather(a, 0, b, 0, N, TYPE, request);
          request.await(null);
        });
  }

  @RankTest
  void windows() {
    try (Win win = self.allocateWin(N * Double.BYTES)) {
      win.fence(0);
      none(
          "put and fence",
          () -> {
            win.put(a, 0, N, TYPE, 0, 0);
            win.fence(0);
          });
      none(
          "get and fence",
          () -> {
            win.get(b, 0, N, TYPE, 0, 0);
            win.fence(0);
          });
      none(
          "accumulate and fence",
          () -> {
            win.accumulate(a, 0, N, TYPE, Op.SUM, 0, 0);
            win.fence(0);
          });
      win.fence(win.noSucceed());
    }
    try (Win win = self.allocateWin(N * Double.BYTES)) {
      none(
          "lock, put and unlock",
          () -> {
            win.lock(0, true, 0);
            win.put(a, 0, N, TYPE, 0, 0);
            win.unlock(0);
          });
      win.lockAll(0);
      none(
          "fetchAndOp and flush",
          () -> {
            win.fetchAndOp(a, 0, b, 0, Datatype.LONG, Op.SUM, 0, 0);
            win.flush(0);
          });
      none(
          "compareAndSwap and flushAll",
          () -> {
            win.compareAndSwap(a, 0, a, 8, b, 0, Datatype.LONG, 0, 0);
            win.flushAll();
          });
      none(
          "getAccumulate and flushLocal",
          () -> {
            win.getAccumulate(a, 0, b, 0, N, TYPE, Op.SUM, 0, 0);
            win.flushLocal(0);
          });
      Request request = self.newRequest();
      none(
          "rput",
          () -> {
            win.rput(a, 0, N, TYPE, 0, 0, request);
            request.await(null);
          });
      win.unlockAll();
    }
  }

  @RankTest
  void files() {
    String path = context.scratch().resolve("allocations").toString();
    try (MpiFile file =
        MpiFile.open(
            self, path, null, FileMode.READ_WRITE, FileMode.CREATE, FileMode.DELETE_ON_CLOSE)) {
      Request request = self.newRequest();
      none("writeAt", () -> file.writeAt(0, a, 0, N, TYPE, status));
      none("readAt", () -> file.readAt(0, b, 0, N, TYPE, status));
      none("writeAt of heap memory", () -> file.writeAt(0, heap, 0, N, TYPE, status));
      none("readAt into heap memory", () -> file.readAt(0, heap, 0, N, TYPE, status));
      none("writeAtAll", () -> file.writeAtAll(0, a, 0, N, TYPE, null));
      none("readAtAll", () -> file.readAtAll(0, b, 0, N, TYPE, null));
      none(
          "write and read at the pointer",
          () -> {
            file.seek(0, Whence.START);
            file.write(a, 0, N, TYPE, status);
            file.seek(0, Whence.START);
            file.read(b, 0, N, TYPE, status);
          });
      none("position", file::position);
      none(
          "iwriteAt",
          () -> {
            file.iwriteAt(0, a, 0, N, TYPE, request);
            request.await(status);
          });
      none(
          "ireadAt",
          () -> {
            file.ireadAt(0, b, 0, N, TYPE, request);
            request.await(status);
          });
    }
  }
}
