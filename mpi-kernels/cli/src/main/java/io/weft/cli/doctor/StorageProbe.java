package io.weft.cli.doctor;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What storage is under the working folder, and what it is good for (proc(5), mountinfo). */
record StorageProbe() implements Probe {
  private static final String SUBJECT = "storage";
  private static final long LEAST_BYTES = Sizes.GIB;
  private static final Pattern BLOCK = Pattern.compile("/dev/(nvme\\d+n\\d+|xvd[a-z]+|sd[a-z]+).*");

  /** A mount: where, its type, what is mounted, and its options. */
  private record Mount(String point, String type, String source, String options) {}

  @Override
  public List<Finding> look(Machine machine) {
    String folder = machine.workingFolder();
    Mount mount = mountOf(machine, folder);
    if (mount == null) {
      return List.of(
          Finding.warning(
              SUBJECT,
              folder + ": /proc/self/mountinfo does not say what is mounted there",
              "start in a folder of a mounted file system"));
    }
    Machine.Space space = machine.space(folder);
    String where =
        "%s is on %s (%s, %s)%s"
            .formatted(
                folder,
                mount.point(),
                mount.type(),
                mount.source(),
                space == null ? "" : ", " + Sizes.text(space.freeBytes()) + " free");
    if (List.of(mount.options().split(",")).contains("ro")) {
      return List.of(
          Finding.error(
              SUBJECT, where + ": read-only, a bundle cannot be written", "start elsewhere"));
    }
    if (space != null && space.freeBytes() < LEAST_BYTES) {
      return List.of(
          Finding.warning(
              SUBJECT, where + ": little room for bundles and checkpoints", "make room, or --out"));
    }
    return List.of(kind(machine, mount, where));
  }

  private static Finding kind(Machine machine, Mount mount, String where) {
    return switch (mount.type()) {
      case "lustre" ->
          Finding.ok(
              SUBJECT,
              where + ": FSx for Lustre",
              "good for inputs, checkpoints and large results of all nodes; no export while runs"
                  + " write");
      case "nfs", "nfs4" -> nfs(mount, where);
      case "overlay" ->
          Finding.warning(
              SUBJECT,
              where + ": a container's own layer, which ends with it",
              "write to a mounted volume, or let the job ship its bundle before it ends");
      case "tmpfs", "ramfs" ->
          Finding.warning(
              SUBJECT,
              where + ": memory, which ranks need and a restart empties",
              "write results to a disk or a shared file system");
      default -> disk(machine, mount, where);
    };
  }

  private static Finding nfs(Mount mount, String where) {
    // Amazon's mount helper goes through a tunnel on the loopback.
    boolean efs = mount.source().matches("(fs-[0-9a-f]+\\.efs\\..*|127\\.0\\.0\\.1):.*");
    return Finding.ok(
        SUBJECT,
        where + (efs ? ": EFS" : ": NFS of another host"),
        efs
            ? "good for programs and bundles; slow for many small files and for all ranks at once"
            : "good for programs and bundles; one server carries all nodes: keep checkpoints off"
                + " it");
  }

  private static Finding disk(Machine machine, Mount mount, String where) {
    Matcher block = BLOCK.matcher(mount.source());
    String model =
        block.matches() ? machine.text("/sys/block/" + block.group(1) + "/device/model") : null;
    if (model != null && model.contains("Instance Storage")) {
      return Finding.ok(
          SUBJECT,
          where + ": instance store",
          "good for scratch and checkpoints; lost when the instance stops: copy results away");
    }
    if (model != null && model.contains("Elastic Block Store")) {
      return Finding.ok(
          SUBJECT,
          where + ": EBS",
          "good for programs and results of one host; other nodes do not see it");
    }
    return Finding.ok(
        SUBJECT, where + ": a local disk", "good for one host; other nodes do not see it");
  }

  /** The mount with the longest path above the folder; of equal ones the last hides the others. */
  private static Mount mountOf(Machine machine, String folder) {
    String table = machine.text("/proc/self/mountinfo");
    Mount found = null;
    for (String line : (table == null ? "" : table).lines().toList()) {
      String[] halves = line.split(" - ", 2);
      String[] left = halves[0].split(" ");
      String[] right = halves.length == 2 ? halves[1].split(" ") : new String[0];
      if (left.length < 6 || right.length < 3) {
        continue;
      }
      String point = unescape(left[4]);
      boolean above = point.equals("/") || (folder + "/").startsWith(point + "/");
      if (above && (found == null || point.length() >= found.point().length())) {
        found = new Mount(point, right[0], unescape(right[1]), left[5] + "," + right[2]);
      }
    }
    return found;
  }

  /** Spaces are written in octal, {@code \040}. */
  private static String unescape(String text) {
    return Pattern.compile("\\\\([0-7]{3})")
        .matcher(text)
        .replaceAll(m -> Matcher.quoteReplacement("" + (char) Integer.parseInt(m.group(1), 8)));
  }
}
