package io.weft.bench.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends a job that takes too long, or that is left when this process ends. */
final class ForkEnd implements AutoCloseable {
  private static final long PATIENCE_MILLIS = 5000;

  private final CountDownLatch over = new CountDownLatch(1);
  private final Path pid;
  private final Thread watch;
  private final Thread hook;
  private volatile boolean late;

  /**
   * Watches.
   *
   * @param pid the file that holds the launcher's process id, once it is started
   * @param seconds that the job may take
   */
  ForkEnd(Path pid, double seconds) {
    this.pid = pid;
    this.hook = new Thread(this::kill, "end of ranks");
    this.watch = Thread.ofPlatform().daemon().name("deadline of ranks").start(() -> watch(seconds));
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void watch(double seconds) {
    try {
      if (!over.await(Math.round(seconds * 1000), TimeUnit.MILLISECONDS)) {
        late = true;
        kill();
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether the deadline passed. */
  boolean isLate() {
    return late;
  }

  private void kill() {
    if (!Files.exists(pid)) {
      return;
    }
    try {
      long id = Long.parseLong(Files.readString(pid).strip());
      ProcessHandle.of(id).ifPresent(ForkEnd::kill);
    } catch (IOException | NumberFormatException unreadable) {
      System.err.println("bench: cannot end the ranks: " + unreadable);
    }
  }

  private static void kill(ProcessHandle launcher) {
    List<ProcessHandle> ranks = launcher.descendants().toList();
    launcher.destroy();
    try {
      launcher.onExit().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException stubborn) {
      // It is killed with its ranks.
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    }
    launcher.destroyForcibly();
    ranks.forEach(ProcessHandle::destroyForcibly);
  }

  @Override
  public void close() {
    over.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException endingAlready) {
      // The hook runs; that is what it is for.
    }
    try {
      watch.join(); // No rank is left when this returns.
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    }
  }
}
