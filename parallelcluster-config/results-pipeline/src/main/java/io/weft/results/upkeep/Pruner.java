package io.weft.results.upkeep;

import io.weft.results.Digests;
import io.weft.results.Refused;
import io.weft.results.bundle.BundleFile;
import io.weft.results.bundle.BundleTree;
import io.weft.results.bundle.HeldBundle;
import io.weft.results.bundle.Manifest;
import io.weft.results.bundle.UnreadableException;
import io.weft.results.event.RunEvent;
import io.weft.results.hook.RunReader;
import io.weft.results.port.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Removes bundles from the disk of which disk, manifest and bucket agree, file by file: what
 * changed since it was shipped is no copy of anything. A folder that has anything that its manifest
 * does not name stays. It gets another name before its files go, so that half a bundle is never
 * taken for one; what an ended pruner left is removed by the next.
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
   * @return what went, or would
   * @throws IOException if the bucket cannot be reached; can be done again
   */
  public Outcome prune(Path root, Instant before, boolean dryRun) throws IOException {
    int pruned = 0;
    int stay = 0;
    for (Path folder : BundleTree.find(root)) {
      try {
        RunEvent event = RunReader.read(folder, null);
        if (event.finishedAt().isBefore(before)) {
          refuseUnlessPlaced(event);
          refuseUnlessUnchanged(event);
          refuseOtherFiles(event);
          if (!dryRun) {
            remove(folder);
          }
          say.accept(folder + (dryRun ? ": would be pruned" : ": pruned"));
          pruned++;
        }
      } catch (Refused | UnreadableException wrong) {
        say.accept(folder + " stays: " + wrong.getMessage());
        stay++;
      }
    }
    return new Outcome(pruned, stay);
  }

  /**
   * What was done.
   *
   * @param pruned bundles that went, or would
   * @param stay bundles that should have gone, or may have had to, and that somebody has to look at
   */
  public record Outcome(int pruned, int stay) {}

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

  /** Reads every file: the bucket has what the manifest says, and the disk may not any more. */
  private static void refuseUnlessUnchanged(RunEvent event) throws IOException, Refused {
    try (HeldBundle bundle = HeldBundle.open(event.bundle())) {
      if (!bundle.manifest().equals(event.manifest())) {
        throw new Refused("its manifest changed while it was compared");
      }
      for (BundleFile file : event.manifest().files()) {
        MessageDigest digest = Digests.sha256();
        try (InputStream in =
            new DigestInputStream(Channels.newInputStream(bundle.open(file)), digest)) {
          in.transferTo(OutputStream.nullOutputStream());
        } catch (UnreadableException told) {
          throw told;
        } catch (IOException failure) {
          throw new UnreadableException("the file '" + file.name() + "'", failure);
        }
        if (!HexFormat.of().formatHex(digest.digest()).equals(file.sha256())) {
          throw new Refused(
              "the file '" + file.name() + "' is not what the manifest says any more");
        }
      }
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
    } catch (UncheckedIOException failure) {
      throw new UnreadableException("the bundle " + event.bundle(), failure.getCause());
    }
  }

  private static void remove(Path folder) throws Refused {
    try {
      rename(folder);
    } catch (IOException | DirectoryIteratorException failure) {
      throw new Refused("it cannot be removed, or not all of it: " + failure);
    }
  }

  private static void rename(Path folder) throws IOException {
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
