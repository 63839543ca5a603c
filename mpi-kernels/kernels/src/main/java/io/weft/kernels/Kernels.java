package io.weft.kernels;

import io.weft.kernels.cg.CgKernel;
import io.weft.kernels.ep.EpKernel;
import io.weft.kernels.ft.FtKernel;
import io.weft.kernels.is.IsKernel;
import io.weft.kernels.jacobi2d.Jacobi2dKernel;
import io.weft.kernels.mg.MgKernel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** The kernels that there are, and the checks that are the same for all of them. */
public final class Kernels {
  /** Weft's own: a new one is a line here. */
  private static final List<Kernel> OWN =
      List.of(
          new CgKernel(), //
          new EpKernel(),
          new FtKernel(),
          new IsKernel(),
          new Jacobi2dKernel(),
          new MgKernel());

  private Kernels() {}

  /**
   * Weft's own kernels, and those that other modules on the module path or class path provide.
   *
   * @return the kernels in order of their names
   */
  public static List<Kernel> all() {
    List<Kernel> kernels = new ArrayList<>(OWN);
    // The loader that brought this class sees the kernels beside it; a thread's context loader need
    // not. Those of this module are there already, whatever an older build left beside them.
    ServiceLoader.load(Kernel.class, Kernels.class.getClassLoader()).stream()
        .filter(each -> OWN.stream().noneMatch(own -> own.getClass() == each.type()))
        .forEach(each -> kernels.add(each.get()));
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
    classOf(kernel.name(), kernel.classes(), problemClass);
    if (ranks < 1) {
      throw new IllegalArgumentException(
          kernel.name() + " runs on at least one rank, not on " + ranks);
    }
    RankRule rule = kernel.rankRule();
    if (!rule.allows(ranks)) {
      throw new IllegalArgumentException(
          kernel.name()
              + " runs on "
              + rule
              + " of ranks; "
              + ranks
              + " is none"
              + nearestLegal(rule, ranks));
    }
  }

  /**
   * Checks that a kernel has the checkpoints that a plan asks for.
   *
   * @param kernel the kernel
   * @param plan what is asked for
   * @throws IllegalArgumentException if it has none; the message says which kernels have
   */
  public static void checkCheckpoints(Kernel kernel, CheckpointPlan plan) {
    if (plan.isUsed() && !kernel.hasCheckpoints()) {
      throw new IllegalArgumentException(
          kernel.name()
              + " has no checkpoints; these have: "
              + all().stream()
                  .filter(Kernel::hasCheckpoints)
                  .map(Kernel::name)
                  .collect(Collectors.joining(", ")));
    }
  }

  /**
   * Finds a class by its name.
   *
   * @param <C> what a class of this kernel is
   * @param kernel the kernel's name
   * @param classes the kernel's classes
   * @param name the class asked for
   * @return the class
   * @throws IllegalArgumentException if there is none; the message lists the names there are
   */
  public static <C extends ProblemClass> C classOf(String kernel, List<C> classes, String name) {
    for (C one : classes) {
      if (one.name().equals(name)) {
        return one;
      }
    }
    throw new IllegalArgumentException(
        kernel
            + " has no class "
            + name
            + ": "
            + classes.stream().map(ProblemClass::name).collect(Collectors.joining(", ")));
  }

  private static String nearestLegal(RankRule rule, int ranks) {
    List<String> legal = new ArrayList<>();
    for (int fewer = ranks - 1; fewer >= 1; fewer--) {
      if (rule.allows(fewer)) {
        legal.add(Integer.toString(fewer));
        break;
      }
    }
    // Twice as many always meets the rules in use; a rule without a legal number up to there is no
    // reason to search for ever.
    for (long more = ranks + 1L; more <= Math.min(4L * ranks, Integer.MAX_VALUE); more++) {
      if (rule.allows((int) more)) {
        legal.add(Long.toString(more));
        break;
      }
    }
    return legal.isEmpty() ? "" : ": use " + String.join(" or ", legal);
  }
}
