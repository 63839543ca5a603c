package io.weft.results.aws;

import io.weft.results.port.Site;
import io.weft.results.ship.ShipPhase;
import io.weft.results.ship.ShipSettings;
import io.weft.results.ship.ShipWatcher;
import io.weft.results.ship.Shipper;
import java.time.Duration;

/**
 * A shipper in a process of its own. With the name of a phase it stands still there, having said so
 * and of which event, until it is killed; without one it works until it is killed, a little slower
 * than it could.
 */
public final class ShipperMain {
  static final String READY = "ready";
  static final String HERE = "here ";

  private ShipperMain() {}

  /**
   * Serves.
   *
   * @param arguments the phase, or nothing
   * @throws Exception if it cannot
   */
  public static void main(String[] arguments) throws Exception {
    ShipPhase phase = arguments.length == 0 ? null : ShipPhase.valueOf(arguments[0]);
    ShipWatcher watcher =
        new ShipWatcher() {
          @Override
          public void at(ShipPhase now, String id) {
            if (now == phase) {
              System.out.println(HERE + id);
              pause(Long.MAX_VALUE);
            } else if (phase == null && now == ShipPhase.RECEIVED) {
              pause(1000);
            }
          }

          @Override
          public void say(String message) {
            System.err.println(ProcessHandle.current().pid() + ": " + message);
          }
        };
    try (Site site = AwsSite.forWorkers(new AwsSettings(System.getenv()))) {
      System.out.println(READY);
      new Shipper(
              site,
              new ShipSettings(ShipSettings.LEAST_PART_BYTES, 2, Duration.ofSeconds(6)),
              watcher)
          .serve(() -> {});
    }
  }

  private static void pause(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException told) {
      Thread.currentThread().interrupt();
    }
  }
}
