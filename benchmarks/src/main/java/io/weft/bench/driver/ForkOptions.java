package io.weft.bench.driver;

import java.util.List;
import java.util.regex.Pattern;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * What a fork is started with: one benchmark, and else what was asked for. JMH's own builder adds
 * the choice of the options that it is given to its own, so that a fork would run all of them.
 */
final class ForkOptions extends OptionsBuilder {
  private static final long serialVersionUID = 1;

  private final String benchmark;

  ForkOptions(String benchmark) {
    this.benchmark = benchmark;
  }

  @Override
  public List<String> getIncludes() {
    return List.of("^" + Pattern.quote(benchmark) + "$");
  }

  @Override
  public List<String> getExcludes() {
    return List.of();
  }
}
