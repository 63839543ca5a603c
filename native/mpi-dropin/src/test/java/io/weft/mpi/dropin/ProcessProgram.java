package io.weft.mpi.dropin;

import java.util.LinkedHashMap;
import java.util.Map;
import mpi.Intracomm;
import mpi.MPI;
import mpi.MPIException;
import org.opentest4j.TestAbortedException;

/**
 * {@link ProcessChecks} as a program of its own: what it starts is started by the launcher that
 * started it, and a launcher takes the tests' own arguments badly then.
 */
final class ProcessProgram {
  private ProcessProgram() {}

  private interface Check {
    void run() throws MPIException;
  }

  /**
   * Does one check after the other; rank 0 prints a line for each that is done or cannot be. A
   * failure ends the job.
   *
   * @param args none
   */
  public static void main(String[] args) throws MPIException {
    MPI.Init(args);
    MPI.COMM_WORLD.setErrhandler(MPI.ERRORS_RETURN);
    Intracomm comm = MPI.COMM_WORLD.dup();
    ProcessChecks checks = new ProcessChecks(comm);
    Map<String, Check> all = new LinkedHashMap<>();
    all.put("launchedProcessesHaveNoParent", checks::launchedProcessesHaveNoParent);
    all.put("childrenOfOneProgram", checks::childrenOfOneProgram);
    all.put("childrenOfTwoPrograms", checks::childrenOfTwoPrograms);
    all.put("namesOfPorts", checks::namesOfPorts);
    all.put("processesMeetAtAPort", checks::processesMeetAtAPort);
    all.put("whatCannotBeStarted", checks::whatCannotBeStarted);
    for (Map.Entry<String, Check> each : all.entrySet()) {
      String became = "done " + each.getKey();
      try {
        each.getValue().run();
      } catch (TestAbortedException cannot) {
        became = "[skipped] " + each.getKey() + ": " + cannot.getMessage();
      } catch (Throwable failed) {
        failed.printStackTrace();
        MPI.COMM_WORLD.abort(1);
      }
      comm.barrier();
      if (comm.getRank() == 0) {
        System.out.println(became.replaceAll("\\s+", " "));
      }
    }
    comm.free();
    MPI.Finalize();
  }
}
