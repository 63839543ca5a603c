package io.weft.bench.series;

import io.weft.bench.peer.LoadedBindings;
import io.weft.bench.peer.OpenMpiJavaException;
import io.weft.ffi.SignalHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import mpi.Intracomm;
import mpi.MPI;
import mpi.MPIException;
import mpi.Request;

/**
 * The {@code mpi} package: Open MPI's own over JNI, or Weft's drop-in, whichever is first on the
 * class path; the same byte code.
 */
public final class OldBinding implements BindingRanks {
  private final Intracomm world = MPI.COMM_WORLD;
  private final int rank;
  private final ByteBuffer out;
  private final ByteBuffer in;
  private final DoubleBuffer outDoubles;
  private final DoubleBuffer inDoubles;
  private final double[] outArray;
  private final double[] inArray;
  private final LongBuffer word = MPI.newLongBuffer(1);
  private final Request[] requests = new Request[WINDOW];
  private long sink;

  private OldBinding(BindingBuffers buffers) throws MPIException {
    rank = world.getRank();
    out = buffers.out.asByteBuffer().order(ByteOrder.nativeOrder());
    in = buffers.in.asByteBuffer().order(ByteOrder.nativeOrder());
    outDoubles = out.asDoubleBuffer();
    inDoubles = in.asDoubleBuffer();
    outArray = buffers.outArray;
    inArray = buffers.inArray;
  }

  /**
   * Measures it.
   *
   * @param arguments whose package it is to be ({@link LoadedBindings}), then those of {@link
   *     BindingTimes}
   * @throws MPIException if MPI fails
   */
  public static void main(String[] arguments) throws MPIException {
    SignalHandlers.preserve(OldBinding::initialize);
    LoadedBindings.check(LoadedBindings.valueOf(arguments[0]));
    BindingTimes.measure(Arrays.copyOfRange(arguments, 1, arguments.length), OldBinding::open);
    MPI.Finalize();
  }

  private static Void initialize() {
    try {
      MPI.Init(new String[0]);
      return null;
    } catch (MPIException e) {
      throw new OpenMpiJavaException(e);
    }
  }

  private static BindingRanks open(BindingBuffers buffers) {
    try {
      return new OldBinding(buffers);
    } catch (MPIException e) {
      throw new OpenMpiJavaException(e);
    }
  }

  @Override
  public int rank() {
    return rank;
  }

  @Override
  public void barrier() {
    try {
      world.barrier();
    } catch (MPIException e) {
      throw new OpenMpiJavaException(e);
    }
  }

  @Override
  public long agree(long value) {
    try {
      word.put(0, value);
      world.bcast(word, 1, MPI.LONG, 0);
      return word.get(0);
    } catch (MPIException e) {
      throw new OpenMpiJavaException(e);
    }
  }

  @Override
  public Rounds.Loop loop(BindingOperation operation, int bytes) {
    return count -> {
      try {
        switch (operation) {
          case PING_PONG -> pingPong(bytes, count);
          case PING_PONG_ARRAY -> pingPongOfArrays(bytes / Double.BYTES, count);
          case WINDOW -> windows(bytes, count);
          case ALLREDUCE -> allreduce(bytes / Double.BYTES, count);
          case ALLREDUCE_ARRAY -> allreduceOfArrays(bytes / Double.BYTES, count);
          case COMM_RANK -> ranks(count);
        }
      } catch (MPIException e) {
        throw new OpenMpiJavaException(e);
      }
    };
  }

  private void pingPong(int bytes, long count) throws MPIException {
    for (long i = 0; i < count; i += 2) {
      if (rank == 0) {
        world.send(out, bytes, MPI.BYTE, 1, MESSAGE);
      }
      world.recv(in, bytes, MPI.BYTE, 1 - rank, MESSAGE);
      if (rank == 1) {
        world.send(out, bytes, MPI.BYTE, 0, MESSAGE);
      }
    }
  }

  private void pingPongOfArrays(int doubles, long count) throws MPIException {
    for (long i = 0; i < count; i += 2) {
      if (rank == 0) {
        world.send(outArray, doubles, MPI.DOUBLE, 1, MESSAGE);
      }
      world.recv(inArray, doubles, MPI.DOUBLE, 1 - rank, MESSAGE);
      if (rank == 1) {
        world.send(outArray, doubles, MPI.DOUBLE, 0, MESSAGE);
      }
    }
  }

  private void windows(int bytes, long count) throws MPIException {
    for (long i = 0; i < count; i += WINDOW) {
      for (int k = 0; k < WINDOW; k++) {
        if (rank == 1) {
          requests[k] = world.iSend(out, bytes, MPI.BYTE, 0, MESSAGE);
        } else {
          requests[k] = world.iRecv(in, bytes, MPI.BYTE, 1, MESSAGE);
        }
      }
      Request.waitAll(requests);
      if (rank == 0) {
        world.send(out, 0, MPI.BYTE, 1, ANSWER);
      } else {
        world.recv(in, 0, MPI.BYTE, 0, ANSWER);
      }
    }
  }

  private void allreduce(int doubles, long count) throws MPIException {
    for (long i = 0; i < count; i++) {
      world.allReduce(outDoubles, inDoubles, doubles, MPI.DOUBLE, MPI.SUM);
    }
  }

  private void allreduceOfArrays(int doubles, long count) throws MPIException {
    for (long i = 0; i < count; i++) {
      world.allReduce(outArray, inArray, doubles, MPI.DOUBLE, MPI.SUM);
    }
  }

  private void ranks(long count) throws MPIException {
    for (long i = 0; i < count; i++) {
      sink += world.getRank();
    }
  }
}
