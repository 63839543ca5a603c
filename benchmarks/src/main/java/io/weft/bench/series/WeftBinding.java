package io.weft.bench.series;

import io.weft.mpi.Comm;
import io.weft.mpi.Datatype;
import io.weft.mpi.Mpi;
import io.weft.mpi.Op;
import io.weft.mpi.Request;
import io.weft.mpi.RequestSet;
import io.weft.mpi.Status;
import io.weft.mpi.ThreadLevel;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** {@code io.weft.mpi}. */
final class WeftBinding implements BindingRanks {
  private final Comm world;
  private final int rank;
  private final MemorySegment out;
  private final MemorySegment in;
  private final MemorySegment outArray;
  private final MemorySegment inArray;
  private final MemorySegment word;
  private final Request[] requests = new Request[WINDOW];
  private final RequestSet all;
  private final Status status = new Status();
  private long sink;

  private WeftBinding(Mpi mpi, BindingBuffers buffers) {
    world = mpi.world();
    rank = world.rank();
    out = buffers.out;
    in = buffers.in;
    outArray = MemorySegment.ofArray(buffers.outArray);
    inArray = MemorySegment.ofArray(buffers.inArray);
    word = mpi.allocate(Long.BYTES);
    Arrays.setAll(requests, i -> world.newRequest());
    all = world.newRequestSet(Arrays.asList(requests));
  }

  /**
   * Measures it.
   *
   * @param arguments those of {@link BindingTimes}
   */
  public static void main(String[] arguments) {
    try (Mpi mpi = Mpi.initialize(ThreadLevel.SINGLE)) {
      BindingTimes.measure(arguments, buffers -> new WeftBinding(mpi, buffers));
    }
  }

  @Override
  public int rank() {
    return rank;
  }

  @Override
  public void barrier() {
    world.barrier();
  }

  @Override
  public long agree(long value) {
    word.set(ValueLayout.JAVA_LONG, 0, value);
    world.bcast(word, 0, 1, Datatype.LONG, 0);
    return word.get(ValueLayout.JAVA_LONG, 0);
  }

  @Override
  public Rounds.Loop loop(BindingOperation operation, int bytes) {
    return switch (operation) {
      case PING_PONG -> count -> pingPong(bytes, count);
      case PING_PONG_ARRAY -> count -> pingPongOfArrays(bytes / Double.BYTES, count);
      case WINDOW -> count -> windows(bytes, count);
      case ALLREDUCE -> count -> allreduce(bytes / Double.BYTES, count);
      case ALLREDUCE_ARRAY -> count -> allreduceOfArrays(bytes / Double.BYTES, count);
      case COMM_RANK -> this::ranks;
    };
  }

  private void pingPong(int bytes, long count) {
    for (long i = 0; i < count; i += 2) {
      if (rank == 0) {
        world.send(out, 0, bytes, Datatype.BYTE, 1, MESSAGE);
      }
      world.recv(in, 0, bytes, Datatype.BYTE, 1 - rank, MESSAGE, status);
      if (rank == 1) {
        world.send(out, 0, bytes, Datatype.BYTE, 0, MESSAGE);
      }
    }
  }

  private void pingPongOfArrays(int doubles, long count) {
    for (long i = 0; i < count; i += 2) {
      if (rank == 0) {
        world.send(outArray, 0, doubles, Datatype.DOUBLE, 1, MESSAGE);
      }
      world.recv(inArray, 0, doubles, Datatype.DOUBLE, 1 - rank, MESSAGE, status);
      if (rank == 1) {
        world.send(outArray, 0, doubles, Datatype.DOUBLE, 0, MESSAGE);
      }
    }
  }

  private void windows(int bytes, long count) {
    for (long i = 0; i < count; i += WINDOW) {
      for (Request request : requests) {
        if (rank == 1) {
          world.isend(out, 0, bytes, Datatype.BYTE, 0, MESSAGE, request);
        } else {
          world.irecv(in, 0, bytes, Datatype.BYTE, 1, MESSAGE, request);
        }
      }
      all.awaitAll();
      if (rank == 0) {
        world.send(out, 0, 0, Datatype.BYTE, 1, ANSWER);
      } else {
        world.recv(in, 0, 0, Datatype.BYTE, 0, ANSWER, status);
      }
    }
  }

  private void allreduce(int doubles, long count) {
    for (long i = 0; i < count; i++) {
      world.allreduce(out, 0, in, 0, doubles, Datatype.DOUBLE, Op.SUM);
    }
  }

  private void allreduceOfArrays(int doubles, long count) {
    for (long i = 0; i < count; i++) {
      world.allreduce(outArray, 0, inArray, 0, doubles, Datatype.DOUBLE, Op.SUM);
    }
  }

  private void ranks(long count) {
    for (long i = 0; i < count; i++) {
      sink += world.rank();
    }
  }
}
