package io.weft.bench;

import io.weft.bench.program.CProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How far two cores are from each other, by the time that a cache line takes between them. On some
 * virtual machines that changes for seconds at a time.
 */
public final class CoreMode implements AutoCloseable {
  /** What two measurements, before and after, say of the time between. */
  public enum Pairing {
    /** A cache line takes some 60 ns. */
    NEAR,
    /** It takes some 240 ns. */
    FAR,
    /** One of the two before, the other after. */
    CHANGED
  }

  /** Between the two figures seen: some 60 ns and some 240 ns. */
  private static final double FAR_NANOS = 120;

  private final CProgram program = CProgram.build("cacheline.c", "gcc");
  private final List<Double> all = new ArrayList<>();
  private final List<Pairing> pairings = new ArrayList<>();

  /**
   * Builds what measures it.
   *
   * @throws IOException if there is no compiler
   */
  public CoreMode() throws IOException {}

  /**
   * Passes a cache line between two cores.
   *
   * @return nanoseconds one way; 0 where there is one core only
   * @throws IOException if that fails
   * @throws InterruptedException if this is interrupted
   */
  public double measure() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(program.path().toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("the calibration failed: " + text);
    }
    double nanos = Double.parseDouble(text.strip());
    all.add(nanos);
    return nanos;
  }

  /**
   * Takes two measurements for the time between.
   *
   * @param before nanoseconds
   * @param after nanoseconds
   * @return how the cores were paired
   */
  public Pairing between(double before, double after) {
    boolean far = before > FAR_NANOS;
    Pairing pairing = far != after > FAR_NANOS ? Pairing.CHANGED : far ? Pairing.FAR : Pairing.NEAR;
    pairings.add(pairing);
    return pairing;
  }

  @Override
  public String toString() {
    Collections.sort(all);
    return "Cores: a cache line took %.0f to %.0f ns one way (median %.0f); slices near %d, far %d, changed %d."
        .formatted(
            all.getFirst(),
            all.getLast(),
            all.get(all.size() / 2),
            Collections.frequency(pairings, Pairing.NEAR),
            Collections.frequency(pairings, Pairing.FAR),
            Collections.frequency(pairings, Pairing.CHANGED));
  }

  @Override
  public void close() throws IOException {
    program.close();
  }
}
