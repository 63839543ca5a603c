package mpi;

import io.weft.mpi.MpiException;
import io.weft.mpi.ffm.MpiErrorClass;
import io.weft.mpi.ffm.MpiOneSided;
import io.weft.mpi.ffm.MpiOneSidedRequests;
import io.weft.mpi.ffm.PredefinedHandle;
import java.nio.Buffer;

/**
 * Operations on the memory of a {@link Win} (MPI-4.0 section 12.3): those that a request completes
 * give it, those that the window completes give null, and the window keeps their buffers.
 */
final class OneSided {
  /** With this one, what is given is ignored, and may be shorter: old programs give nothing. */
  private static final long NO_OP = Lib.handle(PredefinedHandle.MPI_NO_OP);

  private OneSided() {}

  /** The address at which C reads. */
  private static long source(String f, String name, Buffer buffer, int count, Datatype type)
      throws MPIException {
    return Buffers.direct(f, name, buffer, type.first(count), type.end(count));
  }

  /** The address at which C writes. */
  private static long target(String f, String name, Buffer buffer, int count, Datatype type)
      throws MPIException {
    return Buffers.directTarget(f, name, buffer, type.first(count), type.end(count));
  }

  private static long type(String f, String name, Datatype type) throws MPIException {
    return Errors.notNull(f, name, type).committed(f);
  }

  private static long op(String f, Op op, Datatype type) throws MPIException {
    if (Errors.notNull(f, "op", op).isUser()) {
      throw Errors.argument(f, MpiErrorClass.MPI_ERR_OP, "windows take predefined operations only");
    }
    return op.handle(f, type);
  }

  /** Keeps what C may touch until the window completes its operations; done before C is called. */
  private static void keep(boolean request, Win win, int rank, Buffer buffer) {
    if (!request) {
      win.buffers.add(buffer, rank);
    }
  }

  private static Request started(boolean request, long place, Buffer origin, Buffer result) {
    return request ? Request.started(Lib.readHandle(place), origin, result, null) : null;
  }

