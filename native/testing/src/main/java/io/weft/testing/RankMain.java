package io.weft.testing;

import io.weft.launch.RankEnvironment;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.opentest4j.TestAbortedException;

/**
 * What each process of a job runs: the methods of one test class, in the main thread.
 *
 * <p>Arguments: the job's directory, the test class, {@code variant=NAME}, the methods.
 */
final class RankMain {
  private final JobFiles files;
  private final RankContext context;
  private final RankLog log;
  private final List<String> methods;

  /** What runs now, for the hook that finds out why the JVM ends. */
  private volatile String current = RankEvent.OPEN;

  private volatile boolean closed;

  private RankMain(JobFiles files, RankContext context, List<String> methods) throws Exception {
    this.files = files;
    this.context = context;
    this.methods = methods;
    this.log = new RankLog(files.log(context.rank()));
  }

  /**
   * Runs a rank.
   *
   * @param arguments see the class
   * @throws Exception if the arguments do not fit together
   */
  public static void main(String[] arguments) throws Exception {
    Map<String, String> environment = System.getenv();
    JobFiles files = new JobFiles(Path.of(arguments[0]));
    RankContext context =
        new RankContext(
            RankEnvironment.rank(environment),
            RankEnvironment.size(environment),
            RankEnvironment.launcherOf(environment),
            arguments[2].substring("variant=".length()),
            Boolean.getBoolean("weft.long"),
            files.scratch());
    List<String> methods = Arrays.asList(arguments).subList(3, arguments.length);
    RankWatch.start();
    new RankMain(files, context, methods).run(Class.forName(arguments[1]));
  }

  private void run(Class<?> testClass) {
    Runtime.getRuntime().addShutdownHook(new Thread(this::explainExit, "weft-exit"));
    log.write(RankEvent.of(RankEvent.Kind.READY, ""));
    Object[] instance = new Object[1];
    step(
        RankEvent.OPEN,
        () -> {
          instance[0] = instantiate(testClass);
          if (instance[0] instanceof RankFixture fixture) {
            fixture.open(context);
          }
        });
    List<Method> chosen = new ArrayList<>(RankMethods.of(testClass));
    chosen.removeIf(method -> !methods.contains(method.getName()));
    for (Method method : chosen) {
      step(method.getName(), () -> invoke(instance[0], method));
    }
    step(
        RankEvent.CLOSE,
        () -> {
          if (instance[0] instanceof RankFixture fixture) {
            fixture.close();
          }
        });
    closed = true;
    log.write(RankEvent.of(RankEvent.Kind.CLOSED, ""));
  }

  private void step(String name, Step body) {
    current = name;
    log.write(RankEvent.of(RankEvent.Kind.STARTED, name));
    RankEvent end;
    try {
      body.run();
      end = RankEvent.of(RankEvent.Kind.PASSED, name);
    } catch (TestAbortedException skipped) {
      // After the last method there is nothing left to skip.
      RankEvent.Kind kind =
          name.equals(RankEvent.CLOSE) ? RankEvent.Kind.FAILED : RankEvent.Kind.SKIPPED;
      end = RankEvent.of(kind, name, skipped);
      System.out.println("[weft] " + name + " skipped: " + skipped.getMessage());
    } catch (Throwable thrown) {
      end = RankEvent.of(RankEvent.Kind.FAILED, name, thrown);
    }
    log.write(end);
    boolean skipsAll = end.kind() == RankEvent.Kind.SKIPPED && name.equals(RankEvent.OPEN);
    if (end.kind() == RankEvent.Kind.FAILED || skipsAll) {
      giveUp(name);
    }
  }

  /**
   * Ends this process, and by that the job: a rank that failed cannot find back into step with the
   * others. They get a moment to end the same method, so that an assertion that fails everywhere is
   * reported from everywhere.
   */
  private void giveUp(String name) {
    long end = System.nanoTime() + JobFiles.GRACE_NANOS;
    try {
      while (System.nanoTime() < end && !allEnded(name)) {
        Thread.sleep(10);
      }
    } catch (Exception unreadable) {
      // The report then lacks the others; ending is what matters.
    }
    System.out.flush();
    System.err.flush();
    Runtime.getRuntime().halt(JobFiles.FAILED_STATUS);
  }

  private boolean allEnded(String name) throws Exception {
    for (int rank = 0; rank < context.size(); rank++) {
      if (new RankTail(files.log(rank))
          .all().stream().noneMatch(event -> event.ends() && event.method().equals(name))) {
        return false;
      }
    }
    return true;
  }

  /**
   * A JVM that ends in the middle says who ended it, and ends with a status that ends the job: the
   * launchers take zero for success.
   */
  private void explainExit() {
    if (closed) {
      return;
    }
    for (Map.Entry<Thread, StackTraceElement[]> entry : Thread.getAllStackTraces().entrySet()) {
      List<StackTraceElement> frames = Arrays.asList(entry.getValue());
      int exit = 0;
      while (exit < frames.size() && !isExit(frames.get(exit))) {
        exit++;
      }
      // A signal ends the JVM by the same way; its status already tells.
      if (exit < frames.size()
          && frames.stream().noneMatch(f -> f.getClassName().startsWith("java.lang.Terminator"))) {
        Throwable called = new IllegalStateException("System.exit called in " + current);
        called.setStackTrace(
            frames.subList(exit, frames.size()).stream()
                .map(RankMain::plain)
                .toArray(StackTraceElement[]::new));
        log.write(RankEvent.of(RankEvent.Kind.EXITED, current, called));
        System.out.flush();
        Runtime.getRuntime().halt(JobFiles.FAILED_STATUS);
      }
    }
  }

  /** Without the class loader and module that a running thread's frames show. */
  private static StackTraceElement plain(StackTraceElement frame) {
    return new StackTraceElement(
        frame.getClassName(), frame.getMethodName(), frame.getFileName(), frame.getLineNumber());
  }

  private static boolean isExit(StackTraceElement frame) {
    return frame.getClassName().equals("java.lang.Runtime") && frame.getMethodName().equals("exit");
  }

  private void invoke(Object instance, Method method) throws Throwable {
    method.setAccessible(true);
    try {
      method.invoke(
          instance, method.getParameterCount() == 0 ? new Object[0] : new Object[] {context});
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }

  private static Object instantiate(Class<?> testClass) throws Throwable {
    Constructor<?> constructor = testClass.getDeclaredConstructor();
    constructor.setAccessible(true);
    try {
      return constructor.newInstance();
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }

  /** A part of a rank's life that can fail. */
  private interface Step {
    void run() throws Throwable;
  }
}
