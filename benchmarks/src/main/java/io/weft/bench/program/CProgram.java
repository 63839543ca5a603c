package io.weft.bench.program;

import io.weft.bench.Folders;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A C program of this module, compiled for as long as it is needed. */
public final class CProgram implements AutoCloseable {
  private final Path directory;
  private final Path program;
  private final Thread hook = new Thread(this::removeAtLast, "end of a compiled program");

  private CProgram(Path directory, String name) {
    this.directory = directory;
    this.program = directory.resolve(name.replaceAll("[.]c$", ""));
    // An interrupted run leaves nothing behind.
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * Compiles a program.
   *
   * @param name the source's file name
   * @param compiler what compiles it
   * @return the program, to be closed
   * @throws IOException with the compiler's output, if it fails
   */
  public static CProgram build(String name, String compiler) throws IOException {
    return build(name, compiler, List.of(), List.of());
  }

  /**
   * Compiles a program of several files.
   *
   * @param name the source's file name
   * @param compiler what compiles it
   * @param libraries flags behind the source
   * @param headers file names of what it includes from beside it
   * @return the program, to be closed
   * @throws IOException with the compiler's output, if it fails
   */
  static CProgram build(String name, String compiler, List<String> libraries, List<String> headers)
      throws IOException {
    CProgram built = new CProgram(Files.createTempDirectory("weft-baseline"), name);
    try {
      Path source = built.copy(name);
      for (String header : headers) {
        built.copy(header);
      }
      CBaseline.compile(compiler, source, built.program, libraries);
      return built;
    } catch (IOException failed) {
      built.close();
      throw failed;
    }
  }

  private Path copy(String name) throws IOException {
    Path to = directory.resolve(name);
    try (InputStream text = CProgram.class.getResourceAsStream(name)) {
      Files.copy(text, to);
    }
    return to;
  }

  /**
   * Where it is.
   *
   * @return the program
   */
  public Path path() {
    return program;
  }

  private void removeAtLast() {
    try {
      Folders.remove(directory);
    } catch (IOException stays) {
      System.err.println("bench: " + directory + " stays behind: " + stays.getMessage());
    }
  }

  @Override
  public void close() throws IOException {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException endingAlready) {
      return; // The hook runs.
    }
    Folders.remove(directory);
  }
}
