package mpi;

import io.weft.mpi.ffm.MpiConstant;
import io.weft.mpi.ffm.MpiEnvironment;
import io.weft.mpi.ffm.MpiErrorClass;

/** Numbers for the constants of {@link MPI}, as the libmpi that was found has them. */
class Constant {
  private Constant() {}

  static int of(MpiConstant constant) {
    return Lib.value(constant);
  }

  static int of(MpiErrorClass errorClass) {
    return Lib.number(errorClass);
  }

  /** {@code MPI_SUCCESS}, 0 everywhere; by a method, so that compilers copy it into no program. */
  static int success() {
    return 0;
  }

  /**
   * The version of the MPI standard, {@code MPI_Get_version}: its number, then the one behind the
   * point.
   */
  static int[] standard() {
    Scratch scratch = Scratch.begin();
    MpiEnvironment.getVersion(scratch.cell, scratch.cell2);
    return new int[] {Lib.readInt(scratch.cell), Lib.readInt(scratch.cell2)};
  }
}
