package io.weft.comm.rendezvous;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.comm.CommunicatorException;
import io.weft.comm.FreePort;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ranks, each a thread here, that a launcher tells where they meet, or does not. */
@Timeout(60)
class LauncherStartTest {
  private static final String SECRET = "0123456789abcdef".repeat(4);
  private static final long SECOND = 1_000_000_000L;

  /** Starts all; gives what was put under the one key. */
  private static String meet(int size, boolean oneHost) throws Exception {
    try (FakePmi pmi = new FakePmi(size, Map.of());
        ExecutorService threads = Executors.newCachedThreadPool()) {
      List<Future<Integer>> ranks = new ArrayList<>();
      for (int rank = 0; rank < size; rank++) {
        Map<String, String> environment = pmi.environment(rank);
        if (!oneHost) {
          environment.remove("MPI_LOCALNRANKS");
        }
        ranks.add(threads.submit(() -> sum(environment)));
      }
      for (Future<Integer> rank : ranks) {
        assertEquals(size * (size - 1) / 2 + 100 * size, rank.get());
      }
      assertTrue(pmi.allHaveLeft());
      assertEquals(1, pmi.values().size());
      return pmi.values().values().iterator().next();
    }
  }

  private static int sum(Map<String, String> environment) {
    try (Rendezvous all = Rendezvous.start(environment)) {
      int sum = 0;
      byte[][] numbers = all.allgather(new byte[] {(byte) all.rank()});
      for (byte[] number : numbers) {
        sum += number[0];
      }
      return sum + 100 * all.size();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void allMeet(int size) throws Exception {
    Announcement first = Announcement.parse(meet(size, true));
    assertEquals(List.of("127.0.0.1"), first.hosts());
    Announcement second = Announcement.parse(meet(size, false));
    assertEquals(HostAddresses.all(), second.hosts());
    assertNotEquals(
        HexFormat.of().formatHex(first.secret()), HexFormat.of().formatHex(second.secret()));
    assertFalse(first.toString().contains(HexFormat.of().formatHex(first.secret())));
  }

  /** What rank 0, or rank 1 from the get on, says of a launcher that answers so. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "init | cmd=response_to_init pmi_version=2 pmi_subversion=0 rc=0 | pmi_version=2",
        "init | cmd=response_to_init pmi_version=1 pmi_subversion=1 rc=-1 | rc=-1",
        "init | cmd=maxes kvsname_max=256 keylen_max=64 vallen_max=1024 | cmd=maxes",
        "init | HTTP/1.1 400 Bad Request | HTTP/1.1 400 Bad Request",
        "get_maxes | cmd=maxes kvsname_max=many keylen_max=64 vallen_max=1024 | kvsname_max=many",
        "get_maxes | cmd=maxes kvsname_max=256 keylen_max=64 vallen_max=-1 | vallen_max=-1",
        "get_maxes | cmd=maxes kvsname_max=256 keylen_max=64 vallen_max=60 | and values of 60;",
        "get_maxes | cmd=maxes kvsname_max=9 keylen_max=64 vallen_max=1024 | kvs_1_0_1_host",
        "get_my_kvsname | cmd=my_kvsname kvsname= | \"cmd=my_kvsname kvsname=\"",
        "get_my_kvsname | cmd=my_kvsname | \"cmd=my_kvsname\"",
        "put | cmd=put_result rc=-1 msg=duplicate_key | msg=duplicate_key",
        "put | cmd=put_result rc=-1 value=SECRET SECRET | \"cmd=put_result rc=-1 value=... ...\"",
        "barrier_in | cmd=barrier_out rc=1 | \"cmd=barrier_out rc=1\"",
        "get | cmd=get_result rc=-1 msg=key_not_found value=unknown | msg=key_not_found",
        "get | cmd=get_result rc=0 msg=success | msg=success",
        "get | cmd=get_result rc=0 value=127.0.0.1:4711 | 127.0.0.1:4711",
        "get | cmd=get_result rc=0 value=weft1,0,SECRET,127.0.0.1 | weft1,0,...,127.0.0.1",
        "get | cmd=get_result rc=0 value=weft1,4711,SECRET,evil.example | evil.example",
        "finalize | cmd=finalize_ac | cmd=finalize_ac",
        "init | end | ended the connection instead of answering init",
        "get | end | ended the connection instead of answering get",
        "get_maxes | silence | did not answer get_maxes within 1 s (WEFT_START_SECONDS)",
        "barrier_in | silence | not all ranks had started",
      })
  void wrongAnswersAreTold(String command, String answer, String told) {
    boolean isWord = answer.equals(FakePmi.END) || answer.equals(FakePmi.SILENCE);
    String line = answer.replace("SECRET", SECRET) + (isWord ? "" : "\n");
    Map<String, String> others = new HashMap<>(Map.of("barrier_in", "cmd=barrier_out\n"));
    others.put(command, line);
    boolean afterFence = command.equals("get") || command.equals("finalize");
    if (command.equals("finalize")) {
      others.put("get", "cmd=get_result rc=0 value=weft1,9," + SECRET + ",127.0.0.1\n");
    }
    assertTold(refusal(others, afterFence ? 1 : 0), told);
  }

  @Test
  void anAnswerWithoutEndIsCutOff() {
    assertTold(refusal(Map.of("init", "x".repeat(20_000)), 0), "more than 8192 bytes: \"xxx");
  }

  private static CommunicatorException refusal(Map<String, String> others, int rank) {
    try (FakePmi pmi = new FakePmi(2, others)) {
      Map<String, String> environment = pmi.environment(rank);
      environment.put("WEFT_START_SECONDS", "1");
      return assertThrows(CommunicatorException.class, () -> Rendezvous.start(environment));
    }
  }

  private static void assertTold(CommunicatorException refusal, String told) {
    String text = refusal.getMessage();
    assertTrue(text.contains(told), text);
    assertFalse(text.matches("(?s).*[0-9a-f]{16}.*"), "the secret is told: " + text);
    assertTrue(text.length() < 500, text);
  }

  @Test
  void rankZeroDiesOnceItHasTold() {
    int port = FreePort.any();
    Map<String, String> others =
        Map.of(
            "barrier_in",
            "cmd=barrier_out\n",
            "get",
            "cmd=get_result rc=0 value=weft1," + port + "," + SECRET + ",127.0.0.1\n");
    assertTold(refusal(others, 1), "rank 1 cannot join the others at 127.0.0.1:" + port);
  }

  @Test
  void noLauncher() {
    String text = refused(Map.of("WEFT_RENDEZVOUS", "launcher", "PMIX_RANK", "0"));
    assertTrue(text.contains("PMIX_NAMESPACE") && text.contains("PMI_FD"), text);
    assertTrue(text.contains("WEFT_RENDEZVOUS=HOST:PORT"), text);
    Map<String, String> environment = new HashMap<>();
    environment.put("WEFT_RENDEZVOUS", "launcher");
    environment.put("PMI_FD", "99999");
    assertTrue(refused(environment).contains("PMI_SIZE is not set"), refused(environment));
    environment.put("PMI_SIZE", "2");
    environment.put("PMI_RANK", "2");
    assertTrue(refused(environment).contains("PMI_RANK is 2"), refused(environment));
    environment.put("PMI_RANK", "1");
    assertTrue(refused(environment).contains("descriptor 99999"), refused(environment));
    environment.put("PMI_FD", "-1");
    assertTrue(refused(environment).contains("PMI_FD is \"-1\""), refused(environment));
    environment.put("PMIX_RANK", "0");
    environment.put("PMIX_NAMESPACE", "job");
    environment.put("PMIX_SERVER_URI41", "server.0;tcp4://127.0.0.1:1");
    environment.put("WEFT_PMIX_LIB", "/nowhere/libpmix.so.2");
    text = refused(environment);
    assertTrue(text.contains("/nowhere/libpmix.so.2") && text.contains("WEFT_PMIX_LIB"), text);
  }

  private static String refused(Map<String, String> environment) {
    return assertThrows(CommunicatorException.class, () -> Rendezvous.start(environment))
        .getMessage();
  }

  /** At 127.0.0.3 nobody listens, at 127.0.0.2 a stranger does: neither is rank 0. */
  @Test
  void theAddressThatAnswersIsTaken() throws Exception {
    byte[] secret = HexFormat.of().parseHex(SECRET);
    try (ServerSocket listener = new ServerSocket(0, 2, InetAddress.ofLiteral("127.0.0.1"));
        ServerSocket stranger =
            new ServerSocket(listener.getLocalPort(), 2, InetAddress.ofLiteral("127.0.0.2"));
        ExecutorService threads = Executors.newCachedThreadPool()) {
      List<String> hosts = List.of("127.0.0.3", "127.0.0.2", "127.0.0.1");
      List<RendezvousSettings> ranks = new ArrayList<>();
      for (int rank = 0; rank < 2; rank++) {
        ranks.add(
            new RendezvousSettings(
                hosts, listener.getLocalPort(), rank, 2, secret, 20 * SECOND, 30 * SECOND));
      }
      Future<?> noise =
          threads.submit(
              () -> {
                try (Socket come = stranger.accept()) {
                  come.getOutputStream().write("220 mail.example\r\n".getBytes());
                  return come.getInputStream().read();
                }
              });
      Future<?> hub = threads.submit(() -> Rendezvous.join(ranks.get(0), listener).close());
      Rendezvous.join(ranks.get(1), null).close();
      hub.get();
      noise.get();
    }
  }
}
