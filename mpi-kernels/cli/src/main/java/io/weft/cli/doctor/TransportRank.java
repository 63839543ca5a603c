package io.weft.cli.doctor;

import io.weft.cli.Json;
import io.weft.comm.Communicator;
import io.weft.comm.Job;
import io.weft.comm.Transport;
import io.weft.launch.Intra;
import io.weft.launch.Network;
import io.weft.launch.Via;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The program of ranks that are started to see what carries MPI's messages; rank 0 says it. */
public final class TransportRank {
  private TransportRank() {}

  /**
   * Joins the others, exchanges some messages, and ends.
   *
   * @param arguments none
   */
  public static void main(String[] arguments) {
    Job job;
    try {
      job = Job.start();
    } catch (RuntimeException noMpi) {
      System.err.println(noMpi.getMessage());
      System.exit(1);
      return;
    }
    try {
      answer(job);
    } catch (RuntimeException failure) {
      System.err.println("rank " + job.rank() + ": " + failure);
      job.abort(1); // The others wait for messages that will not come.
    }
    job.close();
  }

  private static void answer(Job job) {
    Communicator communicator = job.open(Via.MPI, Network.AUTO, Intra.SHM, null);
    Transport transport = communicator.transport();
    Placement here = InstanceMetadata.ofEc2().placement(HostMachine.here());
    byte[] mine = Json.MAPPER.writeValueAsString(here.json()).getBytes(StandardCharsets.UTF_8);
    List<Placement> all = new ArrayList<>();
    for (byte[] text : job.allgather(mine)) {
      Placement one = Placement.of(Json.MAPPER.readTree(text));
      if (!all.contains(one)) {
        all.add(one);
      }
    }
    if (job.rank() == 0) {
      System.out.println(MpiAnswer.line(transport, all));
      System.out.flush();
    }
    communicator.close();
  }
}
