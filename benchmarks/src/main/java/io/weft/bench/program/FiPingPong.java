package io.weft.bench.program;

import io.weft.bench.SentBytes;
import io.weft.bench.peer.AbsentException;
import io.weft.bench.report.Found;
import io.weft.comm.Transport;
import io.weft.launch.Cpus;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * libfabric's own ping-pong program, fi_pingpong(1), between two processes of this host: a measure
 * that is nobody's here. It says microseconds with two digits, and of one run one mean.
 */
public final class FiPingPong {
  private static final String PROGRAM = "fi_pingpong";
  private static final Path AMAZON = Path.of("/opt/amazon/efa/bin");
  private static final String LOOPBACK = "127.0.0.1";
  private static final String COLUMN = "usec/xfer";
  private static final double NANOS_IN_MICRO = 1e3;
  private static final String LISTENING = "0A";
  private static final long POLL_MILLIS = 5;
  private static final long OUTPUT_MILLIS = 1000;

  private final Path program;
  private final String library;

  private FiPingPong(Path program, String library) {
    this.program = program;
    this.library = library;
  }

  /**
   * What a run brought.
   *
   * @param nanos nanoseconds of half a round trip, the mean
   * @param found what carried the messages
   */
  public record Result(double nanos, Found found) {}

  /**
   * Looks for the program.
   *
   * @param environment its {@code PATH} is searched, then where EC2 images keep it
   * @return the program
   * @throws AbsentException if it is not here
   */
  public static FiPingPong find(Map<String, String> environment) {
    List<Path> places = new ArrayList<>();
    for (String place : environment.getOrDefault("PATH", "").split(File.pathSeparator)) {
      places.add(Path.of(place.isEmpty() ? "." : place));
    }
    places.add(AMAZON);
    for (Path place : places) {
      Path program = place.resolve(PROGRAM);
      if (Files.isExecutable(program)) {
        return new FiPingPong(program, version(program.resolveSibling("fi_info")));
      }
    }
    throw new AbsentException(
        "no " + PROGRAM + " on the PATH or in " + AMAZON + "; scripts/setup test installs it");
  }

  /** It does not say its own version; the program beside it does. */
  private static String version(Path info) {
    try {
      Process process = new ProcessBuilder(info.toString(), "--version").start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return PROGRAM
          + " of libfabric"
          + text.lines()
              .filter(line -> line.startsWith("libfabric: "))
              .map(line -> line.substring("libfabric:".length()))
              .findFirst()
              .orElse("");
    } catch (IOException unknown) {
      return PROGRAM;
    }
  }

  /**
   * Runs it once: a server and a client, each on a core of its own where there are two. Blocks.
   *
   * @param provider libfabric's, by its full name
   * @param bytes of a message, at least 1
   * @param iterations round trips
   * @param seconds after which both are ended
   * @return what it brought
   * @throws IOException with what the two said, if it fails, or is not done in time
   * @throws InterruptedException if this is interrupted; nothing is left running
   */
  public Result run(String provider, long bytes, int iterations, double seconds)
      throws IOException, InterruptedException {
    if (bytes < 1) {
      throw new AbsentException(PROGRAM + " has no messages of no bytes");
    }
    long end = System.nanoTime() + (long) (seconds * 1e9);
    int port = freePort();
    List<Integer> cores = List.copyOf(Cpus.parse(Cpus.allowedList()));
    List<String> options =
        List.of(
            "-p",
            provider,
            "-e",
            "rdm",
            "-I",
            Integer.toString(iterations),
            "-S",
            Long.toString(bytes));
    Path serverOutput = Files.createTempFile("weft-fi-server", ".txt");
    Path clientOutput = Files.createTempFile("weft-fi-client", ".txt");
    Process server = null;
    Process client = null;
    try {
      long before = SentBytes.of("lo");
      server = start(serverOutput, cores, 0, options, "-B", Integer.toString(port));
      while (!listens(port)) {
        check(server.isAlive(), "the server ended", serverOutput, clientOutput);
        check(System.nanoTime() < end, "the server does not listen", serverOutput, clientOutput);
        Thread.sleep(POLL_MILLIS);
      }
      client = start(clientOutput, cores, 1, options, "-P", Integer.toString(port), LOOPBACK);
      boolean done = client.waitFor(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      check(done, "it takes longer than " + seconds + " s", serverOutput, clientOutput);
      check(
          client.exitValue() == 0,
          "the client ended with " + client.exitValue(),
          serverOutput,
          clientOutput);
      double nanos = parse(Files.readString(clientOutput));
      boolean counted = SentBytes.of("lo") - before >= bytes * iterations;
      return new Result(nanos, found(provider, counted));
    } finally {
      end(client);
      end(server);
      Files.delete(serverOutput);
      Files.delete(clientOutput);
    }
  }

  private Process start(
      Path output, List<Integer> cores, int which, List<String> options, String... more)
      throws IOException {
    List<String> command = new ArrayList<>();
    if (cores.size() > 1) {
      command.addAll(List.of("taskset", "-c", cores.get(which).toString()));
    }
    command.add(program.toString());
    command.addAll(options);
    command.addAll(Arrays.asList(more));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }

  private static void check(boolean well, String what, Path server, Path client)
      throws IOException {
    if (!well) {
      throw new IOException(
          PROGRAM
              + ": "
              + what
              + "\nserver: "
              + Files.readString(server).strip()
              + "\nclient: "
              + Files.readString(client).strip());
    }
  }

  private static void end(Process process) throws InterruptedException {
    if (process != null) {
      if (!process.waitFor(OUTPUT_MILLIS, TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
      process.waitFor();
    }
  }

  /**
   * Reads what the client prints.
   *
   * @param output a line of headings and a line of figures
   * @return nanoseconds of half a round trip
   * @throws IOException that quotes it, if it is another
   */
  static double parse(String output) throws IOException {
    int column = -1;
    for (String line : output.lines().toList()) {
      List<String> words = List.of(line.strip().split("\\s+"));
      if (words.contains(COLUMN)) {
        column = words.indexOf(COLUMN);
      } else if (column >= 0 && column < words.size()) {
        try {
          return Double.parseDouble(words.get(column)) * NANOS_IN_MICRO;
        } catch (NumberFormatException none) {
          break;
        }
      }
    }
    throw new IOException(PROGRAM + " printed no " + COLUMN + ": " + output.strip());
  }

  /** libfabric's shm has no other way; of others the kernel must have counted the messages. */
  private Found found(String provider, boolean counted) {
    boolean shm = provider.equals("shm");
    String network = shm ? "shm" : counted ? "tcp (lo)" : Transport.UNKNOWN;
    String device = !shm && counted ? "lo (driver lo)" : "none";
    return new Found(library, network, provider, Transport.UNKNOWN, device, 1);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral(LOOPBACK))) {
      return socket.getLocalPort();
    }
  }

  /**
   * Whether some process of this host listens on a port; to connect would be taken for a client.
   */
  private static boolean listens(int port) {
    String suffix = ":%04X".formatted(port);
    try {
      for (String table : List.of("/proc/self/net/tcp", "/proc/self/net/tcp6")) {
        if (Files.exists(Path.of(table))) {
          for (String line : Files.readAllLines(Path.of(table))) {
            String[] words = line.strip().split("\\s+");
            if (words[1].endsWith(suffix) && words[3].equals(LISTENING)) {
              return true;
            }
          }
        }
      }
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
