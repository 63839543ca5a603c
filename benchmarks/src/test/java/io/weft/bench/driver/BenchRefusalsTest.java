package io.weft.bench.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Command lines that measure nothing. */
class BenchRefusalsTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @Execution(ExecutionMode.CONCURRENT)
  @CsvSource(
      delimiter = '|',
      value = {
        "PingPong -p via=pigeon | via=pigeon is none: use mpi, libfabric, c-mpi",
        "PingPong -p network=wifi | wifi",
        "PingPong -p network=auto | use efa, ena or shm",
        "PingPong -p bytes=lots | bytes=lots is none: use a number from 0 to",
        "PingPong -p ranks=0 | ranks=0 is none: use a number from 1 to",
        "KernelRun -p kernel=lu | kernel=lu is none: use cg, ep",
        "KernelRun -p kernel=cg -p size=Q | size=Q is no class of cg: use S, W, A",
        "PingPong -p colour=red | no benchmark has such an axis; there are [bytes, kernel",
        "PingPong -p provider=a&b | provider=a&b is none",
        "PingPong --report page.docx | name a file that ends with .html, .md, .csv or .json",
        "PingPong --out /proc/none/x.json | the folder of --out /proc/none/x.json cannot be made",
        "CallCost -tu us | leave them out",
        "PingPong -bm thrpt | leave them out",
        "Nothing | no benchmark matches [Nothing]",
        "PingPong -f 0 | each cell needs a job of its own",
        "PingPong --deadline soon | --deadline soon: use a whole number",
        "PingPong --seed | --seed needs a value",
        "PingPong --nonsense | nonsense"
      })
  @DisplayName("what cannot be meant is refused, with what can")
  void refused(String arguments, String message) throws Exception {
    BenchProcess.run(directory, arguments.split(" ")).assertRefused(message);
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  @DisplayName("--dry-run lists cells and measures none")
  void dryRun() throws Exception {
    BenchProcess run =
        BenchProcess.run(
            directory, "--dry-run", "Put", "-p", "via=c-libfabric", "-p", "network=shm");
    assertEquals(0, run.process().exitValue(), run.output());
    assertEquals(
        List.of(
            "Put c-libfabric shm 1024 B 2 ranks",
            "Put c-libfabric shm 1048576 B 2 ranks",
            "Put c-libfabric shm 65536 B 2 ranks",
            "Put c-libfabric shm 8 B 2 ranks"),
        run.output().lines().sorted().toList());
    assertFalse(Files.exists(directory.resolve("result.json")));
  }
}
