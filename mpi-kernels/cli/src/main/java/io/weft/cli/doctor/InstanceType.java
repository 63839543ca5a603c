package io.weft.cli.doctor;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * What an instance type's network can do at most, from {@code
 * parallelcluster-config/instance-types.tsv}, the table that cluster files are checked against.
 *
 * @param name such as {@code hpc7a.96xlarge}
 * @param cards network cards
 * @param efaCards those that take an EFA interface
 * @param gigabitsPerSecond of all cards together
 */
public record InstanceType(String name, int cards, int efaCards, double gigabitsPerSecond) {
  private static final String TABLE = "instance-types.tsv";
  private static final int CARDS = 5;
  private static final int EFA_CARDS = 6;
  private static final int RATE = 7;

  /**
   * Looks a type up.
   *
   * @param name of the type
   * @return its limits; empty if the table does not have it
   */
  public static Optional<InstanceType> of(String name) {
    InputStream table = Objects.requireNonNull(InstanceType.class.getResourceAsStream(TABLE));
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(table, StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .filter(line -> line.startsWith(name + "\t"))
          .map(line -> line.split("\t"))
          .map(
              fields ->
                  new InstanceType(
                      name,
                      Integer.parseInt(fields[CARDS]),
                      Integer.parseInt(fields[EFA_CARDS]),
                      Double.parseDouble(fields[RATE])))
          .findFirst();
    } catch (IOException ofTheJar) {
      throw new UncheckedIOException(ofTheJar);
    }
  }

  /**
   * The limits in words.
   *
   * @return such as {@code 2 network cards, 2 of them with EFA, at most 300 Gb/s (150 each)}
   */
  public String limits() {
    String all = rate(gigabitsPerSecond);
    return cards == 1
        ? "1 network card, %s EFA, at most %s Gb/s".formatted(efaCards == 0 ? "no" : "with", all)
        : "%d network cards, %d of them with EFA, at most %s Gb/s (%s each)"
            .formatted(cards, efaCards, all, rate(gigabitsPerSecond / cards));
  }

  private static String rate(double gigabits) {
    return gigabits == Math.rint(gigabits)
        ? Long.toString((long) gigabits)
        : String.format(Locale.ROOT, "%.1f", gigabits);
  }
}
