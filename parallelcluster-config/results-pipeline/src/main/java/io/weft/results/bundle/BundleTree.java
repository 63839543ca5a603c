package io.weft.results.bundle;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/** Finds bundles on disk. */
public final class BundleTree {
  private static final int DEPTH = 12;

  private BundleTree() {}

  /**
   * The folders with a manifest, at or below a place; links are not followed, folders whose names
   * begin with a dot and those that may not be read are passed over.
   *
   * @param root where
   * @return the folders, in order
   * @throws IOException if the place itself cannot be read
   */
  public static List<Path> find(Path root) throws IOException {
    Path top = root.toAbsolutePath().normalize();
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        top,
        EnumSet.noneOf(java.nio.file.FileVisitOption.class),
        DEPTH,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            if (!folder.equals(top) && folder.getFileName().toString().startsWith(".")) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            if (Files.isRegularFile(folder.resolve(Manifest.NAME), LinkOption.NOFOLLOW_LINKS)) {
              found.add(folder);
              return FileVisitResult.SKIP_SUBTREE;
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (file.equals(top)) {
              throw failure;
            }
            System.err.println("weft: passing over " + file + ": " + failure);
            return FileVisitResult.CONTINUE;
          }
        });
    found.sort(null);
    return found;
  }
}
