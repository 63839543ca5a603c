package io.weft.bench.program;

import io.weft.bench.Folders;
import io.weft.ffi.NativeLibrary;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A C source of this module, compiled when a benchmark first needs it. */
public final class CBaseline {
  private CBaseline() {}

  /**
   * Compiles a source and opens the library.
   *
   * @param name the source's file name
   * @return the library; its files are gone when this returns
   * @throws IllegalStateException with the compiler's output, if it fails
   */
  public static NativeLibrary open(String name) {
    try {
      Path directory = Files.createTempDirectory("weft-baseline");
      Path source = directory.resolve(name);
      Path library = directory.resolve(name + ".so");
      try {
        try (InputStream text = CBaseline.class.getResourceAsStream(name)) {
          Files.copy(text, source);
        }
        compile("gcc", source, library, List.of("-shared", "-fPIC"));
        return NativeLibrary.open(library.toString());
      } finally {
        Folders.remove(directory);
      }
    } catch (IOException e) {
      throw new IllegalStateException("cannot build " + name + ": " + e.getMessage(), e);
    }
  }

  static void compile(String compiler, Path source, Path target, List<String> more)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(compiler));
    command.addAll(
        List.of("-O3", "-march=native", "-std=c11", "-Wall", "-Wextra", "-Werror", "-o"));
    command.addAll(List.of(target.toString(), source.toString()));
    command.addAll(more);
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException noCompiler) {
      throw new IOException(
          "no " + compiler + "; install what tests and benchmarks need: scripts/setup test");
    }
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    try {
      if (process.waitFor() != 0) {
        throw new IOException(String.join(" ", command) + " failed:\n" + output);
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while compiling " + source);
    }
  }
}
