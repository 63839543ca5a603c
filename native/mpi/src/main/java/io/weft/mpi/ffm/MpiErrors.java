package io.weft.mpi.ffm;

import static io.weft.ffi.CType.INT;
import static io.weft.ffi.CType.POINTER;

import io.weft.ffi.Unchecked;
import io.weft.mpi.MpiException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** What a code of libmpi means. */
public final class MpiErrors {
  /** {@code int MPI_Error_string(int errorcode, char *string, int *resultlen)}, MPI-4.0 9.4. */
  private static final MpiFunction ERROR_STRING =
      MpiFunction.of("MPI_Error_string", INT, POINTER, POINTER);

  /** {@code int MPI_Error_class(int errorcode, int *errorclass)}, MPI-4.0 section 9.5. */
  private static final MpiFunction ERROR_CLASS = MpiFunction.of("MPI_Error_class", INT, POINTER);

  private MpiErrors() {}

  /** MPICH's codes are no classes: both are asked for. */
  static RuntimeException exception(String function, int code) {
    Thrown.rethrow();
    return new MpiException(function, code, errorClass(code), errorString(code));
  }

  /**
   * What to throw after a call has failed: a code of libmpi's with the values that the call was
   * given, which its own text seldom has; all else as it is.
   *
   * @param failure what the call threw
   * @param namesAndValues the names of arguments, each with its value behind it
   */
  static RuntimeException told(Throwable failure, Object... namesAndValues) {
    if (!(failure instanceof MpiException failed)) {
      throw Unchecked.rethrow(failure);
    }
    StringBuilder text = new StringBuilder(failed.text()).append(" (");
    for (int i = 0; i < namesAndValues.length; i += 2) {
      text.append(i == 0 ? "" : ", ").append(namesAndValues[i]).append(' ');
      text.append(namesAndValues[i + 1]);
    }
    return new MpiException(
        failed.function(), failed.code(), failed.errorClass(), text.append(')').toString());
  }

  /**
   * The library's text for a code.
   *
   * @param code what a function returned
   * @return the text
   */
  public static String errorString(int code) {
    MpiAbi abi = LibmpiFile.current().abi();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocate(abi.maxErrorString() + 1L);
      MemorySegment length = arena.allocate(ValueLayout.JAVA_INT);
      int ok = (int) ERROR_STRING.handle().invokeExact(code, text.address(), length.address());
      return ok == 0 ? text.getString(0).strip() : "no text for this code";
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * The name of a code's class.
   *
   * @param code what a function returned
   * @return the name
   */
  public static String errorClass(int code) {
    int number = errorClassNumber(code);
    return number < 0 ? "unknown class" : LibmpiFile.current().abi().errorClassName(number);
  }

  /**
   * The class of a code as the library numbers it, {@code MPI_Error_class}.
   *
   * @param code what a function returned
   * @return the number, or -1 if the library knows no such code
   */
  public static int errorClassNumber(int code) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment number = arena.allocate(ValueLayout.JAVA_INT);
      int ok = (int) ERROR_CLASS.handle().invokeExact(code, number.address());
      return ok == 0 ? number.get(ValueLayout.JAVA_INT, 0) : -1;
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }
}
