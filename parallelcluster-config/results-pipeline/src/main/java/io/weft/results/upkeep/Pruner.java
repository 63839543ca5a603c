package io.weft.results.upkeep;

import io.weft.results.Refused;
import io.weft.results.bundle.BundleTree;
import io.weft.results.bundle.Manifest;
import io.weft.results.event.RunEvent;
import io.weft.results.hook.RunReader;
import io.weft.results.port.ObjectStore;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Removes bundles from the disk whose copy in the bucket was compared, file by file. A folder that
 * has anything that its manifest does not name stays. It gets another name before its files go, so
 * that half a bundle is never taken for one; what an ended pruner left is removed by the next.
 */
public final class Pruner {
  private static final String PRUNED = ".weft-pruned-";
  private static final LinkOption NO_LINKS = LinkOption.NOFOLLOW_LINKS;

  private final ObjectStore objects;
  private final Consumer<String> say;

  /**
   * Makes one.
   *
   * @param objects the bucket
   * @param say gets a line for each bundle
   */
  public Pruner(ObjectStore objects, Consumer<String> say) {
    this.objects = objects;
    this.say = say;
  }

  /**
   * Removes what is in the bucket.
   *
   * @param root where bundles are
   * @param before only those of runs that finished before
   * @param dryRun only say what would go
   * @return how many went, or would
   * @throws IOException if bucket or disk cannot be reached; can be done again
   */
  public int prune(Path root, Instant before, boolean dryRun) throws IOException {
    int pruned = 0;
    for (Path folder : BundleTree.find(root)) {
      try {
        RunEvent event = RunReader.read(folder, null);
        if (event.finishedAt().isBefore(before)) {
          refuseUnlessPlaced(event);
          refuseOtherFiles(event);
          if (!dryRun) {
            remove(folder);
          }
          say.accept(folder + (dryRun ? ": would be pruned" : ": pruned"));
          pruned++;
        }
      } catch (Refused refused) {
        say.accept(folder + " stays: " + refused.getMessage());
      }
    }
    return pruned;
  }

  private void refuseUnlessPlaced(RunEvent event) throws IOException, Refused {
    Placement placement = Placement.of(event, objects);
    if (!placement.isWhole()) {
      throw new Refused(
          placement.manifest()
              ? "in the bucket %s are absent and %s different"
                  .formatted(placement.absent(), placement.different())
              : "it is not in the bucket");
    }
  }

  private static void refuseOtherFiles(RunEvent event) throws IOException, Refused {
    Set<String> known = new HashSet<>(Set.of(Manifest.NAME));
    event.manifest().files().forEach(file -> known.add(file.name()));
    try (var below = Files.walk(event.bundle())) {
      for (Path path : below.toList()) {
        String name = event.bundle().relativize(path).toString();
        if (!Files.isDirectory(path, NO_LINKS) && !known.contains(name)) {
          throw new Refused("its manifest does not name " + name);
        }
      }
    }
  }

  private static void remove(Path folder) throws IOException {
    Path renamed = folder.resolveSibling(PRUNED + UUID.randomUUID());
    Files.move(folder, renamed, StandardCopyOption.ATOMIC_MOVE);
    Path parent = renamed.getParent();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(parent, PRUNED + "*")) {
      if (!(stream instanceof SecureDirectoryStream<Path> secure)) {
        throw new IOException(parent + ": this system's JDK cannot hold a folder open (openat)");
      }
      List<Path> left = new ArrayList<>();
      stream.forEach(left::add);
      for (Path one : left) {
        remove(secure, one.getFileName());
      }
    }
  }

  /** Follows no link, whatever is put there meanwhile. */
  private static void remove(SecureDirectoryStream<Path> at, Path name) throws IOException {
    boolean folder =
        at.getFileAttributeView(name, BasicFileAttributeView.class, NO_LINKS)
            .readAttributes()
            .isDirectory();
    if (!folder) {
      at.deleteFile(name);
      return;
    }
    try (SecureDirectoryStream<Path> below = at.newDirectoryStream(name, NO_LINKS)) {
      for (Path entry : below) {
        remove(below, entry.getFileName());
      }
    }
    at.deleteDirectory(name);
  }
}
