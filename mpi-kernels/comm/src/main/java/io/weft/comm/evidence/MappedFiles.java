package io.weft.comm.evidence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a process has mapped ({@code /proc/self/maps}, proc(5)).
 *
 * @param plugins the communication plug-ins, such as {@code btl_vader} or {@code uct_cma}
 * @param sharedRegions writable shared mappings as {@code device:inode path}; two processes that
 *     have one in common can exchange messages through it
 */
public record MappedFiles(Set<String> plugins, Set<String> sharedRegions) {
  private static final Pattern PLUGIN =
      Pattern.compile("(?:mca_((?:pml|btl|mtl|osc)_\\w+)|lib(uct_\\w+|ucp|fabric|efa))\\.so");

  /** Start-up services share memory too, but carry no messages. */
  private static final Pattern NOT_MESSAGES = Pattern.compile("pmix|mpich_shar_tmp|hsperfdata");

  /** MPI's own plug-ins, and the memory through which its ranks of one host exchange messages. */
  private static final Pattern OF_MPI =
      Pattern.compile("^(?:pml|btl|mtl|osc)_|/(?:vader|sm)_segment|osc_(?:sm|rdma)|mpich");

  /** Copies the sets. */
  public MappedFiles {
    plugins = Set.copyOf(plugins);
    sharedRegions = Set.copyOf(sharedRegions);
  }

  /**
   * The same without what MPI has mapped: for messages that do not go over MPI, though it started
   * the ranks.
   *
   * @return the rest
   */
  public MappedFiles withoutMpi() {
    Set<String> otherPlugins = new TreeSet<>(plugins);
    otherPlugins.removeIf(name -> OF_MPI.matcher(name).find());
    Set<String> otherRegions = new TreeSet<>(sharedRegions);
    otherRegions.removeIf(region -> OF_MPI.matcher(region).find());
    return new MappedFiles(otherPlugins, otherRegions);
  }

  /**
   * Reads the mappings of this process.
   *
   * @return what is mapped now
   */
  public static MappedFiles ofThisProcess() {
    Set<String> plugins = new TreeSet<>();
    Set<String> regions = new TreeSet<>();
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/maps"))) {
        // address permissions offset device inode path
        String[] fields = line.split("\\s+", 6);
        if (fields.length < 6 || fields[4].equals("0") && !fields[5].startsWith("/SYSV")) {
          continue;
        }
        Matcher plugin = PLUGIN.matcher(fields[5]);
        if (plugin.find()) {
          plugins.add(plugin.group(1) != null ? plugin.group(1) : plugin.group(2));
        } else if (fields[1].contains("w")
            && fields[1].endsWith("s")
            && !NOT_MESSAGES.matcher(fields[5]).find()) {
          regions.add(fields[3] + ":" + fields[4] + " " + fields[5].replace(" (deleted)", ""));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new MappedFiles(plugins, regions);
  }
}
