package io.weft.results.hook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Which file system a path is on, and whether it outlives this node. Only file systems that other
 * machines serve do: a node's disks, even those of EBS, end with it, and so does what a container
 * writes.
 *
 * @param mountPoint where the file system is mounted
 * @param type its name in the kernel, such as {@code nfs4}
 */
public record Storage(Path mountPoint, String type) {
  private static final Path MOUNTS = Path.of("/proc/self/mountinfo");

  /** FSx for Lustre; EFS, FSx for OpenZFS and ONTAP; and what other sites have. */
  private static final Set<String> SERVED =
      Set.of(
          "lustre",
          "nfs",
          "nfs4",
          "efs",
          "cifs",
          "smb3",
          "ceph",
          "gpfs",
          "beegfs",
          "glusterfs",
          "fuse.glusterfs",
          "orangefs",
          "afs",
          "panfs",
          "wekafs");

  /**
   * Finds where a path is.
   *
   * @param path which is there
   * @return its storage
   * @throws IOException if the path is not there, or the kernel's table cannot be read
   */
  public static Storage of(Path path) throws IOException {
    // A link may lead to another file system.
    return of(path.toRealPath(), Files.readString(MOUNTS));
  }

  /**
   * Finds where a path is.
   *
   * @param path absolute, without links
   * @param mounts a table as in {@code /proc/self/mountinfo}, see proc(5)
   * @return its storage
   * @throws IOException if no line of the table fits
   */
  static Storage of(Path path, String mounts) throws IOException {
    Storage found = null;
    for (Storage storage : parse(mounts)) {
      // Of two mounts on one place the later hides the earlier.
      if (path.startsWith(storage.mountPoint)
          && (found == null
              || storage.mountPoint.getNameCount() >= found.mountPoint.getNameCount())) {
        found = storage;
      }
    }
    if (found == null) {
      throw new IOException("no line of " + MOUNTS + " says which file system has " + path);
    }
    return found;
  }

  private static List<Storage> parse(String mounts) {
    List<Storage> result = new ArrayList<>();
    for (String line : mounts.lines().toList()) {
      String[] halves = line.split(" - ", 2);
      String[] first = halves[0].split(" ");
      if (halves.length == 2 && first.length > 4) {
        result.add(new Storage(Path.of(unescape(first[4])), halves[1].split(" ")[0]));
      }
    }
    return result;
  }

  /** Blanks, tabs, line ends and backslashes are octal there. */
  private static String unescape(String text) {
    return text.replace("\\040", " ")
        .replace("\\011", "\t")
        .replace("\\012", "\n")
        .replace("\\134", "\\");
  }

  /**
   * Says whether what is written there is still there when the node is gone.
   *
   * @return true for file systems that other machines serve
   */
  public boolean outlivesNode() {
    return SERVED.contains(type);
  }
}
