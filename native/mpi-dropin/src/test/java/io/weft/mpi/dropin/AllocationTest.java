package io.weft.mpi.dropin;

import static io.weft.mpi.dropin.Bytes.REQUEST;
import static io.weft.mpi.dropin.Bytes.STATUS;
import static io.weft.mpi.dropin.Bytes.exactly;
import static io.weft.mpi.dropin.Bytes.none;

import io.weft.testing.MpiBuild;
import io.weft.testing.MultiRank;
import io.weft.testing.RankContext;
import io.weft.testing.RankFixture;
import io.weft.testing.RankTest;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import mpi.CartComm;
import mpi.Datatype;
import mpi.File;
import mpi.Group;
import mpi.Intracomm;
import mpi.MPI;
import mpi.MPIException;
import mpi.Message;
import mpi.Prequest;
import mpi.Request;
import mpi.Status;
import mpi.Win;

/**
 * What operations allocate on the Java heap: what they return, and nothing else. On one rank, which
 * waits for nobody; what is done for other ranks is done by C.
 */
@MultiRank(
    ranks = {1},
    variantProvider = MpiBuild.All.class,
    deadlineSeconds = 120)
class AllocationTest implements RankFixture {
  private static final int N = 16;
  private static final int TAG = 3;

  private final double[] array = new double[N];
  private final double[] other = new double[N];
  private final int[] counts = {N};
  private final int[] displs = {0};
  private RankContext context;
  private Intracomm self;
  private DoubleBuffer direct;
  private DoubleBuffer target;
  private Datatype[] types;

  @Override
  public void open(RankContext context) throws MPIException {
    this.context = context;
    MPI.Init(new String[0]);
    MPI.COMM_SELF.setErrhandler(MPI.ERRORS_RETURN);
    self = MPI.COMM_SELF;
    direct = MPI.newDoubleBuffer(N);
    target = MPI.newDoubleBuffer(N);
    types = new Datatype[] {MPI.DOUBLE};
  }

  @Override
  public void close() throws MPIException {
    MPI.Finalize();
  }

  @RankTest
  void questions() {
    none("getRank", self::getRank);
    none("getSize", self::getSize);
    none("isInter", self::isInter);
    none("getTopology", self::getTopology);
    none("packSize", () -> self.packSize(N, MPI.DOUBLE));
    none("wtime", MPI::wtime);
    none("isThreadMain", MPI::isThreadMain);
    none("Datatype.getSize", MPI.DOUBLE::getSize);
    none("Datatype.getExtent", MPI.DOUBLE::getExtent);
  }

  @RankTest
  void messages() throws MPIException {
    none("send of an array", () -> self.send(array, N, MPI.DOUBLE, MPI.PROC_NULL, TAG));
    none("send of a buffer", () -> self.send(direct, N, MPI.DOUBLE, MPI.PROC_NULL, TAG));
    none("sSend", () -> self.sSend(array, N, MPI.DOUBLE, MPI.PROC_NULL, TAG));
    none("bSend", () -> self.bSend(array, N, MPI.DOUBLE, MPI.PROC_NULL, TAG));
    none("rSend", () -> self.rSend(array, N, MPI.DOUBLE, MPI.PROC_NULL, TAG));
    Prequest sent = self.sendInit(direct, N, MPI.DOUBLE, 0, TAG);
    exactly(
        STATUS,
        "recv into an array",
        () -> {
          sent.start();
          Status status = self.recv(other, N, MPI.DOUBLE, 0, TAG);
          sent.waitFor();
          return status;
        });
    exactly(
        STATUS,
        "recv into a buffer",
        () -> {
          sent.start();
          Status status = self.recv(target, N, MPI.DOUBLE, 0, TAG);
          sent.waitFor();
          return status;
        });
    exactly(
        STATUS,
        "sendRecv of arrays",
        () -> self.sendRecv(array, N, MPI.DOUBLE, 0, TAG, other, N, MPI.DOUBLE, 0, TAG));
    exactly(
        STATUS,
        "sendRecv of buffers",
        () -> self.sendRecv(direct, N, MPI.DOUBLE, 0, TAG, target, N, MPI.DOUBLE, 0, TAG));
    exactly(
        STATUS,
        "sendRecvReplace of an array",
        () -> self.sendRecvReplace(array, N, MPI.DOUBLE, 0, TAG, 0, TAG));
    exactly(
        STATUS,
        "sendRecvReplace of a buffer",
        () -> self.sendRecvReplace(direct, N, MPI.DOUBLE, 0, TAG, 0, TAG));
    sent.free();
  }

