import io.weft.cli.ListCommand;
import io.weft.cli.RunCommand;
import io.weft.cli.Subcommand;

/** The {@code weft} command. Other modules bring subcommands of their own. */
module io.weft.cli {
  requires info.picocli;
  requires io.weft.comm;
  requires io.weft.fabric;
  requires io.weft.ffi;
  requires io.weft.kernels;
  requires io.weft.launch;
  requires me.tongfei.progressbar;
  requires tools.jackson.databind;

  exports io.weft.cli;

  opens io.weft.cli to
      info.picocli;

  uses Subcommand;

  provides Subcommand with
      ListCommand,
      RunCommand;
}
