package io.weft.cli;

import picocli.CommandLine.Command;

/** A subcommand as other modules bring theirs. */
@Command(name = "test-subcommand")
public final class TestSubcommand implements Subcommand {
  /** Made by the service loader. */
  public TestSubcommand() {}

  @Override
  public Integer call() {
    System.out.println("found");
    return ExitStatus.OK;
  }
}
