package io.weft.mpi.dropin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import mpi.Intracomm;
import mpi.MPI;
import mpi.MPIException;
import org.junit.jupiter.api.function.Executable;

/** What the parts of a test over ranks share. */
abstract class Checks {
  final Intracomm comm;
  final int rank;
  final int size;
  final int next;
  final int previous;

  Checks(Intracomm comm) throws MPIException {
    this.comm = comm;
    this.rank = comm.getRank();
    this.size = comm.getSize();
    this.next = (rank + 1) % size;
    this.previous = (rank + size - 1) % size;
  }

  /** An error of MPI's classes, whose text names the function and has some words in it. */
  static void refused(int errorClass, String function, String words, Executable call) {
    MPIException thrown = assertThrows(MPIException.class, call);
    assertTrue(thrown.getMessage().contains(function), thrown::getMessage);
    assertTrue(thrown.getMessage().contains(words), thrown::getMessage);
    assertEquals(errorClass, thrown.getErrorClass(), thrown::getMessage);
  }

  /** An error whose class is the library's matter. */
  static void refused(String function, Executable call) {
    MPIException thrown = assertThrows(MPIException.class, call);
    assertTrue(thrown.getMessage().contains(function), thrown::getMessage);
    assertTrue(thrown.getErrorCode() != MPI.SUCCESS, thrown::getMessage);
  }

  static boolean isMpich4() {
    return MPI.getLibVersion().contains("MPICH Version:\t4.0")
        || MPI.getLibVersion().contains("MPICH Version: 4.0");
  }
}
