package io.weft.cli;

import java.lang.management.ManagementFactory;

/** What else the machine does. Deadlines are for one that has little else to do. */
final class Load {
  private static final double USUAL_PER_PROCESSOR = 3;
  private static final double MOST = 6;

  private Load() {}

  /** What to multiply a deadline by: 1 but on a machine that is busy with other things. */
  static double patience() {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    int processors = Runtime.getRuntime().availableProcessors();
    return Math.clamp(load / processors / USUAL_PER_PROCESSOR, 1, MOST);
  }

  /** Whether ranks that are started together can be expected to meet an error together. */
  static boolean isUsual() {
    return patience() == 1;
  }
}
