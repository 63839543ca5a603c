package io.weft.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A C program of this module, compiled for as long as it is needed. */
final class CProgram implements AutoCloseable {
  private final Path directory;
  private final Path source;
  private final Path program;

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
    CProgram program = new CProgram(Files.createTempDirectory("weft-baseline"), name);
    try {
      try (InputStream text = CProgram.class.getResourceAsStream(name)) {
        Files.copy(text, program.source);
      }
      CBaseline.compile(compiler, program.source, program.program, libraries);
      return program;
    } catch (IOException failed) {
      program.close();
      throw failed;
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
    Files.delete(directory);
  }
}
