package io.weft.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Stream;

/** Where the jobs of a test class have their files, and where those of failed ones are kept. */
final class JobDirectories implements AutoCloseable {
  private final Path root;
  private final Path logs;
  private boolean keepRoot;

  /**
   * Makes the directory.
   *
   * @param logs where to keep files; null to leave them where they are
   */
  JobDirectories(Path logs) throws IOException {
    root = Files.createTempDirectory("weft-ranks-");
    this.logs = logs;
  }

  JobFiles create(String name) throws IOException {
    return new JobFiles(Files.createDirectory(root.resolve(name)));
  }

  /** Keeps the files of a job for people to read; says where. */
  Path keep(JobFiles files) {
    delete(files.scratch());
    if (logs == null) {
      keepRoot = true;
      return files.directory();
    }
    Path kept = logs.resolve(files.directory().getFileName());
    try {
      delete(kept);
      Files.createDirectories(kept);
      try (Stream<Path> all = Files.list(files.directory())) {
        for (Path file : (Iterable<Path>) all::iterator) {
          Files.copy(file, kept.resolve(file.getFileName()));
        }
      }
      return kept.toAbsolutePath();
    } catch (IOException failed) {
      keepRoot = true;
      return files.directory();
    }
  }

  @Override
  public void close() {
    if (!keepRoot) {
      delete(root);
    }
  }

  /** Removes a directory and all in it, or nothing if it is not there. */
  static void delete(Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    try {
      Files.walkFileTree(
          directory,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.deleteIfExists(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failed)
                throws IOException {
              Files.deleteIfExists(visited);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot remove " + directory, failed);
    }
  }
}
