package io.weft.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weft.launch.MpiVendor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The library in front of UCX's, in front of a stand-in for it. */
class YieldWhenIdleTest {
  /** What stands in does as much as its worker says. */
  private static final String UCX =
      "unsigned ucp_worker_progress(void *worker) { return *(unsigned *)worker; }";

  /** Loads UCX for itself alone, as a JVM may, and counts how often it is made to yield. */
  private static final String PROGRAM =
      """
      #include <dlfcn.h>
      #include <stdio.h>
      extern unsigned ucp_worker_progress(void *worker);
      static int yields;
      int sched_yield(void)
      {
          yields++;
          return 0;
      }
      int main(int count, char **arguments)
      {
          unsigned work[] = {0, 7, 0, 1, 0};
          if (count != 2 || dlopen(arguments[1], RTLD_NOW | RTLD_LOCAL) == NULL)
              return 1;
          for (int i = 0; i < 5; i++) {
              unsigned done = ucp_worker_progress(&work[i]);
              printf("%u %d\\n", done, yields);
          }
          return 0;
      }
      """;

  @TempDir Path temporary;

  @Test
  void yieldsOnlyAfterALookThatFoundNothing() throws Exception {
    Path yielding =
        Path.of(YieldWhenIdle.environment(MpiVendor.MPICH).get("LD_PRELOAD")).toAbsolutePath();
    Path ucx = temporary.resolve("libucp.so.0");
    Path program = temporary.resolve("program");
    Path library = temporary.resolve("ucx.c");
    Path main = temporary.resolve("main.c");
    Files.writeString(library, UCX);
    Files.writeString(main, PROGRAM);
    run("gcc", "-shared", "-fPIC", "-Wl,-soname,libucp.so.0", "-o", ucx, library);
    run("gcc", "-rdynamic", "-o", program, main, yielding, "-ldl");
    assertEquals("0 1\n7 1\n0 2\n1 2\n0 3\n", run(program, ucx));
  }

  @Test
  void openMpiHasItsOwn() throws Exception {
    assertEquals(Map.of(), YieldWhenIdle.environment(MpiVendor.OPEN_MPI));
  }

  private static String run(Object... command) throws Exception {
    List<String> words = Arrays.stream(command).map(Object::toString).toList();
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    assertEquals(0, process.waitFor(), () -> String.join(" ", words) + "\n" + said);
    return said;
  }
}
