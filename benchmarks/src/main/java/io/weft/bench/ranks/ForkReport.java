package io.weft.bench.ranks;

import io.weft.bench.report.Found;
import io.weft.bench.report.Percentiles;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** What rank 0 of a fork leaves for the driver beside JMH's own results: a file of JSON. */
public final class ForkReport {
  /** The property that names the file. */
  public static final String FILE = "weft.bench.fork";

  private static final JsonMapper MAPPER = new JsonMapper();

  /**
   * What the file holds.
   *
   * @param absent why the cell cannot be filled; null if it can
   * @param found what carried the messages
   * @param nanos per operation, one for each iteration that counts
   * @param percentiles of single operations, or null
   * @param allocatedBytes per operation
   * @param checksum of what all ranks received
   * @param operations arithmetic ones of a kernel's run; 0 of anything else
   */
  public record Content(
      String absent,
      Found found,
      List<Double> nanos,
      Percentiles percentiles,
      double allocatedBytes,
      String checksum,
      double operations) {}

  private final Path file;
  private Found found;
  private Content content;

  private ForkReport(Path file) {
    this.file = file;
  }

  static ForkReport ofThisProcess() {
    String name = System.getProperty(FILE);
    if (name == null) {
      throw new IllegalStateException(
          "no -D" + FILE + ": benchmarks across ranks are started by scripts/bench");
    }
    return new ForkReport(Path.of(name));
  }

  /**
   * Reads a fork's file.
   *
   * @param file where
   * @return what it holds
   */
  public static Content read(Path file) {
    return MAPPER.readValue(file.toFile(), Content.class);
  }

  void absent(String reason) {
    MAPPER.writeValue(file.toFile(), new Content(reason, null, List.of(), null, 0, "", 0));
  }

  void found(Found carried) {
    found = carried;
  }

  void measured(
      List<Double> nanos,
      Percentiles percentiles,
      double allocatedBytes,
      String checksum,
      double operations) {
    content =
        new Content(
            null, found, List.copyOf(nanos), percentiles, allocatedBytes, checksum, operations);
  }

  void write() {
    MAPPER.writeValue(file.toFile(), content);
  }
}
