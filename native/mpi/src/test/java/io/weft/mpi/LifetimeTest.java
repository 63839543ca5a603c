package io.weft.mpi;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.testing.MpiBuild;
import io.weft.testing.MultiRank;
import io.weft.testing.RankContext;
import io.weft.testing.RankFixture;
import io.weft.testing.RankTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/** What stays while libmpi may touch it, and what is refused while something is under way. */
@MultiRank(
    ranks = {2},
    variantProvider = MpiBuild.All.class)
class LifetimeTest implements RankFixture {
  /** Calls after which HotSpot's second compiler has compiled what is called. */
  private static final int WARM = 30_000;

  private Mpi mpi;
  private Comm comm;
  private RankContext context;
  private MemorySegment send;
  private MemorySegment recv;

  @Override
  public void open(RankContext context) {
    this.context = context;
    mpi = Mpi.initialize(ThreadLevel.FUNNELED);
    comm = mpi.world().dup();
    send = mpi.allocate(1 << 12);
    recv = mpi.allocate(1 << 12);
  }

  @Override
  public void close() {
    comm.close();
    mpi.close();
  }

  /** Collects until what is known to be garbage is gone. */
  private static void collect() {
    WeakReference<Object> garbage = new WeakReference<>(new Object());
    for (int i = 0; i < 100 && garbage.get() != null; i++) {
      System.gc();
    }
    assertSame(null, garbage.get(), "the collector ran");
  }

  private WeakReference<Object> scope;

  /** Whose only reference is the argument of the call. */
  private MemorySegment fresh() {
    MemorySegment buffer = Arena.ofAuto().allocate(64);
    scope = new WeakReference<>(buffer.scope());
    return buffer;
  }

  private void sendForgotten(int destination) {
    comm.ssend(fresh(), 0, 1, Datatype.INT, destination, 1);
  }

  private void receiveForgotten(int source) {
    comm.recv(fresh(), 0, 1, Datatype.INT, source, 1, null);
  }

  /** Waits for a file, by which the other rank tells of something while it stands in a call. */
  private static void awaitFile(Path file) throws InterruptedException {
    for (int i = 0; i < 600 && !Files.exists(file); i++) {
      Thread.sleep(100);
    }
    assertTrue(Files.exists(file), "the other rank has not looked");
  }

  @RankTest
  void blockingCallsKeepTheirBuffers() throws InterruptedException, IOException {
    for (int i = 0; i < WARM; i++) {
      sendForgotten(comm.procNull());
      receiveForgotten(comm.procNull());
    }
    for (boolean sends : new boolean[] {true, false}) {
      send.set(JAVA_INT, 0, (int) ProcessHandle.current().pid());
      comm.bcast(send, 0, 1, Datatype.INT, 0);
      Path looked =
          Path.of(
              System.getProperty("java.io.tmpdir"),
              "weft-looked-" + send.get(JAVA_INT, 0) + (sends ? "-send" : "-recv"));
      comm.barrier();
      AtomicReference<Object> during = new AtomicReference<>();
      AtomicBoolean over = new AtomicBoolean();
      Thread collector =
          new Thread(
              () -> {
                try {
                  // Until the other thread stands in C, which the peer does not let it leave yet.
                  Thread.sleep(300);
                } catch (InterruptedException interrupted) {
                  throw new IllegalStateException(interrupted);
                }
                collect();
                during.set(over.get() ? "the call had returned" : scope.get());
                try {
                  Files.createFile(looked);
                } catch (IOException failed) {
                  throw new UncheckedIOException(failed);
                }
              });
      if (comm.rank() == 0) {
        collector.start();
        if (sends) {
          sendForgotten(1);
        } else {
          receiveForgotten(1);
        }
        over.set(true);
        collector.join();
        Files.deleteIfExists(looked);
        assertNotNull(during.get(), "collected while C used it");
        assertFalse(during.get() instanceof String, "the call returned before it was looked at");
      } else {
        awaitFile(looked);
        if (sends) {
          comm.recv(recv, 0, 1, Datatype.INT, 0, 1, null);
        } else {
          comm.send(send, 0, 1, Datatype.INT, 0, 1);
        }
      }
    }
  }

  @RankTest
  void forgottenRequestsKeepTheirBuffers() {
    int peer = 1 - comm.rank();
    Comm own = comm.dup();
    startForgotten(own, peer);
    collect();
    assertNotNull(scope.get(), "the buffer of a request that nobody refers to");
    assertTrue(
        assertThrows(IllegalStateException.class, own::close)
            .getMessage()
            .contains("LifetimeTest.startForgotten"));
    assertThrows(IllegalStateException.class, own::disconnect);
    own.send(send, 0, 1, Datatype.INT, peer, 2);
    own.active.latest().await(null);
    collect();
    assertSame(null, scope.get(), "released when the request is complete");
    own.close();
    own.close();
    assertThrows(IllegalStateException.class, own::barrier);
  }

