import io.weft.cli.ListCommand;
import io.weft.cli.RunCommand;
import io.weft.cli.Subcommand;
import io.weft.cli.doctor.DoctorCommand;
import io.weft.cli.doctor.Probe;
import io.weft.cli.spool.SpoolCommand;

/** The {@code weft} command. Other modules bring subcommands of their own. */
module io.weft.cli {
  requires info.picocli;
  requires io.weft.comm;
  requires io.weft.fabric;
  requires io.weft.ffi;
  requires io.weft.kernels;
  requires transitive io.weft.launch;
  requires me.tongfei.progressbar;
  requires transitive tools.jackson.databind;

  exports io.weft.cli;
  exports io.weft.cli.doctor;

  opens io.weft.cli to
      info.picocli;
  opens io.weft.cli.doctor to
      info.picocli;
  opens io.weft.cli.spool to
      info.picocli;

  uses Probe;
  uses Subcommand;

  provides Subcommand with
      DoctorCommand,
      ListCommand,
      RunCommand,
      SpoolCommand;
}
