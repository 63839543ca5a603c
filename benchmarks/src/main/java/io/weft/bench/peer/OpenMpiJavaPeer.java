package io.weft.bench.peer;

import io.weft.bench.report.Found;
import io.weft.comm.Transport;
import io.weft.comm.TransportEvidence;
import io.weft.ffi.SignalHandlers;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import mpi.MPI;
import mpi.MPIException;

/**
 * Open MPI's own Java bindings, which reach libmpi by JNI. One per process; its ranks tell each
 * other things between batches through it too.
 */
public final class OpenMpiJavaPeer implements Peer {
  private static final int PROBE_TAG = 5;

  private final LongBuffer words = MPI.newLongBuffer(1);
  private final LongBuffer answer = MPI.newLongBuffer(1);
  private final int rank;
  private final int size;

  /** Joins the job that the launcher started; collective. */
  public OpenMpiJavaPeer() {
    try {
      SignalHandlers.preserve(OpenMpiJavaPeer::initialize);
      LoadedBindings.check(LoadedBindings.JNI);
      rank = MPI.COMM_WORLD.getRank();
      size = MPI.COMM_WORLD.getSize();
    } catch (MPIException e) {
      throw new OpenMpiJavaException(e);
    }
  }

  private static Void initialize() {
    try {
      MPI.Init(new String[0]);
      return null;
    } catch (MPIException e) {
      throw new OpenMpiJavaException(e);
    }
  }

  @Override
  public int rank() {
    return rank;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public long tell(long word) {
    try {
      words.put(0, word);
      MPI.COMM_WORLD.bcast(words, 1, MPI.LONG, 0);
      return words.get(0);
    } catch (MPIException e) {
      throw new OpenMpiJavaException(e);
    }
  }

  @Override
  public void barrier() {
    try {
      MPI.COMM_WORLD.barrier();
    } catch (MPIException e) {
      throw new OpenMpiJavaException(e);
    }
  }

  @Override
  public long largest(long value) {
    return reduce(value, MPI.MAX);
  }

  @Override
  public long sum(long value) {
    return reduce(value, MPI.SUM);
  }

  private long reduce(long value, mpi.Op op) {
    try {
      words.put(0, value);
      MPI.COMM_WORLD.allReduce(words, answer, 1, MPI.LONG, op);
      return answer.get(0);
    } catch (MPIException e) {
      throw new OpenMpiJavaException(e);
    }
  }

  @Override
  public Operation open(Pattern pattern, long bytes) {
    if (size < pattern.fewestRanks() || pattern == Pattern.MESSAGE_RATE && size % 2 != 0) {
      throw new AbsentException(pattern.word() + " is not for " + size + " ranks");
    }
    try {
      return new OpenMpiJavaOperation(pattern, Math.toIntExact(bytes), rank, size);
    } catch (MPIException e) {
      throw new OpenMpiJavaException(e);
    }
  }

  @Override
  public Found found() {
    try {
      probe();
      List<String> before = gather();
      probe();
      barrier();
      List<String> after = gather();
      String library = MPI.getLibVersion().lines().findFirst().orElse("") + ", its Java bindings";
      Transport way = TransportEvidence.conclude("openmpi-java", library, true, before, after);
      long hosts = before.stream().map(text -> text.lines().findFirst()).distinct().count();
      return new Found(
          way.library(),
          way.network(),
          way.provider(),
          way.protocol(),
          way.device(),
          Math.toIntExact(hosts));
    } catch (MPIException e) {
      throw new OpenMpiJavaException(e);
    }
  }

  private void probe() throws MPIException {
    int bytes = TransportEvidence.PROBE_BYTES;
    int next = (rank + 1) % size;
    int previous = (rank + size - 1) % size;
    ByteBuffer from = MPI.newByteBuffer(bytes);
    ByteBuffer to = MPI.newByteBuffer(bytes);
    MPI.COMM_WORLD.sendRecv(
        from, bytes, MPI.BYTE, next, PROBE_TAG, to, bytes, MPI.BYTE, previous, PROBE_TAG);
    MPI.COMM_WORLD.sendRecv(
        from, bytes, MPI.BYTE, previous, PROBE_TAG, to, bytes, MPI.BYTE, next, PROBE_TAG);
  }

  /** What each rank sees; its host stands in the first line. */
  private List<String> gather() throws MPIException {
    byte[] mine = TransportEvidence.ofThisProcess().getBytes(StandardCharsets.UTF_8);
    int[] lengths = new int[size];
    MPI.COMM_WORLD.allGather(new int[] {mine.length}, 1, MPI.INT, lengths, 1, MPI.INT);
    int[] places = new int[size];
    int all = 0;
    for (int r = 0; r < size; r++) {
      places[r] = all;
      all += lengths[r];
    }
    byte[] gathered = new byte[all];
    MPI.COMM_WORLD.allGatherv(mine, mine.length, MPI.BYTE, gathered, lengths, places, MPI.BYTE);
    List<String> texts = new ArrayList<>();
    for (int r = 0; r < size; r++) {
      texts.add(new String(gathered, places[r], lengths[r], StandardCharsets.UTF_8));
    }
    return texts;
  }

  @Override
  public void close() {
    try {
      MPI.Finalize();
    } catch (MPIException e) {
      throw new OpenMpiJavaException(e);
    }
  }
}
