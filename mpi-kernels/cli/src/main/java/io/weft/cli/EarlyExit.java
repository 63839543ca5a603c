package io.weft.cli;

import io.weft.comm.Job;
import java.util.Arrays;
import java.util.Optional;

/**
 * Notices that a program ends its JVM in the middle of a run ({@code System.exit}), for which the
 * other ranks would wait. A signal is left to the launcher, which sees it.
 */
final class EarlyExit implements AutoCloseable {
  private final Thread hook;

  private EarlyExit(Job job) {
    hook = new Thread(() -> endJob(job), "weft early exit");
  }

  /** Watches until it is closed. */
  static EarlyExit watch(Job job) {
    EarlyExit watch = new EarlyExit(job);
    Runtime.getRuntime().addShutdownHook(watch.hook);
    return watch;
  }

  private static void endJob(Job job) {
    Thread.getAllStackTraces().values().stream()
        .map(EarlyExit::callerOfExit)
        .flatMap(Optional::stream)
        .findFirst()
        .ifPresent(
            caller -> {
              String message = "System.exit was called in the middle of the run, at " + caller;
              int status = RankFailure.report(ExitStatus.FAILED, message, null);
              job.abort(RankFailure.ownStatus(status));
            });
  }

  /**
   * What is below {@code exit}; nothing where a signal ends the JVM, which calls no such method.
   */
  private static Optional<StackTraceElement> callerOfExit(StackTraceElement[] stack) {
    return Arrays.stream(stack)
        .dropWhile(frame -> !isExit(frame))
        .dropWhile(EarlyExit::isExit)
        .findFirst();
  }

  private static boolean isExit(StackTraceElement frame) {
    return frame.getMethodName().equals("exit")
        && (frame.getClassName().equals("java.lang.Runtime")
            || frame.getClassName().equals("java.lang.System"));
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      return; // The hook runs.
    }
  }
}
