package io.weft.mpi.ffm;

import static io.weft.ffi.CType.INT;
import static io.weft.ffi.CType.POINTER;

import io.weft.ffi.Unchecked;
import io.weft.mpi.MpiException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** What a code of libmpi means. */
final class MpiErrors {
  /** {@code int MPI_Error_string(int errorcode, char *string, int *resultlen)}, MPI-4.0 9.4. */
  private static final MpiFunction ERROR_STRING =
      MpiFunction.of("MPI_Error_string", INT, POINTER, POINTER);

  /** {@code int MPI_Error_class(int errorcode, int *errorclass)}, MPI-4.0 section 9.5. */
  private static final MpiFunction ERROR_CLASS = MpiFunction.of("MPI_Error_class", INT, POINTER);

  private MpiErrors() {}

  /** MPICH's codes are no classes: both are asked for. */
  static MpiException exception(String function, int code) {
    MpiAbi abi = LibmpiFile.current().abi();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocate(abi.maxErrorString() + 1L);
      MemorySegment number = arena.allocate(ValueLayout.JAVA_INT);
      int ok = (int) ERROR_STRING.handle().invokeExact(code, text.address(), number.address());
      String words = ok == 0 ? text.getString(0).strip() : "no text for this code";
      ok = (int) ERROR_CLASS.handle().invokeExact(code, number.address());
      String errorClass =
          ok == 0 ? abi.errorClassName(number.get(ValueLayout.JAVA_INT, 0)) : "unknown class";
      return new MpiException(function, code, errorClass, words);
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }
}
