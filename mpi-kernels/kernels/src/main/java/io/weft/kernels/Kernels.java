package io.weft.kernels;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/**
 * The kernels that {@link ServiceLoader} finds, and the checks that are the same for all of them.
 */
public final class Kernels {
  private Kernels() {}

  /**
   * Every kernel on the module path or class path.
   *
   * @return the kernels in order of their names
   */
  public static List<Kernel> all() {
    List<Kernel> kernels = new ArrayList<>();
    // The loader that brought this class sees the kernels beside it; a thread's context loader need
    // not.
    ServiceLoader.load(Kernel.class, Kernels.class.getClassLoader()).forEach(kernels::add);
    kernels.sort(Comparator.comparing(Kernel::name));
    return List.copyOf(kernels);
  }

  /**
   * Finds a kernel by its name.
   *
   * @param name as in {@link Kernel#name}
   * @return the kernel
   * @throws IllegalArgumentException if there is none; the message lists the names there are
   */
  public static Kernel named(String name) {
    List<Kernel> kernels = all();
    for (Kernel kernel : kernels) {
      if (kernel.name().equals(name)) {
        return kernel;
      }
    }
    String names =
        kernels.isEmpty()
            ? "none"
            : kernels.stream().map(Kernel::name).collect(Collectors.joining(", "));
    throw new IllegalArgumentException("no kernel is named " + name + "; there are: " + names);
  }

  /**
   * Checks that a kernel can run a problem class on a number of ranks.
   *
   * @param kernel the kernel
   * @param problemClass the class asked for
   * @param ranks the number of ranks asked for
   * @throws IllegalArgumentException if it cannot; the message says what it can
   */
  public static void check(Kernel kernel, String problemClass, int ranks) {
    if (!kernel.problemClasses().contains(problemClass)) {
      throw new IllegalArgumentException(
          kernel.name()
              + " has no class "
              + problemClass
              + ": "
              + String.join(", ", kernel.problemClasses()));
    }
    if (ranks < 1) {
      throw new IllegalArgumentException(
          kernel.name() + " runs on at least one rank, not on " + ranks);
    }
    String rule = kernel.rankRule(ranks);
    if (rule != null) {
      throw new IllegalArgumentException(
          kernel.name()
              + " runs on "
              + rule
              + " of ranks; "
              + ranks
              + " is none"
              + nearestLegal(kernel, ranks));
    }
  }

  private static String nearestLegal(Kernel kernel, int ranks) {
    List<String> legal = new ArrayList<>();
    for (int fewer = ranks - 1; fewer >= 1; fewer--) {
      if (kernel.rankRule(fewer) == null) {
        legal.add(Integer.toString(fewer));
        break;
      }
    }
    // Twice as many always meets the rules in use (powers of two, squares); a rule without a legal
    // number up to there is no reason to search for ever.
    for (long more = ranks + 1L; more <= Math.min(4L * ranks, Integer.MAX_VALUE); more++) {
      if (kernel.rankRule((int) more) == null) {
        legal.add(Long.toString(more));
        break;
      }
    }
    return legal.isEmpty() ? "" : ": use " + String.join(" or ", legal);
  }
}
