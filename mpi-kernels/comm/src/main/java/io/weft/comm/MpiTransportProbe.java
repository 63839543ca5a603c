package io.weft.comm;

import io.weft.comm.evidence.RankEvidence;
import io.weft.comm.evidence.TransportFinder;
import io.weft.ffi.NativeMemory;
import io.weft.mpi.Comm;
import io.weft.mpi.Datatype;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Sends a probe round the ring and asks the kernel what carried it. */
final class MpiTransportProbe {
  /** Large against what libraries say to each other when nothing is sent. */
  private static final long PROBE_BYTES = 256 * 1024;

  private static final int TAG = 1;

  private final Comm comm;

  MpiTransportProbe(Comm comm) {
    this.comm = comm;
  }

  Transport find(String library, Traffic traffic) {
    probe(); // The first messages open connections and map memory.
    List<RankEvidence> before = gather(traffic);
    probe();
    comm.barrier();
    List<RankEvidence> after = gather(traffic);
    return TransportFinder.find("mpi", library, before, after, PROBE_BYTES);
  }

  private void probe() {
    int next = (comm.rank() + 1) % comm.size();
    int previous = (comm.rank() + comm.size() - 1) % comm.size();
    try (Arena scratch = Arena.ofConfined()) {
      MemorySegment buffers = NativeMemory.allocatePages(scratch, 2 * PROBE_BYTES);
      Datatype bytes = Datatype.BYTE;
      comm.sendrecv(
          buffers, 0, PROBE_BYTES, next, buffers, PROBE_BYTES, PROBE_BYTES, previous, bytes, TAG);
      comm.sendrecv(
          buffers, 0, PROBE_BYTES, previous, buffers, PROBE_BYTES, PROBE_BYTES, next, bytes, TAG);
    }
  }

  private List<RankEvidence> gather(Traffic traffic) {
    byte[] mine =
        RankEvidence.ofThisProcess(traffic.bytes()).encode().getBytes(StandardCharsets.UTF_8);
    List<RankEvidence> result = new ArrayList<>();
    for (byte[] text : MpiBytes.allgather(comm, mine)) {
      result.add(RankEvidence.decode(new String(text, StandardCharsets.UTF_8)));
    }
    return result;
  }
}
