package io.weft.testing;

import io.weft.launch.LaunchException;
import io.weft.launch.MpiInstallation;
import io.weft.launch.MpiSearch;
import io.weft.launch.MpiVendor;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The jobs of a test class, each started when its first method is asked for. */
final class ClassRun implements AutoCloseable {
  static final String MPIS = "weft.test.mpis";
  static final String JVM = "weft.test.rank.jvm";
  static final String LOGS = "weft.test.logs";

  private final Class<?> testClass;
  private final MultiRank settings;
  private final Function<String, Optional<String>> properties;
  private final JobDirectories directories;
  private final Sample sample;
  private final Map<Cell, Map<String, Verdict>> verdicts = new HashMap<>();

  ClassRun(Class<?> testClass, MultiRank settings, Function<String, Optional<String>> properties)
      throws IOException {
    this.testClass = testClass;
    this.settings = settings;
    this.properties = properties;
    this.directories = new JobDirectories(logs());
    this.sample = Sample.of(testClass, settings);
    if (!sample.whole() && settings.sampled().length > 0) {
      System.out.println(sample);
    }
  }

  Sample sample() {
    return sample;
  }

  /** The verdict on a method; blocks while its cell runs for the first time. */
  synchronized Verdict verdict(Cell cell, String method) throws IOException, InterruptedException {
    Optional<String> mpis = properties.apply(MPIS);
    if (mpis.isPresent() && !Arrays.asList(mpis.get().split(",")).contains(cell.mpi().toString())) {
      return new Verdict.Skipped(MPIS + "=" + mpis.get() + " leaves out " + cell.mpi().title());
    }
    Map<String, Verdict> known = verdicts.get(cell);
    if (known == null) {
      MpiInstallation installation;
      try {
        installation = installation(cell);
      } catch (LaunchException missing) {
        return new Verdict.Failed(
            missing.getMessage() + ". For all tests: scripts/setup test", List.of());
      }
      known =
          new CellRun(
                  testClass,
                  cell,
                  installation,
                  methods(cell),
                  settings.deadlineSeconds(),
                  flags(),
                  directories)
              .run();
      verdicts.put(cell, known);
    }
    return known.get(method);
  }

  private List<String> methods(Cell cell) {
    return RankMethods.of(testClass).stream()
        .map(Method::getName)
        .filter(method -> sample.holds(cell, method))
        .toList();
  }

  private MpiInstallation installation(Cell cell) {
    MpiBuild build = MpiBuild.of(cell.variant());
    return build != null ? build.installation() : installation(cell.mpi());
  }

  private MpiInstallation installation(MpiVendor mpi) {
    Map<String, String> environment = new HashMap<>(System.getenv());
    // For tests of what is said when nothing is installed.
    properties.apply("weft.test.path").ifPresent(path -> environment.put("PATH", path));
    String named = environment.get(MpiSearch.MPIRUN_VARIABLE);
    if (named != null && !named.isEmpty()) {
      // Names one launcher, of one family; the others are searched as ever.
      MpiInstallation only = new MpiSearch(environment).find(null);
      if (only.vendor() == mpi) {
        return only;
      }
      environment.remove(MpiSearch.MPIRUN_VARIABLE);
    }
    return new MpiSearch(environment).find(mpi);
  }

  private List<String> flags() {
    List<String> added = new ArrayList<>(Arrays.asList(settings.jvm()));
    properties
        .apply(JVM)
        .filter(flags -> !flags.isBlank())
        .ifPresent(flags -> added.addAll(Arrays.asList(flags.strip().split("\\s+"))));
    List<String> flags = RankJvm.flags(added);
    flags.addAll(RankJvm.properties());
    return flags;
  }

  private Path logs() {
    Optional<String> named = properties.apply(LOGS);
    if (named.isPresent()) {
      return Path.of(named.get(), testClass.getSimpleName());
    }
    Path target = Path.of("target");
    return Files.isDirectory(target)
        ? target.resolve("ranks").resolve(testClass.getSimpleName())
        : null;
  }

  @Override
  public void close() {
    directories.close();
  }
}