  @RankTest
  void probes() throws MPIException {
    Prequest sent = self.sendInit(direct, N, MPI.DOUBLE, 0, TAG);
    Message message = new Message();
    exactly(
        2 * STATUS,
        "probe and recv",
        () -> {
          sent.start();
          Status found = self.probe(0, TAG);
          self.recv(target, found.getCount(MPI.DOUBLE), MPI.DOUBLE, 0, TAG);
          sent.waitFor();
          return found;
        });
    exactly(
        2 * STATUS,
        "iProbe and recv",
        () -> {
          sent.start();
          Status found = null;
          while (found == null) {
            found = self.iProbe(0, TAG);
          }
          self.recv(target, N, MPI.DOUBLE, 0, TAG);
          sent.waitFor();
          return found;
        });
    none("iProbe of nothing", () -> self.iProbe(0, TAG));
    exactly(
        2 * STATUS,
        "mProbe and mRecv",
        () -> {
          sent.start();
          Status found = message.mProbe(0, TAG, self);
          message.mRecv(other, N, MPI.DOUBLE);
          sent.waitFor();
          return found;
        });
    exactly(
        STATUS + REQUEST,
        "imProbe and imRecv",
        () -> {
          sent.start();
          Status found = null;
          while (found == null) {
            found = message.imProbe(0, TAG, self);
          }
          message.imRecv(target, N, MPI.DOUBLE).waitFor();
          sent.waitFor();
          return found;
        });
    sent.free();
  }

  @RankTest
  void packing() throws MPIException {
    byte[] packed = new byte[self.packSize(N, MPI.DOUBLE)];
    none("pack of an array", () -> self.pack(array, N, MPI.DOUBLE, packed, 0));
    none("pack of a buffer", () -> self.pack(direct, N, MPI.DOUBLE, packed, 0));
    none("unpack into an array", () -> self.unpack(packed, 0, array, N, MPI.DOUBLE));
    none("unpack into a buffer", () -> self.unpack(packed, 0, direct, N, MPI.DOUBLE));
  }

  @RankTest
  void startedMessages() {
    Request[] both = new Request[2];
    exactly(
        2 * REQUEST,
        "iSend, iRecv and waitAll",
        () -> {
          start(both);
          Request.waitAll(both);
          return both[0];
        });
    exactly(
        2 * REQUEST,
        "testAll",
        () -> {
          start(both);
          while (!Request.testAll(both)) {
            Thread.onSpinWait();
          }
          return both[0];
        });
    exactly(
        2 * REQUEST,
        "waitFor and test",
        () -> {
          start(both);
          both[0].waitFor();
          while (!both[1].test()) {
            Thread.onSpinWait();
          }
          return both[0];
        });
    exactly(
        2 * REQUEST + 2 * STATUS,
        "waitStatus",
        () -> {
          start(both);
          both[0].waitStatus();
          return both[1].waitStatus();
        });
  }

  private void start(Request[] both) throws MPIException {
    both[0] = self.iRecv(target, N, MPI.DOUBLE, 0, TAG);
    both[1] = self.iSend(direct, N, MPI.DOUBLE, 0, TAG);
  }

  @RankTest
  void persistentMessages() throws MPIException {
    Prequest[] both = {
      self.recvInit(target, N, MPI.DOUBLE, 0, TAG), self.sendInit(direct, N, MPI.DOUBLE, 0, TAG)
    };
    none(
        "start and waitFor",
        () -> {
          both[0].start();
          both[1].start();
          both[0].waitFor();
          both[1].waitFor();
        });
    none(
        "startAll and waitAll",
        () -> {
          Prequest.startAll(both);
          Request.waitAll(both);
        });
    none(
        "startAll and testAll",
        () -> {
          Prequest.startAll(both);
          while (!Request.testAll(both)) {
            Thread.onSpinWait();
          }
        });
    none(
        "waitAny",
        () -> {
          Prequest.startAll(both);
          Request.waitAny(both);
          Request.waitAny(both);
        });
    none(
        "testAny",
        () -> {
          Prequest.startAll(both);
          for (int done = 0; done < 2; ) {
            done += Request.testAny(both) == MPI.UNDEFINED ? 0 : 1;
          }
        });
    exactly(
        // An array of one index: a header and an int, in words.
        2 * 24,
        "waitSome",
        () -> {
          both[0].start();
          both[1].start();
          both[1].waitFor();
          int[] first = Request.waitSome(both);
          both[0].start();
          both[1].start();
          both[1].waitFor();
          return first.length == 1 ? Request.waitSome(both) : both;
        });
    exactly(
        // An array of two references, in words.
        24 + 2 * STATUS,
        "waitAllStatus",
        () -> {
          Prequest.startAll(both);
          return Request.waitAllStatus(both);
        });
    both[0].free();
    both[1].free();
  }

