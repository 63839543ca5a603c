package io.weft.bench.driver;

import io.weft.bench.Folders;
import io.weft.bench.peer.AeronDirectories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ends a job that takes too long, or that is left when this process ends. */
final class ForkEnd implements AutoCloseable {
  private static final long PATIENCE_MILLIS = 5000;
  private static final long POLL_MILLIS = 10;

  private static volatile boolean ending;

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
    this.hook = new Thread(this::leave, "end of ranks");
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

  /** Whether this process ends, so that a fork's failure is no fault of its own. */
  static boolean isEnding() {
    return ending;
  }

  /** Whether the deadline passed. */
  boolean isLate() {
    return late;
  }

  /** What an interrupted run does last: no rank, no file of a fork, no memory that it shared. */
  private void leave() {
    ending = true;
    kill();
    try {
      Folders.remove(pid.getParent());
      AeronDirectories.sweep();
    } catch (IOException | UncheckedIOException stays) {
      System.err.println("bench: files of the last fork stay behind: " + stays.getMessage());
    }
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

  /** Returns when all are gone. */
  private static void kill(ProcessHandle launcher) {
    List<ProcessHandle> all = new ArrayList<>(launcher.descendants().toList());
    all.add(launcher);
    launcher.destroy();
    await(List.of(launcher));
    all.forEach(ProcessHandle::destroyForcibly);
    await(all);
  }

  private static void await(List<ProcessHandle> processes) {
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    try {
      while (processes.stream().anyMatch(ProcessHandle::isAlive) && System.nanoTime() < until) {
        Thread.sleep(POLL_MILLIS);
      }
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    }
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
