package mpi;

import io.weft.mpi.MpiException;
import io.weft.mpi.ffm.MpiRequests;

/** Completing several requests at once (MPI-4.0 section 3.7.5). */
final class RequestArrays {
  /** Where no statuses are wanted. */
  private static final Status[] UNWANTED = {};

  /** No index. */
  static final int UNDER_WAY = Integer.MIN_VALUE;

  private RequestArrays() {}

  /** Puts the handles where C can change them. */
  private static long place(String function, Scratch scratch, Request[] requests)
      throws MPIException {
    State.check(function);
    Errors.notNull(function, "requests", requests);
    long place = scratch.bytes((long) requests.length * Lib.HANDLE_BYTES);
    for (int i = 0; i < requests.length; i++) {
      Request each = Errors.notNull(function, "requests", i, requests[i]);
      Lib.writeHandle(place + (long) i * Lib.HANDLE_BYTES, each.handle);
    }
    return place;
  }

  private static long handleAt(long place, int index) {
    return Lib.readHandle(place + (long) index * Lib.HANDLE_BYTES);
  }

  /** After a failure: those that C ended are null, or persistent. */
  private static void takeAll(Request[] requests, long place) throws MPIException {
    for (int i = 0; i < requests.length; i++) {
      Request each = requests[i];
      each.took(handleAt(place, i), false);
      // A persistent one that C ended keeps its handle.
      if (each.isListed() && each.getStatus() != null) {
        each.took(each.handle, true);
      }
    }
  }

  /**
   * The index of a request that is complete, whose status {@link #status} then gives; {@link
   * Lib#UNDEFINED} if none is active.
   */
  static int waitAny(Request[] requests) throws MPIException {
    Scratch scratch = Scratch.begin();
    long place = place("MPI_Waitany", scratch, requests);
    try {
      MpiRequests.waitany(requests.length, place, scratch.cell, scratch.status);
    } catch (MpiException failed) {
      takeAll(requests, place);
      throw Errors.of(failed);
    }
    return one(requests, place, scratch);
  }

  /** The same, and {@link #UNDER_WAY} if none is complete. */
  static int testAny(Request[] requests) throws MPIException {
    Scratch scratch = Scratch.begin();
    long place = place("MPI_Testany", scratch, requests);
    try {
      MpiRequests.testany(requests.length, place, scratch.cell, scratch.cell2, scratch.status);
    } catch (MpiException failed) {
      takeAll(requests, place);
      throw Errors.of(failed);
    }
    return Lib.readFlag(scratch.cell2) ? one(requests, place, scratch) : UNDER_WAY;
  }

  private static int one(Request[] requests, long place, Scratch scratch) throws MPIException {
    int index = Lib.readInt(scratch.cell);
    if (index != Lib.UNDEFINED) {
      requests[index].took(handleAt(place, index), true);
    }
    return index;
  }

  /** The status of the request whose index this thread was given just now. */
  static Status status(int index) {
    return new Status(Scratch.get().status, index);
  }

  /** No statuses unless they are wanted. */
  static Status[] waitAll(Request[] requests, boolean wanted) throws MPIException {
    Scratch scratch = Scratch.begin();
    long place = place("MPI_Waitall", scratch, requests);
    long statuses = statuses(scratch, requests.length);
    try {
      if (Lib.ABI.waitallMayHang()) {
        // C leaves the handles of what is under way alone.
        do {
          MpiRequests.testall(requests.length, place, scratch.cell, statuses);
        } while (!Lib.readFlag(scratch.cell));
      } else {
        MpiRequests.waitall(requests.length, place, statuses);
      }
    } catch (MpiException failed) {
      takeAll(requests, place);
      throw Errors.of(failed);
    }
    return all(requests, place, statuses, wanted);
  }

  /** Null if one is under way. */
  static Status[] testAll(Request[] requests, boolean wanted) throws MPIException {
    Scratch scratch = Scratch.begin();
    long place = place("MPI_Testall", scratch, requests);
    long statuses = statuses(scratch, requests.length);
    try {
      MpiRequests.testall(requests.length, place, scratch.cell, statuses);
    } catch (MpiException failed) {
      takeAll(requests, place);
      throw Errors.of(failed);
    }
    return Lib.readFlag(scratch.cell) ? all(requests, place, statuses, wanted) : null;
  }

  private static long statuses(Scratch scratch, int count) {
    return scratch.bytes((long) count * Lib.STATUS_BYTES + Long.BYTES);
  }

  private static Status[] all(Request[] requests, long place, long statuses, boolean wanted)
      throws MPIException {
    Status[] result = wanted ? new Status[requests.length] : UNWANTED;
    for (int i = 0; i < requests.length; i++) {
      if (wanted) {
        result[i] = new Status(statuses + (long) i * Lib.STATUS_BYTES, i);
      }
    }
    for (int i = 0; i < requests.length; i++) {
      requests[i].took(handleAt(place, i), true);
    }
    return result;
  }

  /** {@code MPI_Waitsome} or {@code MPI_Testsome}; null if none was active. */
  static Status[] some(Request[] requests, boolean waits) throws MPIException {
    Scratch scratch = Scratch.begin();
    long place = place(waits ? "MPI_Waitsome" : "MPI_Testsome", scratch, requests);
    long statuses = statuses(scratch, requests.length);
    long indices = indices(scratch, requests.length);
    int count = some(requests, waits, scratch, place, indices, statuses);
    if (count == Lib.UNDEFINED) {
      return null;
    }
    Status[] result = new Status[count];
    for (int i = 0; i < count; i++) {
      result[i] = new Status(statuses + (long) i * Lib.STATUS_BYTES, indexAt(indices, i));
    }
    took(requests, place, indices, count);
    return result;
  }

  /** The same without statuses. */
  static int[] someIndices(Request[] requests, boolean waits) throws MPIException {
    Scratch scratch = Scratch.begin();
    long place = place(waits ? "MPI_Waitsome" : "MPI_Testsome", scratch, requests);
    long statuses = statuses(scratch, requests.length);
    long indices = indices(scratch, requests.length);
    int count = some(requests, waits, scratch, place, indices, statuses);
    if (count == Lib.UNDEFINED) {
      return null;
    }
    int[] result = new int[count];
    for (int i = 0; i < count; i++) {
      result[i] = indexAt(indices, i);
    }
    took(requests, place, indices, count);
    return result;
  }

  private static long indices(Scratch scratch, int count) {
    return scratch.bytes((long) count * Integer.BYTES);
  }

  private static int indexAt(long indices, int i) {
    return Lib.readInt(indices + (long) i * Integer.BYTES);
  }

  private static int some(
      Request[] requests, boolean waits, Scratch scratch, long place, long indices, long statuses)
      throws MPIException {
    try {
      if (waits) {
        MpiRequests.waitsome(requests.length, place, scratch.cell, indices, statuses);
      } else {
        MpiRequests.testsome(requests.length, place, scratch.cell, indices, statuses);
      }
    } catch (MpiException failed) {
      takeAll(requests, place);
      throw Errors.of(failed);
    }
    return Lib.readInt(scratch.cell);
  }

  private static void took(Request[] requests, long place, long indices, int count)
      throws MPIException {
    for (int i = 0; i < count; i++) {
      int index = indexAt(indices, i);
      requests[index].took(handleAt(place, index), true);
    }
  }
}