  @RankTest
  void collectivesOfArrays() {
    none("barrier", self::barrier);
    none("bcast", () -> self.bcast(array, N, MPI.DOUBLE, 0));
    none("gather", () -> self.gather(array, N, MPI.DOUBLE, other, N, MPI.DOUBLE, 0));
    none("scatter", () -> self.scatter(array, N, MPI.DOUBLE, other, N, MPI.DOUBLE, 0));
    none("allGather", () -> self.allGather(array, N, MPI.DOUBLE, other, N, MPI.DOUBLE));
    none("allToAll", () -> self.allToAll(array, N, MPI.DOUBLE, other, N, MPI.DOUBLE));
    none("gather in place", () -> self.gather(array, N, MPI.DOUBLE, 0));
    none("scatter in place", () -> self.scatter(array, N, MPI.DOUBLE, 0));
    none("allGather in place", () -> self.allGather(array, N, MPI.DOUBLE));
    none("gatherv", () -> self.gatherv(array, N, MPI.DOUBLE, other, counts, displs, MPI.DOUBLE, 0));
    none(
        "scatterv",
        () -> self.scatterv(array, counts, displs, MPI.DOUBLE, other, N, MPI.DOUBLE, 0));
    none(
        "allGatherv",
        () -> self.allGatherv(array, N, MPI.DOUBLE, other, counts, displs, MPI.DOUBLE));
    none(
        "allToAllv",
        () -> self.allToAllv(array, counts, displs, MPI.DOUBLE, other, counts, displs, MPI.DOUBLE));
    Object from = array;
    Object to = other;
    none("allToAllw", () -> self.allToAllw(from, counts, displs, types, to, counts, displs, types));
  }

  @RankTest
  void collectivesOfBuffers() {
    none("bcast", () -> self.bcast(direct, N, MPI.DOUBLE, 0));
    none("gather", () -> self.gather(direct, N, MPI.DOUBLE, target, N, MPI.DOUBLE, 0));
    none("scatter", () -> self.scatter(direct, N, MPI.DOUBLE, target, N, MPI.DOUBLE, 0));
    none("allGather", () -> self.allGather(direct, N, MPI.DOUBLE, target, N, MPI.DOUBLE));
    none("allToAll", () -> self.allToAll(direct, N, MPI.DOUBLE, target, N, MPI.DOUBLE));
    none(
        "gatherv",
        () -> self.gatherv(direct, N, MPI.DOUBLE, target, counts, displs, MPI.DOUBLE, 0));
    none(
        "scatterv",
        () -> self.scatterv(direct, counts, displs, MPI.DOUBLE, target, N, MPI.DOUBLE, 0));
    none(
        "allGatherv",
        () -> self.allGatherv(direct, N, MPI.DOUBLE, target, counts, displs, MPI.DOUBLE));
    none(
        "allToAllv",
        () ->
            self.allToAllv(direct, counts, displs, MPI.DOUBLE, target, counts, displs, MPI.DOUBLE));
    none(
        "allToAllw",
        () -> self.allToAllw(direct, counts, displs, types, target, counts, displs, types));
  }

  @RankTest
  void reductions() {
    none("allReduce of arrays", () -> self.allReduce(array, other, N, MPI.DOUBLE, MPI.SUM));
    none("allReduce of buffers", () -> self.allReduce(direct, target, N, MPI.DOUBLE, MPI.SUM));
    none("allReduce in place", () -> self.allReduce(array, N, MPI.DOUBLE, MPI.SUM));
    none("reduce of arrays", () -> self.reduce(array, other, N, MPI.DOUBLE, MPI.SUM, 0));
    none("reduce of buffers", () -> self.reduce(direct, target, N, MPI.DOUBLE, MPI.SUM, 0));
    none("reduce in place", () -> self.reduce(array, N, MPI.DOUBLE, MPI.SUM, 0));
    none("scan of arrays", () -> self.scan(array, other, N, MPI.DOUBLE, MPI.SUM));
    none("scan of buffers", () -> self.scan(direct, target, N, MPI.DOUBLE, MPI.SUM));
    none("exScan of arrays", () -> self.exScan(array, other, N, MPI.DOUBLE, MPI.SUM));
    none("exScan of buffers", () -> self.exScan(direct, target, N, MPI.DOUBLE, MPI.SUM));
    none(
        "reduceScatter of arrays",
        () -> self.reduceScatter(array, other, counts, MPI.DOUBLE, MPI.SUM));
    none(
        "reduceScatter of buffers",
        () -> self.reduceScatter(direct, target, counts, MPI.DOUBLE, MPI.SUM));
    none(
        "reduceScatterBlock of arrays",
        () -> self.reduceScatterBlock(array, other, N, MPI.DOUBLE, MPI.SUM));
    none(
        "reduceScatterBlock of buffers",
        () -> self.reduceScatterBlock(direct, target, N, MPI.DOUBLE, MPI.SUM));
    none("reduceLocal", () -> Intracomm.reduceLocal(array, other, N, MPI.DOUBLE, MPI.SUM));
  }

