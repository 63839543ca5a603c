package io.weft.comm.rendezvous;

import io.weft.comm.CommunicatorException;
import io.weft.launch.LaunchException;
import io.weft.launch.RankEnvironment;
import java.util.Map;

/**
 * A launcher with PMI-1: MPICH's {@code mpiexec.hydra}. Its requests and answers are lines of
 * {@code name=value} words over a descriptor that this process was started with (P. Balaji et al.,
 * "PMI: A Scalable Parallel Process-Management Interface for Extreme-Scale Systems", EuroMPI 2010,
 * and MPICH's {@code src/pmi}).
 */
final class PmiSpace implements KeyValueSpace {
  private static final String FD = "PMI_FD";
  private static final String RC = "rc";

  /** More than any launcher allows; what it says must be less. */
  private static final int LARGEST = 1 << 20;

  private final PmiWire wire;
  private final int rank;
  private final int size;
  private final int localSize;
  private final int longestKey;
  private final int longestValue;
  private final String name;

  private PmiSpace(PmiWire wire, int rank, int size, int localSize) {
    this.wire = wire;
    this.rank = rank;
    this.size = size;
    this.localSize = localSize;
    wire.ask("init pmi_version=1 pmi_subversion=1", "response_to_init")
        .expect(RC, "0")
        .expect("pmi_version", "1");
    PmiAnswer most = wire.ask("get_maxes", "maxes");
    int longestName = most.number("kvsname_max", 1, LARGEST);
    longestKey = most.number("keylen_max", 1, LARGEST);
    longestValue = most.number("vallen_max", 1, LARGEST);
    PmiAnswer own = wire.ask("get_my_kvsname", "my_kvsname");
    name = own.get("kvsname");
    if (name.isEmpty() || name.length() > longestName) {
      throw own.wrong();
    }
  }

  static boolean isOffered(Map<String, String> environment) {
    return environment.containsKey(FD);
  }

  static PmiSpace open(Map<String, String> environment, long deadlineNanos) {
    int fd = number(FD, environment.get(FD), 0);
    int size = number("PMI_SIZE", environment.get("PMI_SIZE"), 1);
    int rank = number("PMI_RANK", environment.get("PMI_RANK"), 0);
    if (rank >= size) {
      throw new CommunicatorException("PMI_RANK is " + rank + ", but PMI_SIZE is " + size);
    }
    try {
      int localSize = RankEnvironment.localSize(environment);
      return new PmiSpace(new PmiWire(fd, rank, deadlineNanos), rank, size, localSize);
    } catch (LaunchException malformed) {
      throw new CommunicatorException(malformed.getMessage(), malformed);
    }
  }

  private static int number(String name, String text, int least) {
    try {
      int number = Integer.parseInt(text == null ? "" : text);
      if (number >= least) {
        return number;
      }
    } catch (NumberFormatException noNumber) {
      // The message below says it all.
    }
    throw new CommunicatorException(
        name
            + (text == null ? " is not set" : " is " + Quoted.of(text))
            + ": a launcher with PMI sets it to a number, at least "
            + least);
  }

  @Override
  public int rank() {
    return rank;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int localSize() {
    return localSize;
  }

  @Override
  public void put(String key, String value) {
    if (key.length() > longestKey || value.length() > longestValue) {
      throw new CommunicatorException(
          "the launcher's PMI takes keys of "
              + longestKey
              + " bytes and values of "
              + longestValue
              + "; Weft has one of "
              + key.length()
              + " and one of "
              + value.length());
    }
    wire.ask("put kvsname=" + name + " key=" + key + " value=" + value, "put_result")
        .expect(RC, "0");
  }

  @Override
  public void fence() {
    PmiAnswer answer = wire.ask("barrier_in", "barrier_out");
    if (answer.has(RC)) {
      answer.expect(RC, "0"); // MPICH before 4.1 leaves it out.
    }
  }

  /** PMI-1's names are the job's: whoever put it. */
  @Override
  public String get(int owner, String key) {
    PmiAnswer answer = wire.ask("get kvsname=" + name + " key=" + key, "get_result");
    String value = answer.expect(RC, "0").get("value");
    if (value.length() > longestValue) {
      throw answer.wrong();
    }
    return value;
  }

  @Override
  public void close() {
    wire.close();
  }
}
