package io.weft.comm.rendezvous;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weft.ffi.CType;
import io.weft.ffi.InheritedDescriptor;
import io.weft.ffi.NativeCallException;
import io.weft.ffi.NativeLibrary;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A launcher's side of PMI-1, with MPICH 4.0's words, for ranks that are threads of this JVM.
 * Chosen commands get another answer.
 */
final class FakePmi implements AutoCloseable {
  /** The answer of a launcher that says nothing. */
  static final String SILENCE = "silence";

  /** The answer of a launcher that ends the connection. */
  static final String END = "end";

  private static final int AF_UNIX = 1;
  private static final int SOCK_STREAM = 1;
  private static final long TURN_NANOS = 50_000_000;

  private static final MethodHandle SOCKETPAIR =
      NativeLibrary.open("libc.so.6")
          .function(
              "socketpair", CType.intFunction(CType.INT, CType.INT, CType.INT, CType.POINTER));

  private final int size;
  private final Map<String, String> others;
  private final Map<String, String> values = new ConcurrentHashMap<>();
  private final CountDownLatch barrier;
  private final CountDownLatch left;
  private volatile boolean closed;

  /** Command to answer, with its newline, where it is not MPICH's. */
  FakePmi(int size, Map<String, String> others) {
    this.size = size;
    this.others = others;
    this.barrier = new CountDownLatch(size);
    this.left = new CountDownLatch(size);
  }

  /** What a rank finds in its environment. */
  Map<String, String> environment(int rank) {
    int[] ends = pair();
    InheritedDescriptor mine = new InheritedDescriptor(ends[1]);
    Thread.ofPlatform().daemon().name("fake-pmi-" + rank).start(() -> serve(mine));
    Map<String, String> environment = new HashMap<>();
    environment.put("WEFT_RENDEZVOUS", "launcher");
    environment.put("WEFT_START_SECONDS", "20");
    environment.put("PMI_FD", Integer.toString(ends[0]));
    environment.put("PMI_RANK", Integer.toString(rank));
    environment.put("PMI_SIZE", Integer.toString(size));
    environment.put("MPI_LOCALNRANKS", Integer.toString(size));
    return environment;
  }

  /** What was put, by its key. */
  Map<String, String> values() {
    return values;
  }

  /** Waits until all ranks have said good-bye. */
  boolean allHaveLeft() throws InterruptedException {
    return left.await(20, TimeUnit.SECONDS);
  }

  private static int[] pair() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment pair = arena.allocate(ValueLayout.JAVA_INT, 2);
      assertEquals(0, (int) SOCKETPAIR.invokeExact(AF_UNIX, SOCK_STREAM, 0, pair.address()));
      return pair.toArray(ValueLayout.JAVA_INT);
    } catch (Throwable t) {
      throw new AssertionError(t);
    }
  }

  private void serve(InheritedDescriptor rank) {
    try (rank) {
      byte[] bytes = new byte[4096];
      while (!closed) {
        int read = rank.read(bytes, System.nanoTime() + TURN_NANOS);
        if (read < 0) {
          return;
        }
        if (read > 0) {
          String answer = answer(new String(bytes, 0, read, StandardCharsets.ISO_8859_1).strip());
          if (answer.equals(END)) {
            return;
          }
          if (!answer.equals(SILENCE)) {
            byte[] line = answer.getBytes(StandardCharsets.ISO_8859_1);
            rank.write(line, System.nanoTime() + 200 * TURN_NANOS);
          }
        }
      }
    } catch (NativeCallException | InterruptedException gone) {
      // The rank has had enough.
    }
  }

  private String answer(String request) throws InterruptedException {
    Map<String, String> words = new HashMap<>();
    for (String word : request.split(" ")) {
      words.put(word.split("=")[0], word.split("=")[1]);
    }
    String other = others.get(words.get("cmd"));
    if (other != null) {
      return other;
    }
    return switch (words.get("cmd")) {
      case "init" -> "cmd=response_to_init pmi_version=1 pmi_subversion=1 rc=0\n";
      case "get_maxes" -> "cmd=maxes kvsname_max=256 keylen_max=64 vallen_max=1024\n";
      case "get_my_kvsname" -> "cmd=my_kvsname kvsname=kvs_1_0_1_host\n";
      case "put" -> {
        values.put(words.get("key"), words.get("value"));
        yield "cmd=put_result rc=0 msg=success\n";
      }
      case "barrier_in" -> {
        barrier.countDown();
        yield barrier.await(20, TimeUnit.SECONDS) ? "cmd=barrier_out\n" : SILENCE;
      }
      case "get" -> {
        String value = values.get(words.get("key"));
        yield value == null
            ? "cmd=get_result rc=-1 msg=key_" + words.get("key") + "_not_found value=unknown\n"
            : "cmd=get_result rc=0 msg=success value=" + value + "\n";
      }
      case "finalize" -> {
        left.countDown();
        yield "cmd=finalize_ack\n";
      }
      default -> throw new AssertionError(request);
    };
  }

  @Override
  public void close() {
    closed = true;
  }
}