  @RankTest
  void startedCollectives() {
    exactly(REQUEST, "iBarrier", () -> waited(self.iBarrier()));
    exactly(REQUEST, "iBcast", () -> waited(self.iBcast(direct, N, MPI.DOUBLE, 0)));
    exactly(
        REQUEST,
        "iAllReduce",
        () -> waited(self.iAllReduce(direct, target, N, MPI.DOUBLE, MPI.SUM)));
    exactly(
        REQUEST, "iReduce", () -> waited(self.iReduce(direct, target, N, MPI.DOUBLE, MPI.SUM, 0)));
    exactly(
        REQUEST,
        "iGather",
        () -> waited(self.iGather(direct, N, MPI.DOUBLE, target, N, MPI.DOUBLE, 0)));
    exactly(
        REQUEST,
        "iAllToAll",
        () -> waited(self.iAllToAll(direct, N, MPI.DOUBLE, target, N, MPI.DOUBLE)));
  }

  private static Request waited(Request request) throws MPIException {
    request.waitFor();
    return request;
  }

  /** A ring of one: it is its own neighbour on both sides. */
  @RankTest
  void neighbors() throws MPIException {
    CartComm ring = self.createCart(new int[] {1}, new boolean[] {true}, false);
    int h = N / 2;
    int[] halves = {h, h};
    int[] places = {0, h};
    double[] one = new double[h];
    none(
        "neighborAllGather",
        () -> ring.neighborAllGather(one, h, MPI.DOUBLE, other, h, MPI.DOUBLE));
    none(
        "neighborAllGatherv",
        () -> ring.neighborAllGatherv(one, h, MPI.DOUBLE, other, halves, places, MPI.DOUBLE));
    none(
        "neighborAllToAll",
        () -> ring.neighborAllToAll(direct, h, MPI.DOUBLE, target, h, MPI.DOUBLE));
    none(
        "neighborAllToAllv",
        () ->
            ring.neighborAllToAllv(
                array, halves, places, MPI.DOUBLE, other, halves, places, MPI.DOUBLE));
    int[] coordinates = {0};
    none("CartComm.getRank", () -> ring.getRank(coordinates));
    ring.free();
  }

  @RankTest
  void files() throws MPIException {
    String path = context.scratch().resolve("allocations").toString();
    File file = new File(self, path, MPI.MODE_CREATE | MPI.MODE_RDWR | MPI.MODE_DELETE_ON_CLOSE);
    exactly(STATUS, "writeAt, array", () -> file.writeAt(0, array, N, MPI.DOUBLE));
    exactly(STATUS, "writeAt, buffer", () -> file.writeAt(0, direct, N, MPI.DOUBLE));
    exactly(STATUS, "readAt, array", () -> file.readAt(0, other, N, MPI.DOUBLE));
    exactly(STATUS, "readAt, buffer", () -> file.readAt(0, target, N, MPI.DOUBLE));
    exactly(STATUS, "writeAtAll", () -> file.writeAtAll(0, direct, N, MPI.DOUBLE));
    exactly(STATUS, "readAtAll", () -> file.readAtAll(0, other, N, MPI.DOUBLE));
    none("seek", () -> file.seek(0, MPI.SEEK_SET));
    none("getPosition", file::getPosition);
    none("getByteOffset", () -> file.getByteOffset(8));
    exactly(
        2 * STATUS,
        "write and read at the pointer",
        () -> {
          file.seek(0, MPI.SEEK_SET);
          file.write(direct, N, MPI.DOUBLE);
          file.seek(0, MPI.SEEK_SET);
          return file.read(other, N, MPI.DOUBLE);
        });
    exactly(
        2 * STATUS,
        "writeAll and readAll",
        () -> {
          file.seek(0, MPI.SEEK_SET);
          file.writeAll(array, N, MPI.DOUBLE);
          file.seek(0, MPI.SEEK_SET);
          return file.readAll(target, N, MPI.DOUBLE);
        });
    exactly(
        STATUS,
        "readAtAllBegin and readAtAllEnd",
        () -> {
          file.readAtAllBegin(0, target, N, MPI.DOUBLE);
          return file.readAtAllEnd(target);
        });
    exactly(
        STATUS,
        "writeAllBegin and writeAllEnd",
        () -> {
          file.seek(0, MPI.SEEK_SET);
          file.writeAllBegin(direct, N, MPI.DOUBLE);
          return file.writeAllEnd(direct);
        });
    exactly(REQUEST, "iReadAt", () -> waited(file.iReadAt(0, target, N, MPI.DOUBLE)));
    exactly(REQUEST, "iWriteAt", () -> waited(file.iWriteAt(0, direct, N, MPI.DOUBLE)));
    file.close();
  }

