package io.weft.cli;

import io.weft.cli.doctor.Instances;
import io.weft.comm.Communicator;
import io.weft.comm.CommunicatorException;
import io.weft.comm.Job;
import io.weft.comm.Transport;
import io.weft.fabric.FabricException;
import io.weft.kernels.Kernel;
import io.weft.kernels.KernelResult;
import io.weft.kernels.Kernels;
import io.weft.kernels.Progress;
import io.weft.launch.Network;
import io.weft.launch.Via;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/** One rank of a run, in a JVM with the flags of the plan. */
final class RankRun {
  private final RunOptions options;
  private final RankPlan plan;

  RankRun(RunOptions options, RankPlan plan) {
    this.options = options;
    this.plan = plan;
  }

  int run() {
    Kernel kernel = Kernels.named(options.kernel);
    Job job = Job.start();
    EarlyExit earlyExit = EarlyExit.watch(job);
    int status;
    RunStory story = null;
    try {
      NetworkChoice choice = choice(job);
      if (job.rank() == 0) {
        Bundle.prepare(options.out);
        story = RunStory.begin(options, options.out);
      }
      // Not in a try-with-resources: closing waits for the other ranks, which a rank that failed
      // must not do. It ends them instead.
      Communicator communicator = open(job, choice);
      status = run(kernel, job, choice, communicator);
      communicator.close();
    } catch (Throwable failure) {
      earlyExit.close();
      int failed = RankFailure.report(failure);
      if (story != null) {
        story.failed(failed);
      }
      // The other ranks wait for messages that will not come: every rank ends here.
      job.abort(RankFailure.ownStatus(failed));
      throw failure;
    }
    job.close();
    earlyExit.close();
    return status;
  }

  private Communicator open(Job job, NetworkChoice choice) {
    try {
      return job.open(options.via, choice.network(), choice.intra(), options.provider);
    } catch (CommunicatorException | FabricException notThere) {
      throw new WeftException(ExitStatus.UNAVAILABLE, notThere.getMessage());
    }
  }

  private int run(Kernel kernel, Job job, NetworkChoice choice, Communicator communicator) {
    Instant started = Instant.now();
    refuse(choice, communicator.transport(), "before the run");
    PhaseRecorder recorder = options.trace ? new PhaseRecorder() : null;
    KernelResult result = run(kernel, communicator, recorder);
    TrafficTotals traffic = TrafficTotals.of(communicator);
    Transport found = communicator.transport();
    refuse(choice, found, "after the run");
    Instances instances = Instances.of(job.hosts(), job.rank(), job::allgather);
    String trace =
        options.trace ? Trace.gather(communicator, recorder, title(result, found)) : null;
    if (communicator.rank() == 0) {
      write(
          new RunRecord(
              options,
              plan,
              choice,
              result,
              found,
              job.hosts(),
              instances,
              job.mpiLibrary(),
              traffic,
              started),
          trace);
    }
    communicator.barrier(); // The bundle is whole before any rank reports success.
    return result.verification().passed() ? ExitStatus.OK : ExitStatus.FAILED;
  }

  /** Runs it; the recorder hears of phases if there is one. */
  private KernelResult run(Kernel kernel, Communicator communicator, PhaseRecorder recorder) {
    if (communicator.rank() != 0) {
      return kernel.run(
          communicator,
          options.problemClass,
          recorder == null ? Progress.NONE : recorder,
          options.checkpointPlan());
    }
    try (ProgressPrinter printer = new ProgressPrinter(options.kernel, System.getenv())) {
      if (recorder != null) {
        recorder.handOnTo(printer);
      }
      return kernel.run(
          communicator,
          options.problemClass,
          recorder == null ? printer : recorder,
          options.checkpointPlan());
    }
  }

  private static String title(KernelResult result, Transport found) {
    return "%s class %s on %d ranks via %s over %s"
        .formatted(
            result.kernel(), result.problemClass(), result.ranks(), found.via(), found.network());
  }

  /** Prints before it writes: a disk that has filled up meanwhile does not cost the result. */
  private void write(RunRecord run, String trace) {
    ObjectNode json = run.json();
    Report report = new Report(run);
    System.out.print(options.json ? Json.text(json) + "\n" : report.text());
    System.out.flush();
    Bundle.write(options.out, json, report.text(), trace);
    System.err.println("weft: bundle " + options.out);
    if (!run.result().verification().passed()) {
      RankFailure.report(ExitStatus.FAILED, report.verification(), null);
    }
  }

  /** Inside a user's own mpirun the choice is made here, knowing the hosts. */
  private NetworkChoice choice(Job job) {
    if (options.out == null) {
      options.out = Bundle.defaultDirectory(options);
    }
    if (options.chosen != null) {
      return new NetworkChoice(options.network, options.intra, false, options.chosen);
    }
    if (options.network == Network.AUTO && options.via == Via.MPI) {
      return new NetworkChoice(Network.AUTO, options.intra, false, "as mpirun's flags say");
    }
    return NetworkChoice.of(options, job.isOneHost());
  }

  private static void refuse(NetworkChoice choice, Transport found, String when) {
    String mismatch = FoundNetwork.mismatch(choice, found);
    if (mismatch != null) {
      throw new WeftException(ExitStatus.UNAVAILABLE, when + ": " + mismatch);
    }
  }
}
