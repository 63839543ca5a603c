package io.weft.cli;

import io.weft.comm.Communicator;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.node.ObjectNode;

/**
 * What all ranks did when, in Chrome's trace format ("Trace Event Format": complete events, one
 * thread a rank, times in microseconds). Each rank's time starts at 0 when it leaves the barrier in
 * front of the timed part, whatever its host's clock says.
 */
final class Trace {
  private static final int TAG = 0;
  private static final double NANOS_PER_MICRO = 1e3;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
  private static final String SEPARATOR = ",\n";

  private Trace() {}

  /**
   * Brings all ranks' phases to rank 0; collective.
   *
   * @param title what was run
   * @return the file's text at rank 0, null elsewhere
   */
  static String gather(Communicator communicator, PhaseRecorder recorder, String title) {
    String lane = lane(communicator.rank(), recorder);
    if (communicator.rank() == 0) {
      return "{\"displayTimeUnit\":\"ms\",\"otherData\":"
          + Json.MAPPER.createObjectNode().put("title", title)
          + ",\"traceEvents\":[\n"
          + lane
          + lanesOfOthers(communicator)
          + "\n]}\n";
    }
    byte[] bytes = lane.getBytes(StandardCharsets.UTF_8);
    MemorySegment length = communicator.allocate(Long.BYTES);
    length.set(LONG, 0, bytes.length);
    communicator.send(length, 0, Long.BYTES, 0, TAG);
    MemorySegment text = communicator.allocate(bytes.length);
    MemorySegment.copy(bytes, 0, text, ValueLayout.JAVA_BYTE, 0, bytes.length);
    communicator.send(text, 0, bytes.length, 0, TAG);
    return null;
  }

  private static String lanesOfOthers(Communicator communicator) {
    StringBuilder lanes = new StringBuilder();
    MemorySegment length = communicator.allocate(Long.BYTES);
    MemorySegment text = MemorySegment.NULL;
    for (int rank = 1; rank < communicator.size(); rank++) {
      communicator.recv(length, 0, Long.BYTES, rank, TAG, null);
      int bytes = Math.toIntExact(length.get(LONG, 0));
      if (bytes > text.byteSize()) {
        // The communicator keeps what it gives out: some room to spare, for the ranks to come.
        text = communicator.allocate(bytes + bytes / 4);
      }
      communicator.recv(text, 0, bytes, rank, TAG, null);
      byte[] copy = new byte[bytes];
      MemorySegment.copy(text, ValueLayout.JAVA_BYTE, 0, copy, 0, bytes);
      lanes.append(SEPARATOR).append(new String(copy, StandardCharsets.UTF_8));
    }
    return lanes.toString();
  }

  /** A rank's events, without brackets around them. */
  static String lane(int rank, PhaseRecorder recorder) {
    StringBuilder lane = new StringBuilder();
    ObjectNode name = event("thread_name", "M", rank);
    name.putObject("args").put("name", "rank " + rank);
    lane.append(name);
    for (int i = 0; i < recorder.kept(); i++) {
      int which = recorder.which(i);
      long start = recorder.start(i);
      ObjectNode phase = event(recorder.names().get(which), "X", rank);
      phase.put("cat", recorder.communications().get(which) ? "communicate" : "compute");
      phase.put("ts", start / NANOS_PER_MICRO);
      // A nanosecond less: rounded, an end must not lie past the next start, or viewers nest them.
      phase.put("dur", Math.max(0, recorder.end(i) - start - 1) / NANOS_PER_MICRO);
      lane.append(SEPARATOR).append(phase);
    }
    long more = recorder.told() - recorder.kept();
    if (more > 0) {
      ObjectNode end = event(more + " more phases, which this trace does not hold", "i", rank);
      end.put("ts", recorder.end(recorder.kept() - 1) / NANOS_PER_MICRO).put("s", "t");
      lane.append(SEPARATOR).append(end);
      System.err.println(
          "weft: trace.json holds the first "
              + recorder.kept()
              + " of "
              + recorder.told()
              + " phases of rank "
              + rank);
    }
    return lane.toString();
  }

  private static ObjectNode event(String name, String kind, int rank) {
    ObjectNode event = Json.MAPPER.createObjectNode();
    return event.put("name", name).put("ph", kind).put("pid", 0).put("tid", rank);
  }
}
