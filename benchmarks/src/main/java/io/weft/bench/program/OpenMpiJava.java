package io.weft.bench.program;

import io.weft.bench.peer.AbsentException;
import io.weft.launch.MpiVendor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Open MPI's own Java bindings, made by {@code scripts/lib/openmpi-java.sh} where they can be.
 *
 * @param classPath the jar, to stand before the benchmarks and the drop-in
 * @param libraryPath where the native half is
 */
public record OpenMpiJava(String classPath, String libraryPath) {
  /** The property that says where Weft is; {@code scripts/bench} sets it. */
  private static final String ROOT = "weft.root";

  private static final int ABSENT = 3;

  /**
   * Makes them, or finds them made. May fetch a source package and compile it.
   *
   * @param mpi the library that they are to be bindings of
   * @return them
   * @throws AbsentException if they cannot be had here
   * @throws IOException with what was said, if they do not compile
   * @throws InterruptedException if this is interrupted
   */
  public static OpenMpiJava make(MpiVendor mpi) throws IOException, InterruptedException {
    if (mpi != MpiVendor.OPEN_MPI) {
      throw new AbsentException("the bindings are Open MPI's, and the ranks run over " + mpi);
    }
    String root = System.getProperty(ROOT);
    if (root == null) {
      throw new AbsentException("scripts/bench makes the bindings, and did not start this");
    }
    Path errors = Files.createTempFile("weft-openmpi-java", ".txt");
    try {
      ProcessBuilder builder = new ProcessBuilder(root + "/scripts/lib/openmpi-java.sh");
      builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
      Process process = builder.redirectError(errors.toFile()).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int status = process.waitFor();
      List<String> complaints = Files.readString(errors).strip().lines().toList();
      if (status == ABSENT && !complaints.isEmpty()) {
        throw new AbsentException(complaints.getLast());
      }
      if (status != 0) {
        throw new IOException(String.join("\n", complaints));
      }
      Map<String, String> settings = new TreeMap<>();
      for (String line : said.lines().toList()) {
        String[] words = line.split(" ", 2);
        settings.put(words[0], words[1]);
      }
      return new OpenMpiJava(settings.get("classpath"), settings.get("library-path"));
    } finally {
      Files.delete(errors);
    }
  }
}
