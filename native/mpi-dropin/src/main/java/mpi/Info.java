package mpi;

import io.weft.ffi.NativeMemory;
import io.weft.mpi.ffm.MpiConstant;
import io.weft.mpi.ffm.MpiErrorClass;
import io.weft.mpi.ffm.MpiInfos;
import io.weft.mpi.ffm.PredefinedHandle;
import java.nio.charset.StandardCharsets;

/** Hints for the library: names and values (MPI-4.0 chapter 10). Nothing here communicates. */
public final class Info implements Freeable, Cloneable {
  private long handle;

  /**
   * {@code MPI_Info_create}: makes one that is empty.
   *
   * @throws MPIException if MPI does not run
   */
  public Info() throws MPIException {
    State.check("MPI_Info_create");
    this.handle = Calls.handle(MpiInfos::create);
  }

  Info(long handle) {
    this.handle = handle;
  }

  /** For use as an argument, which may be {@link MPI#INFO_NULL}. */
  long handle(String function) throws MPIException {
    State.check(function);
    return handle;
  }

  /** For use of what is in it. */
  private long full(String function) throws MPIException {
    State.check(function);
    if (isNull()) {
      throw Errors.argument(function, MpiErrorClass.MPI_ERR_INFO, "info is freed, or INFO_NULL");
    }
    return handle;
  }

  private static long text(
      Scratch scratch,
      String function,
      String name,
      String text,
      MpiConstant longest,
      MpiErrorClass errorClass)
      throws MPIException {
    int bytes = Errors.notNull(function, name, text).getBytes(StandardCharsets.UTF_8).length;
    int most = Lib.value(longest) - 1;
    if (bytes == 0 || bytes > most || text.indexOf(0) >= 0) {
      throw Errors.argument(
          function,
          errorClass,
          name + " has " + bytes + " bytes, and must have 1 to " + most + ", none of them 0");
    }
    return scratch.text(text);
  }

  private static long key(Scratch scratch, String function, String key) throws MPIException {
    return text(
        scratch,
        function,
        "key",
        key,
        MpiConstant.MPI_MAX_INFO_KEY,
        MpiErrorClass.MPI_ERR_INFO_KEY);
  }

  /**
   * {@code MPI_Info_set}: adds a hint, or changes it.
   *
   * @param key its name, of less than {@link MPI#MAX_INFO_KEY} bytes in UTF-8
   * @param value its value, of less than {@link MPI#MAX_INFO_VAL}
   * @throws MPIException if one of them is empty or too long, or this is freed
   */
  public void set(String key, String value) throws MPIException {
    String function = "MPI_Info_set";
    long h = full(function);
    Scratch scratch = Scratch.begin();
    long name = key(scratch, function, key);
    long text =
        text(
            scratch,
            function,
            "value",
            value,
            MpiConstant.MPI_MAX_INFO_VAL,
            MpiErrorClass.MPI_ERR_INFO_VALUE);
    Calls.run(() -> MpiInfos.set(h, name, text));
  }

  /**
   * {@code MPI_Info_get}.
   *
   * @param key the hint's name
   * @return its value; null if there is none
   * @throws MPIException if the name is empty or too long, or this is freed
   */
  public String get(String key) throws MPIException {
    String function = "MPI_Info_get";
    long h = full(function);
    Scratch scratch = Scratch.begin();
    long name = key(scratch, function, key);
    long flag = scratch.cell2;
    int length = Calls.answer(answer -> MpiInfos.getValuelen(h, name, answer, flag));
    if (!Lib.readFlag(flag)) {
      return null;
    }
    long value = scratch.bytes(length + 1L);
    Calls.run(() -> MpiInfos.get(h, name, length, value, flag));
    return NativeMemory.stringAt(value);
  }

  /**
   * {@code MPI_Info_delete}: takes a hint away.
   *
   * @param key its name
   * @throws MPIException if there is none, or this is freed
   */
  public void delete(String key) throws MPIException {
    String function = "MPI_Info_delete";
    long h = full(function);
    long name = key(Scratch.begin(), function, key);
    Calls.run(() -> MpiInfos.delete(h, name));
  }

  /**
   * {@code MPI_Info_get_nkeys}.
   *
   * @return the number of hints
   * @throws MPIException if this is freed
   */
  public int size() throws MPIException {
    long h = full("MPI_Info_get_nkeys");
    return Calls.answer(answer -> MpiInfos.getNkeys(h, answer));
  }

  /**
   * {@code MPI_Info_get_nthkey}.
   *
   * @param i which, from 0
   * @return the hint's name
   * @throws MPIException if there are not so many, or this is freed
   */
  public String getKey(int i) throws MPIException {
    String function = "MPI_Info_get_nthkey";
    long h = full(function);
    int size = size();
    if (i < 0 || i >= size) {
      throw Errors.argument(
          function, MpiErrorClass.MPI_ERR_INFO_KEY, "key " + i + " of " + size + " does not exist");
    }
    long name = Scratch.begin().bytes(Lib.value(MpiConstant.MPI_MAX_INFO_KEY) + 1L);
    Calls.run(() -> MpiInfos.getNthkey(h, i, name));
    return NativeMemory.stringAt(name);
  }

  /**
   * {@link #dup} without a checked exception.
   *
   * @return the same hints once more
   * @throws RuntimeException with the {@link MPIException} as its cause, if this is freed
   */
  @Override
  public Info clone() {
    try {
      return dup();
    } catch (MPIException failed) {
      throw new RuntimeException(failed.getMessage(), failed);
    }
  }

  /**
   * {@code MPI_Info_dup}.
   *
   * @return the same hints once more, to be freed
   * @throws MPIException if this is freed
   */
  public Info dup() throws MPIException {
    long h = full("MPI_Info_dup");
    return new Info(Calls.handle(answer -> MpiInfos.dup(h, answer)));
  }

  /**
   * {@code MPI_Info_free}.
   *
   * @throws MPIException if this is freed, or {@link MPI#INFO_ENV}
   */
  @Override
  public void free() throws MPIException {
    String function = "MPI_Info_free";
    long h = full(function);
    if (h == Lib.handle(PredefinedHandle.MPI_INFO_ENV)) {
      throw Errors.argument(function, MpiErrorClass.MPI_ERR_INFO, "info is INFO_ENV");
    }
    Calls.free(MpiInfos::free, h);
    handle = Lib.INFO_NULL;
  }

  /**
   * Whether this is {@link MPI#INFO_NULL}, or freed.
   *
   * @return true if there are no hints to be had from it
   */
  public boolean isNull() {
    return handle == Lib.INFO_NULL;
  }
}