  static Request put(
      boolean request,
      Win win,
      Buffer origin,
      int orgCount,
      Datatype orgType,
      int rank,
      int disp,
      int count,
      Datatype targetType)
      throws MPIException {
    String f = request ? "MPI_Rput" : "MPI_Put";
    long w = win.handle(f);
    long ours = type(f, "orgType", orgType);
    long theirs = type(f, "targetType", targetType);
    win.targets.region(f, rank, disp, count, targetType);
    Errors.count(f, "orgCount", orgCount);
    long from = source(f, "origin", origin, orgCount, orgType);
    long place = request ? Scratch.get().cell : 0;
    keep(request, win, rank, origin);
    try {
      if (request) {
        MpiOneSidedRequests.rput(from, orgCount, ours, rank, disp, count, theirs, w, place);
      } else {
        MpiOneSided.put(from, orgCount, ours, rank, disp, count, theirs, w);
      }
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return started(request, place, origin, null);
  }

  static Request get(
      boolean request,
      Win win,
      Buffer origin,
      int orgCount,
      Datatype orgType,
      int rank,
      int disp,
      int count,
      Datatype targetType)
      throws MPIException {
    String f = request ? "MPI_Rget" : "MPI_Get";
    long w = win.handle(f);
    long ours = type(f, "orgType", orgType);
    long theirs = type(f, "targetType", targetType);
    win.targets.region(f, rank, disp, count, targetType);
    Errors.count(f, "orgCount", orgCount);
    long to = target(f, "origin", origin, orgCount, orgType);
    long place = request ? Scratch.get().cell : 0;
    keep(request, win, rank, origin);
    try {
      if (request) {
        MpiOneSidedRequests.rget(to, orgCount, ours, rank, disp, count, theirs, w, place);
      } else {
        MpiOneSided.get(to, orgCount, ours, rank, disp, count, theirs, w);
      }
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return started(request, place, origin, null);
  }

  static Request accumulate(
      boolean request,
      Win win,
      Buffer origin,
      int orgCount,
      Datatype orgType,
      int rank,
      int disp,
      int count,
      Datatype targetType,
      Op op)
      throws MPIException {
    String f = request ? "MPI_Raccumulate" : "MPI_Accumulate";
    long w = win.handle(f);
    long ours = type(f, "orgType", orgType);
    long theirs = type(f, "targetType", targetType);
    long how = op(f, op, targetType);
    win.targets.region(f, rank, disp, count, targetType);
    Errors.count(f, "orgCount", orgCount);
    long from = source(f, "origin", origin, orgCount, orgType);
    long place = request ? Scratch.get().cell : 0;
    keep(request, win, rank, origin);
    try {
      if (request) {
        MpiOneSidedRequests.raccumulate(
            from, orgCount, ours, rank, disp, count, theirs, how, w, place);
      } else {
        MpiOneSided.accumulate(from, orgCount, ours, rank, disp, count, theirs, how, w);
      }
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return started(request, place, origin, null);
  }

  static Request getAccumulate(
      boolean request,
      Win win,
      Buffer origin,
      int orgCount,
      Datatype orgType,
      Buffer result,
      int resultCount,
      Datatype resultType,
      int rank,
      int disp,
      int count,
      Datatype targetType,
      Op op)
      throws MPIException {
    String f = request ? "MPI_Rget_accumulate" : "MPI_Get_accumulate";
    long w = win.handle(f);
    long ours = type(f, "orgType", orgType);
    long before = type(f, "resultType", resultType);
    long theirs = type(f, "targetType", targetType);
    long how = op(f, op, targetType);
    win.targets.region(f, rank, disp, count, targetType);
    int given = how == NO_OP ? 0 : orgCount;
    Errors.count(f, "orgCount", given);
    long from = source(f, "origin", origin, given, orgType);
    Errors.count(f, "resultCount", resultCount);
    long to = target(f, "resultAddr", result, resultCount, resultType);
    long place = request ? Scratch.get().cell : 0;
    keep(request, win, rank, origin);
    keep(request, win, rank, result);
    try {
      if (request) {
        MpiOneSidedRequests.rgetAccumulate(
            from, given, ours, to, resultCount, before, rank, disp, count, theirs, how, w, place);
      } else {
        MpiOneSided.getAccumulate(
            from, given, ours, to, resultCount, before, rank, disp, count, theirs, how, w);
      }
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return started(request, place, origin, result);
  }

  static void compareAndSwap(
      Win win,
      Buffer origin,
      Buffer compare,
      Buffer result,
      Datatype targetType,
      int rank,
      int disp)
      throws MPIException {
    String f = "MPI_Compare_and_swap";
    long w = win.handle(f);
    long type = type(f, "targetType", targetType);
    win.targets.region(f, rank, disp, 1, targetType);
    long from = source(f, "origin", origin, 1, targetType);
    long with = source(f, "compareAddr", compare, 1, targetType);
    long to = target(f, "resultAddr", result, 1, targetType);
    keep(false, win, rank, origin);
    keep(false, win, rank, compare);
    keep(false, win, rank, result);
    try {
      MpiOneSided.compareAndSwap(from, with, to, type, rank, disp, w);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
  }

  static void fetchAndOp(
      Win win, Buffer origin, Buffer result, Datatype dataType, int rank, int disp, Op op)
      throws MPIException {
    String f = "MPI_Fetch_and_op";
    long w = win.handle(f);
    long type = type(f, "dataType", dataType);
    long how = op(f, op, dataType);
    win.targets.region(f, rank, disp, 1, dataType);
    long given = source(f, "origin", origin, how == NO_OP ? 0 : 1, dataType);
    long to = target(f, "resultAddr", result, 1, dataType);
    // Libraries may copy an element even so: from where there is one.
    long from = how == NO_OP ? to : given;
    keep(false, win, rank, origin);
    keep(false, win, rank, result);
    try {
      MpiOneSided.fetchAndOp(from, to, type, rank, disp, how, w);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
  }
}
