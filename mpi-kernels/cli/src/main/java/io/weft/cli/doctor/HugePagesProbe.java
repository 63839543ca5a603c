package io.weft.cli.doctor;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Huge pages: ranks ask for transparent ones, the efa provider for reserved ones. */
record HugePagesProbe() implements Probe {
  private static final String SUBJECT = "huge pages";
  private static final String SWITCH = "/sys/kernel/mm/transparent_hugepage/enabled";
  private static final Pattern CHOSEN = Pattern.compile("\\[(\\w+)]");

  @Override
  public List<Finding> look(Machine machine) {
    String text = machine.text(SWITCH);
    Matcher matcher = CHOSEN.matcher(text == null ? "" : text);
    String chosen = matcher.find() ? matcher.group(1) : "not there";
    String reserved = reserved(machine);
    if (chosen.equals("always") || chosen.equals("madvise")) {
      return List.of(Finding.ok(SUBJECT, "transparent: " + chosen + "; " + reserved));
    }
    return List.of(
        Finding.warning(
            SUBJECT,
            "transparent: " + chosen + "; ranks ask for them and get small pages; " + reserved,
            "echo madvise > " + SWITCH + " (as root, before the run)"));
  }

  private static String reserved(Machine machine) {
    String text = machine.text("/proc/meminfo");
    String found = "";
    for (String line : (text == null ? "" : text).lines().toList()) {
      if (line.startsWith("HugePages_Total:") || line.startsWith("HugePages_Free:")) {
        found += (found.isEmpty() ? "" : ", ") + line.replaceAll("\\s+", " ");
      }
    }
    return found.isEmpty() ? "none reserved" : "reserved: " + found;
  }
}