  private void startForgotten(Comm own, int peer) {
    own.irecv(fresh(), 0, 1, Datatype.INT, peer, 2, own.newRequest());
  }

  private WeakReference<Object> putFromForgotten() {
    Win win = comm.allocateWin(64);
    win.fence(0);
    win.put(fresh(), 0, 1, Datatype.INT, 1 - comm.rank(), 0);
    return new WeakReference<>(win);
  }

  @RankTest
  void forgottenWindowsKeepTheirBuffers() {
    WeakReference<Object> win = putFromForgotten();
    collect();
    assertNotNull(win.get());
    assertNotNull(scope.get());
    Win found = (Win) win.get();
    found.fence(0);
    assertTrue(
        assertThrows(IllegalStateException.class, comm::close).getMessage().contains("window"));
    collect();
    assertSame(null, scope.get(), "released by the fence");
    found.close();
  }

  @RankTest
  void windowsAndFilesWithRequestsUnderWayStayOpen() {
    String path = context.scratch().resolve("lifetime").toString();
    try (MpiFile file = MpiFile.open(comm, path, null, FileMode.READ_WRITE, FileMode.CREATE)) {
      Request request = comm.newRequest();
      file.iwriteAt(8L * comm.rank(), send, 0, 8, Datatype.BYTE, request);
      IllegalStateException refused = assertThrows(IllegalStateException.class, file::close);
      assertTrue(refused.getMessage().contains("LifetimeTest.windowsAndFiles"), refused.toString());
      assertTrue(
          assertThrows(IllegalStateException.class, comm::close).getMessage().contains("file"));
      request.await(null);
    }
    try (Win win = comm.allocateWin(64)) {
      win.lock(0, false, 0);
      Request request = comm.newRequest();
      win.rput(send, 0, 4, Datatype.BYTE, 0, 4L * comm.rank(), request);
      IllegalStateException refused = assertThrows(IllegalStateException.class, win::close);
      assertTrue(refused.getMessage().contains("LifetimeTest.windowsAndFiles"), refused.toString());
      request.await(null);
      win.unlock(0);
    }
  }

  @RankTest
  void whatOperationsThrowIsToldOnce() {
    IllegalStateException thrown = new IllegalStateException("of the operation");
    boolean[] called = new boolean[1];
    try (UserOp op =
        mpi.createOp(
            (in, inOut, count, type) -> {
              if (in.get(JAVA_INT, 0) > 0) {
                called[0] = true;
                throw thrown;
              }
            },
            true)) {
      Request request = comm.newRequest();
      send.set(JAVA_INT, 0, 1);
      comm.iallreduce(send, 0, recv, 0, 1, Datatype.INT, op, request);
      while (!request.isComplete()) {
        Thread.onSpinWait();
      }
      // As if C had failed as well.
      RuntimeException failure = new RuntimeException("of C");
      op.failed(failure);
      assertArrayEquals(
          called[0] ? new Throwable[] {thrown} : new Throwable[0], failure.getSuppressed());
      request.await(null);
      send.set(JAVA_INT, 0, -1);
      comm.allreduce(send, 0, recv, 0, 1, Datatype.INT, op);
      send.set(JAVA_INT, 0, called[0] ? 1 : 0);
      comm.allreduce(send, 0, recv, 0, 1, Datatype.INT, Op.SUM);
      assertTrue(recv.get(JAVA_INT, 0) > 0, "no rank was asked to combine");
      Request[] both = {comm.newRequest(), comm.newRequest()};
      send.set(JAVA_INT, 0, 1);
      called[0] = false;
      comm.iallreduce(send, 0, recv, 0, 1, Datatype.INT, op, both[0]);
      comm.iallreduce(send, 0, recv, 8, 1, Datatype.INT, op, both[1]);
      RequestSet set = comm.newRequestSet(List.of(both));
      Throwable told = null;
      try {
        set.awaitAll();
      } catch (IllegalStateException of) {
        told = of;
      }
      assertSame(called[0] ? thrown : null, told);
      assertFalse(both[0].isActive() || both[1].isActive());
    }
  }

  @RankTest
  void handlersThatThrowAreHeardAtOnce() {
    Comm own = comm.dup();
    try (ErrorHandler handler =
        mpi.createErrorHandler(
            ErrorHandler.Kind.COMM,
            code -> {
              throw new ArithmeticException("of the handler");
            })) {
      own.setErrorHandler(handler);
      assertThrows(
          ArithmeticException.class, () -> own.send(send, 0, 1, Datatype.INT, own.size() + 3, 0));
      // And by nobody later.
      comm.barrier();
      own.barrier();
    }
    own.close();
  }
}
