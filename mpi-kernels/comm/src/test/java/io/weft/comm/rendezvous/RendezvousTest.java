package io.weft.comm.rendezvous;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.comm.CommunicatorException;
import io.weft.comm.FreePort;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ranks, each a thread here, that meet without MPI, or do not. */
@Timeout(60)
class RendezvousTest {
  private static final String SECRET = "a secret of this test";
  private static final long SECOND = 1_000_000_000L;

  private static RendezvousSettings settings(
      int port, int rank, int size, String secret, long seconds) {
    return settings(port, rank, size, secret, seconds, 30);
  }

  private static RendezvousSettings settings(
      int port, int rank, int size, String secret, long seconds, long silence) {
    return new RendezvousSettings(
        List.of("127.0.0.1"),
        port,
        rank,
        size,
        secret.getBytes(StandardCharsets.UTF_8),
        seconds * SECOND,
        silence * SECOND);
  }

  /** Runs each in a thread of its own; what one throws comes out of its future. */
  private static <T> List<Future<T>> together(List<Callable<T>> ranks) throws InterruptedException {
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      return threads.invokeAll(ranks);
    }
  }

  @Test
  void allGetWhatEachHas() throws Exception {
    int port = FreePort.any();
    List<Callable<List<String>>> ranks = new ArrayList<>();
    for (int rank = 0; rank < 4; rank++) {
      int own = rank;
      ranks.add(
          () -> {
            Thread.sleep(own == 0 ? 300 : 0); // The others find nobody at first.
            List<String> seen = new ArrayList<>();
            try (Rendezvous all = Rendezvous.join(settings(port, own, 4, SECRET, 20))) {
              for (int round = 0; round < 20; round++) {
                String mine = "x".repeat(own * 1000) + round;
                for (byte[] each : all.allgather(mine.getBytes(StandardCharsets.UTF_8))) {
                  seen.add(each.length + new String(each, StandardCharsets.UTF_8));
                }
              }
              all.barrier();
              assertEquals(-1, all.lostRank());
            }
            return seen;
          });
    }
    List<String> first = null;
    for (Future<List<String>> each : together(ranks)) {
      first = first == null ? each.get() : first;
      assertEquals(first, each.get());
    }
    assertEquals(80, first.size());
    assertEquals("1" + "0", first.get(0));
    assertTrue(first.get(79).startsWith("3002xxx") && first.get(79).endsWith("x19"));
  }

  @Test
  void oneRankIsAlone() {
    try (Rendezvous alone = Rendezvous.join(settings(FreePort.any(), 0, 1, SECRET, 5))) {
      assertArrayEquals(new byte[][] {{7}}, alone.allgather(new byte[] {7}));
    }
  }

  @Test
  void missingRanksAreNamed() throws Exception {
    int port = FreePort.any();
    List<Callable<Void>> ranks = new ArrayList<>();
    for (int rank : new int[] {0, 2}) {
      ranks.add(
          () -> {
            Rendezvous.join(settings(port, rank, 4, SECRET, 3)).close();
            return null;
          });
    }
    for (Future<Void> each : together(ranks)) {
      String text = assertThrows(ExecutionException.class, each::get).getCause().getMessage();
      assertTrue(text.contains("[1, 3]") && text.contains("of 4 ranks"), text);
    }
  }

  @Test
  void whoDoesNotKnowTheSecretIsRefused() throws Exception {
    int port = FreePort.any();
    List<Callable<Void>> ranks = new ArrayList<>();
    for (int rank = 0; rank < 2; rank++) {
      String secret = rank == 0 ? SECRET : SECRET + "!";
      int own = rank;
      ranks.add(
          () -> {
            Rendezvous.join(settings(port, own, 2, secret, 4)).close();
            return null;
          });
    }
    ranks.add(
        () -> {
          Thread.sleep(500);
          try (Socket noise = new Socket("127.0.0.1", port)) {
            noise.getOutputStream().write(new byte[200]);
            while (noise.getInputStream().read() >= 0) {
              // Until it is closed at the other end.
            }
          }
          return null;
        });
    List<Future<Void>> ends = together(ranks);
    String hub = assertThrows(ExecutionException.class, ends.get(0)::get).getCause().getMessage();
    assertTrue(hub.contains("[1]") && hub.contains("did not belong here"), hub);
    String member =
        assertThrows(ExecutionException.class, ends.get(1)::get).getCause().getMessage();
    assertTrue(member.contains("WEFT_SECRET"), member);
    assertFalse(hub.contains(SECRET) || member.contains(SECRET), "the secret is told");
  }

  @Test
  void nobodyListens() {
    int port = FreePort.any();
    CommunicatorException nobody =
        assertThrows(
            CommunicatorException.class, () -> Rendezvous.join(settings(port, 1, 2, SECRET, 1)));
    assertTrue(nobody.getMessage().contains("127.0.0.1:" + port), nobody.getMessage());
  }

  /** Rank 2 stays connected and says nothing; rank 3 just goes away. */
  @Test
  void whoIsGoneIsToldToAll() throws Exception {
    for (int gone : new int[] {2, 3}) {
      int port = FreePort.any();
      List<Callable<String>> ranks = new ArrayList<>();
      for (int rank = 0; rank < 3; rank++) {
        int own = rank == 2 ? gone : rank;
        ranks.add(() -> own < 2 ? waitForAll(port, own) : die(port, own == 3));
      }
      List<Future<String>> ends = together(ranks);
      for (int rank = 0; rank < 2; rank++) {
        assertTrue(ends.get(rank).get().contains("rank 2 is gone"), ends.get(rank).get());
      }
    }
  }

  private static String waitForAll(int port, int rank) {
    Rendezvous all = Rendezvous.join(settings(port, rank, 3, SECRET, 20, 3));
    String text = assertThrows(CommunicatorException.class, all::barrier).getMessage();
    assertEquals(2, all.lostRank());
    all.close();
    return text;
  }

  private static String die(int port, boolean atOnce) throws Exception {
    RendezvousSettings settings = settings(port, 2, 3, SECRET, 20);
    Connection connection = Meeting.join(settings);
    connection.send(Connection.Kind.DATA, new byte[0]);
    Thread.sleep(atOnce ? 300 : 10_000);
    connection.close();
    return "";
  }

  @Test
  void settingsComeFromTheEnvironment() {
    assertNull(RendezvousSettings.of(Map.of("WEFT_RANK", "1")));
    Map<String, String> environment = new HashMap<>();
    environment.put("WEFT_RENDEZVOUS", "[::1]:4711");
    environment.put("WEFT_SECRET", SECRET);
    environment.put("SLURM_PROCID", "3");
    environment.put("SLURM_NTASKS", "8");
    RendezvousSettings settings = RendezvousSettings.of(environment);
    assertEquals(List.of("::1"), settings.hosts());
    assertEquals(4711, settings.port());
    assertEquals(3, settings.rank());
    assertEquals(8, settings.size());
    assertEquals(30 * SECOND, settings.silenceNanos());
    assertFalse(settings.toString().contains(SECRET));
    environment.put("WEFT_RANK", "5");
    environment.put("WEFT_RANKS", "6");
    assertEquals(5, RendezvousSettings.of(environment).rank());
    refuses(environment, "WEFT_RENDEZVOUS", "nowhere");
    refuses(environment, "WEFT_RENDEZVOUS", "host:70000");
    refuses(environment, "WEFT_RANK", "6");
    refuses(environment, "WEFT_RANK", "first");
    refuses(environment, "WEFT_RANKS", "0");
    refuses(environment, "WEFT_SECRET", "short");
    refuses(environment, "WEFT_START_SECONDS", "-1");
    environment.keySet().removeIf(name -> !name.equals("WEFT_RENDEZVOUS"));
    refuses(environment, "WEFT_SECRET", SECRET);
  }

  private static void refuses(Map<String, String> environment, String name, String value) {
    Map<String, String> wrong = new HashMap<>(environment);
    wrong.put(name, value);
    CommunicatorException refusal =
        assertThrows(CommunicatorException.class, () -> RendezvousSettings.of(wrong));
    assertTrue(refusal.getMessage().contains("WEFT_"), refusal.getMessage());
    assertFalse(refusal.getMessage().contains(SECRET), "the secret is told");
  }
}
