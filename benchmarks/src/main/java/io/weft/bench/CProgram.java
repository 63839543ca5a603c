package io.weft.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A C program of this module, compiled for as long as it is needed. */
final class CProgram implements AutoCloseable {
  private final Path directory;
  private final Path source;
  private final Path program;
  private final List<Path> headers = new ArrayList<>();

  private CProgram(Path directory, String name) {
    this.directory = directory;
    this.source = directory.resolve(name);
    this.program = directory.resolve(name.replaceAll("[.]c$", ""));
  }

  /**
   * Compiles a program.
   *
   * @param name the source's file name
   * @param compiler what compiles it
   * @param libraries flags behind the source
   * @return the program, to be closed
   * @throws IOException with the compiler's output, if it fails
   */
  static CProgram build(String name, String compiler, List<String> libraries) throws IOException {
    return build(name, compiler, libraries, List.of());
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
    CProgram program = new CProgram(Files.createTempDirectory("weft-baseline"), name);
    try {
      copy(name, program.source);
      for (String header : headers) {
        Path copy = program.directory.resolve(header);
        copy(header, copy);
        program.headers.add(copy);
      }
      CBaseline.compile(compiler, program.source, program.program, libraries);
      return program;
    } catch (IOException failed) {
      program.close();
      throw failed;
    }
  }

  private static void copy(String name, Path to) throws IOException {
    try (InputStream text = CProgram.class.getResourceAsStream(name)) {
      Files.copy(text, to);
    }
  }

  static CProgram build(String name, String compiler) throws IOException {
    return build(name, compiler, List.of());
  }

  Path path() {
    return program;
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(program);
    Files.deleteIfExists(source);
    for (Path header : headers) {
      Files.deleteIfExists(header);
    }
    Files.delete(directory);
  }
}
