package io.weft.comm.fabric;

import io.weft.comm.Bootstrap;
import io.weft.comm.Traffic;
import io.weft.comm.Transport;
import io.weft.comm.evidence.RankEvidence;
import io.weft.comm.evidence.TransportFinder;
import io.weft.ffi.NativeMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What carried the messages: the attributes of the open endpoint, and what the kernel saw of a
 * probe sent round the ring.
 */
public final class TransportProbe {
  /** Large against what providers say to each other when nothing is sent. */
  private static final long PROBE_BYTES = 256 * 1024;

  private final Bootstrap bootstrap;
  private final Channel channel;
  private final Collectives collectives;

  /**
   * Makes a probe.
   *
   * @param bootstrap gathers what each rank found
   * @param channel what is examined
   * @param collectives the channel's
   */
  public TransportProbe(Bootstrap bootstrap, Channel channel, Collectives collectives) {
    this.bootstrap = bootstrap;
    this.channel = channel;
    this.collectives = collectives;
  }

  /**
   * Examines; collective.
   *
   * @param traffic this rank's
   * @return what was found, the same on every rank
   */
  public Transport find(Traffic traffic) {
    probe(); // The first messages open connections and map memory.
    List<RankEvidence> before = gather(traffic);
    probe();
    collectives.barrier();
    List<RankEvidence> after = gather(traffic);
    Transport seen =
        TransportFinder.find("libfabric", channel.carrier().library(), before, after, PROBE_BYTES);
    return withCarrier(seen);
  }

  private void probe() {
    try (Arena arena = Arena.ofConfined()) {
      long all = PROBE_BYTES * bootstrap.size();
      MemorySegment send = NativeMemory.allocatePages(arena, all);
      MemorySegment recv = NativeMemory.allocatePages(arena, all);
      collectives.alltoall(send, 0, recv, 0, PROBE_BYTES);
    }
  }

  private List<RankEvidence> gather(Traffic traffic) {
    String mine = RankEvidence.ofThisProcess(traffic.bytes()).encode();
    List<RankEvidence> result = new ArrayList<>();
    for (byte[] text : bootstrap.allgather(mine.getBytes(StandardCharsets.UTF_8))) {
      result.add(RankEvidence.decode(new String(text, StandardCharsets.UTF_8)));
    }
    return result;
  }

  private Transport withCarrier(Transport seen) {
    Carrier carrier = channel.carrier();
    List<String> evidence = new ArrayList<>(seen.evidence());
    evidence.addFirst(text(carrier.text()));
    // Rank 0 speaks for all, so that all say the same.
    String[] words =
        text(carrier.provider() + "\n" + carrier.protocol() + "\n" + device(carrier, seen))
            .split("\n");
    return new Transport(
        seen.via(),
        text(seen.library()),
        network(seen.network(), words[0]),
        network(seen.intra(), words[0]),
        words[0],
        words[1],
        words[2],
        evidence);
  }

  /** An endpoint of shm has no other way; of the others the kernel must have seen something. */
  private static String network(String seen, String provider) {
    return seen.equals(Transport.UNKNOWN) && provider.equals("shm") ? "shm" : seen;
  }

  private static String device(Carrier carrier, Transport seen) {
    return carrier.device() != null ? carrier.device().toString() : seen.device();
  }

  private String text(String mine) {
    return new String(
        bootstrap.allgather(mine.getBytes(StandardCharsets.UTF_8))[0], StandardCharsets.UTF_8);
  }
}
