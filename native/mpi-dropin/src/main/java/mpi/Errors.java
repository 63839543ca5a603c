package mpi;

import io.weft.mpi.MpiException;
import io.weft.mpi.ffm.MpiErrorClass;
import io.weft.mpi.ffm.MpiErrors;

/** Makes this API's exceptions: of what C returned, and of arguments that C is not shown. */
final class Errors {
  private Errors() {}

  /** The exception for a code that a function of libmpi returned. */
  static MPIException of(MpiException failed) {
    int errorClass = MpiErrors.errorClassNumber(failed.code());
    return new MPIException(
        failed.code(), errorClass < 0 ? failed.code() : errorClass, failed.getMessage(), failed);
  }

  /** The exception for an argument that MPI would refuse, of the class that it would name. */
  static MPIException argument(String function, MpiErrorClass errorClass, String problem) {
    int number = Lib.number(errorClass);
    return new MPIException(number, number, function + ": " + problem, null);
  }

  static <T> T notNull(String function, String name, T value) {
    if (value == null) {
      throw new NullPointerException(function + ": " + name + " is null");
    }
    return value;
  }

  /** The same for an element of an array; its name is made only where it is needed. */
  static <T> T notNull(String function, String name, int index, T value) {
    if (value == null) {
      throw new NullPointerException(function + ": " + name + "[" + index + "] is null");
    }
    return value;
  }

  static void count(String function, String name, int count) throws MPIException {
    if (count < 0) {
      throw argument(function, MpiErrorClass.MPI_ERR_COUNT, name + " is " + count);
    }
  }

  /** The same for an element of an array. */
  static void count(String function, String name, int index, int count) throws MPIException {
    if (count < 0) {
      count(function, name + "[" + index + "]", count);
    }
  }

  /** For edges of graphs: MPICH ends the process at those that lead nowhere. */
  static void ranks(String function, String name, int[] ranks, int length, int size)
      throws MPIException {
    for (int i = 0; i < length; i++) {
      if (ranks[i] < 0 || ranks[i] >= size) {
        throw argument(
            function,
            MpiErrorClass.MPI_ERR_RANK,
            name + "[" + i + "] is " + ranks[i] + ", not in 0 .. " + (size - 1));
      }
    }
  }

  /** For arrays that C reads without knowing their length. */
  static void length(String function, String name, int length, int needed) {
    if (length < needed) {
      throw new ArrayIndexOutOfBoundsException(
          function + ": " + name + " has " + length + " elements, " + needed + " are needed");
    }
  }
}
