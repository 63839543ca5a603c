package io.weft.mpi;

import io.weft.mpi.ffm.MpiConstant;
import io.weft.mpi.ffm.MpiInfos;
import io.weft.mpi.ffm.PredefinedHandle;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Hints to the library, by name (MPI-4.0 chapter 10); made by {@link Mpi#newInfo}. To be closed.
 * Threads: as its {@link Mpi}.
 */
public final class Info implements AutoCloseable {
  private final Mpi mpi;
  private final long handle;
  private boolean closed;

  Info(Mpi mpi, long handle) {
    this.mpi = mpi;
    this.handle = handle;
  }

  /** The handle, or that of no hints for null. */
  static long handle(Mpi mpi, Info info) {
    return info == null ? mpi.abi().handle(PredefinedHandle.MPI_INFO_NULL) : info.handle();
  }

  private long handle() {
    if (closed) {
      throw new IllegalStateException("the info is closed");
    }
    mpi.check();
    return handle;
  }

  private MemorySegment text(Arena arena, String what, String text, MpiConstant longest) {
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    int most = mpi.abi().value(longest) - 1;
    if (bytes > most || text.isEmpty() || text.indexOf(0) >= 0) {
      throw new IllegalArgumentException(
          "the "
              + what
              + " has "
              + bytes
              + " bytes; libmpi takes 1 to "
              + most
              + ", none of them 0");
    }
    return arena.allocateFrom(text);
  }

  /**
   * {@code MPI_Info_set}.
   *
   * @param key the hint's name
   * @param value its value
   * @return this
   */
  public Info set(String key, String value) {
    long h = handle();
    try (Arena arena = Arena.ofConfined()) {
      MpiInfos.set(
          h,
          text(arena, "key", key, MpiConstant.MPI_MAX_INFO_KEY).address(),
          text(arena, "value", value, MpiConstant.MPI_MAX_INFO_VAL).address());
    }
    return this;
  }

  /**
   * {@code MPI_Info_get}.
   *
   * @param key the hint's name
   * @return its value, or null if there is none
   */
  public String get(String key) {
    long h = handle();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = text(arena, "key", key, MpiConstant.MPI_MAX_INFO_KEY);
      MemorySegment answer = arena.allocate(16, 8);
      MpiInfos.getValuelen(h, name.address(), answer.address(), answer.address() + 8);
      if (answer.get(ValueLayout.JAVA_INT, 8) == 0) {
        return null;
      }
      int length = answer.get(ValueLayout.JAVA_INT, 0);
      MemorySegment value = arena.allocate(length + 1L);
      MpiInfos.get(h, name.address(), length, value.address(), answer.address() + 8);
      return value.getString(0);
    }
  }

  /**
   * {@code MPI_Info_delete}.
   *
   * @param key the hint's name
   * @throws MpiException {@code MPI_ERR_INFO_NOKEY} if there is none
   */
  public void delete(String key) {
    long h = handle();
    try (Arena arena = Arena.ofConfined()) {
      MpiInfos.delete(h, text(arena, "key", key, MpiConstant.MPI_MAX_INFO_KEY).address());
    }
  }

  /**
   * All hints, {@code MPI_Info_get_nthkey}.
   *
   * @return a copy, in the library's order
   */
  public Map<String, String> toMap() {
    long h = handle();
    Map<String, String> result = new LinkedHashMap<>();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment answer = arena.allocate(8, 8);
      MpiInfos.getNkeys(h, answer.address());
      int keys = answer.get(ValueLayout.JAVA_INT, 0);
      MemorySegment key = arena.allocate(mpi.abi().value(MpiConstant.MPI_MAX_INFO_KEY) + 1L);
      for (int i = 0; i < keys; i++) {
        MpiInfos.getNthkey(h, i, key.address());
        String name = key.getString(0);
        result.put(name, get(name));
      }
    }
    return result;
  }

  /**
   * {@code MPI_Info_dup}.
   *
   * @return the same hints once more, to be closed
   */
  public Info dup() {
    long h = handle();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment place = arena.allocate(8, 8);
      MpiInfos.dup(h, place.address());
      return new Info(mpi, mpi.abi().readHandle(place, 0));
    }
  }

  /** {@code MPI_Info_free}; closing twice does nothing. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    long h = handle();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment place = arena.allocate(8, 8);
      mpi.abi().writeHandle(place, 0, h);
      MpiInfos.free(place.address());
    }
    closed = true;
  }
}
