package io.weft.cli.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The machine under a folder that stands for its root.
 *
 * @param root {@code /}, or a tree that a test has made
 * @param environment of the process
 */
record HostMachine(Path root, Map<String, String> environment) implements Machine {
  private static final long PROGRAM_SECONDS = 10;

  static HostMachine here() {
    return new HostMachine(Path.of("/"), System.getenv());
  }

  private Path at(String file) {
    return root.resolve(file.substring(1));
  }

  @Override
  public String text(String file) {
    try {
      // Files of sysfs tell no length, and some cannot be read by everyone.
      return new String(Files.readAllBytes(at(file)), StandardCharsets.UTF_8).strip();
    } catch (IOException notReadable) {
      return null;
    }
  }

  @Override
  public List<String> names(String folder) {
    try (Stream<Path> all = Files.list(at(folder))) {
      return all.map(path -> path.getFileName().toString()).sorted().toList();
    } catch (IOException notThere) {
      return List.of();
    }
  }

  @Override
  public String target(String link) {
    try {
      return at(link).toRealPath().getFileName().toString();
    } catch (IOException notThere) {
      return null;
    }
  }

  @Override
  public boolean isReadWrite(String file) {
    return Files.isReadable(at(file)) && Files.isWritable(at(file));
  }

  @Override
  public Space space(String folder) {
    try {
      FileStore store = Files.getFileStore(at(folder));
      return new Space(store.getTotalSpace(), store.getUsableSpace());
    } catch (IOException notThere) {
      return null;
    }
  }

  @Override
  public String workingFolder() {
    Path here = Path.of("").toAbsolutePath();
    try {
      return here.toRealPath().toString();
    } catch (IOException removed) {
      return here.toString();
    }
  }

  @Override
  public Output run(List<String> command) {
    Path out = null;
    Path err = null;
    try {
      // Into files: a pipe that nobody empties would stop a program that has much to say.
      out = Files.createTempFile("weft-doctor", ".out");
      err = Files.createTempFile("weft-doctor", ".err");
      Process process =
          new ProcessBuilder(command)
              .redirectInput(Path.of("/dev/null").toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      if (!process.waitFor(PROGRAM_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return null;
      }
      return new Output(process.exitValue(), Files.readString(out), Files.readString(err));
    } catch (IOException notThere) {
      return null;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return null;
    } finally {
      delete(out);
      delete(err);
    }
  }

  private static void delete(Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException kept) {
      // A folder for temporary files is emptied by the system.
    }
  }
}
