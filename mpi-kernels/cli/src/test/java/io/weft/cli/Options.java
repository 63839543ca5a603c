package io.weft.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The options of {@code weft run} from a command line, without running it. */
final class Options {
  private Options() {}

  @Command
  private static final class Holder {
    @Mixin private RunOptions options;
  }

  /** Parses; the number of ranks is 1 unless it is given. */
  static RunOptions of(String commandLine) {
    Holder holder = new Holder();
    new CommandLine(holder).parseArgs(commandLine.split(" "));
    if (holder.options.ranks == null) {
      holder.options.ranks = 1;
    }
    return holder.options;
  }
}