  @RankTest
  void windows() throws MPIException {
    LongBuffer memory = MPI.newLongBuffer(N);
    LongBuffer one = MPI.newLongBuffer(1);
    LongBuffer two = MPI.newLongBuffer(1);
    LongBuffer result = MPI.newLongBuffer(1);
    Win win = new Win(memory, N, 1, MPI.INFO_NULL, self);
    none("fence", () -> win.fence(0));
    none(
        "put and fence",
        () -> {
          win.put(one, 1, MPI.LONG, 0, 0, 1, MPI.LONG);
          win.fence(0);
        });
    none(
        "accumulate and fence",
        () -> {
          win.accumulate(one, 1, MPI.LONG, 0, 0, 1, MPI.LONG, MPI.SUM);
          win.fence(0);
        });
    win.fence(MPI.MODE_NOSUCCEED);
    Group all = self.getGroup();
    none(
        "post, start, complete and waitFor",
        () -> {
          win.post(all, 0);
          win.start(all, 0);
          win.put(one, 1, MPI.LONG, 0, 0, 1, MPI.LONG);
          win.complete();
          win.waitFor();
        });
    all.free();
    none(
        "lock, get and unlock",
        () -> {
          win.lock(MPI.LOCK_EXCLUSIVE, 0, 0);
          win.get(one, 1, MPI.LONG, 0, 0, 1, MPI.LONG);
          win.unlock(0);
        });
    none(
        "lockAll and unlockAll",
        () -> {
          win.lockAll(0);
          win.unlockAll();
        });
    win.lockAll(0);
    none(
        "fetchAndOp",
        () -> {
          win.fetchAndOp(one, result, MPI.LONG, 0, 0, MPI.SUM);
          win.flush(0);
        });
    none(
        "compareAndSwap",
        () -> {
          win.compareAndSwap(one, two, result, MPI.LONG, 0, 0);
          win.flushAll();
        });
    none(
        "getAccumulate",
        () -> {
          win.getAccumulate(one, 1, MPI.LONG, result, 1, MPI.LONG, 0, 0, 1, MPI.LONG, MPI.SUM);
          win.flushLocalAll();
        });
    none("sync", win::sync);
    exactly(REQUEST, "rPut", () -> waited(win.rPut(one, 1, MPI.LONG, 0, 0, 1, MPI.LONG)));
    exactly(REQUEST, "rGet", () -> waited(win.rGet(one, 1, MPI.LONG, 0, 0, 1, MPI.LONG)));
    win.unlockAll();
    win.free();
  }

  /** Buffers of other kinds than {@link #messages}' go through the same code in other ways. */
  @RankTest
  void otherBuffers() {
    int[] ints = new int[N];
    byte[] bytes = new byte[N];
    boolean[] flags = new boolean[N];
    IntBuffer wrapped = IntBuffer.wrap(ints);
    ByteBuffer part = MPI.slice(MPI.newByteBuffer(2 * N), N);
    none("int[]", () -> self.bcast(ints, N, MPI.INT, 0));
    none("byte[]", () -> self.allGather(bytes, N, MPI.BYTE));
    none("boolean[]", () -> self.bcast(flags, N, MPI.BOOLEAN, 0));
    none("a wrapped array", () -> self.allReduce(wrapped, N, MPI.INT, MPI.MAX));
    none("a part of a buffer", () -> self.allReduce(part, N, MPI.BYTE, MPI.MAX));
  }
}
