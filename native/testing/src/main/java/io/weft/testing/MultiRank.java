package io.weft.testing;

import io.weft.launch.MpiVendor;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Runs the {@link RankTest} methods of a class under {@code mpirun}: each method is a test per
 * <em>cell</em>, a combination of MPI, variant and number of ranks.
 *
 * <p>A cell is started once, at its first method, and runs all methods of the class one after the
 * other, ordered by {@link org.junit.jupiter.api.Order}, then by name. When a method fails on some
 * rank the job ends there, because the ranks that did not fail may wait for the one that did; the
 * methods not yet done run in a new job. Nothing brings the ranks into step between two methods:
 * one may be in the next while another is still in this. A rank is the process; the test class is
 * instantiated in it with its no-argument constructor and may implement {@link RankFixture}. Its
 * methods are never called in the JVM that runs JUnit, nor are JUnit's life-cycle methods called
 * anywhere: a class that has some is refused.
 *
 * <p>System properties of the JVM that runs JUnit:
 *
 * <ul>
 *   <li>{@code weft.test.mpis}: the MPIs to use, such as {@code openmpi}, separated by commas; the
 *       cells of others are skipped. Without it an MPI that is not installed is a failure.
 *   <li>{@code weft.test.rank.jvm}: more JVM flags for each rank, separated by spaces.
 *   <li>{@code weft.test.logs}: where the files of a failed job are kept; default {@code
 *       target/ranks} if there is a {@code target}.
 *   <li>{@code weft.test.seed}: what {@link #sampled} draws by; 1 without it.
 *   <li>{@code weft.long}: see {@link RankContext#longRun()}. Every property whose name begins with
 *       {@code weft.} reaches the ranks.
 * </ul>
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
public @interface MultiRank {
  /**
   * The numbers of ranks.
   *
   * @return each is a cell
   */
  int[] ranks() default {1, 2, 3, 4};

  /**
   * The MPIs.
   *
   * @return each is a cell
   */
  MpiVendor[] mpis() default {MpiVendor.OPEN_MPI, MpiVendor.MPICH};

  /**
   * What else the class runs over; see {@link Variant#of}. Empty for one cell without a variant.
   *
   * @return each is a cell
   */
  String[] variants() default {};

  /**
   * Names the variants that cannot be written as constants; used where {@link #variants} is empty.
   *
   * @return a class with a no-argument constructor, instantiated in JUnit's JVM
   */
  Class<? extends VariantProvider> variantProvider() default VariantProvider.None.class;

  /**
   * Which cells run a sample of the methods unless the run is long ({@code weft.long}): of each MPI
   * and variant, each method on one of {@link #ranks} above one.
   *
   * @return what the name of a cell contains, such as {@code MPICH} in {@code MPICH, mpi shm, 3
   *     ranks}
   */
  String[] sampled() default {};

  /**
   * The longest time in which no rank begins or ends a method. After it the stacks of every rank
   * are printed and the job is ended.
   *
   * @return in seconds
   */
  int deadlineSeconds() default 60;

  /**
   * More flags for the JVM of each rank, after the default ones: {@value RankJvm#DEFAULTS}.
   *
   * @return one flag each
   */
  String[] jvm() default {};
}
