package io.weft.comm.rendezvous.ffm;

import static io.weft.ffi.CType.INT;
import static io.weft.ffi.CType.LONG;
import static io.weft.ffi.CType.POINTER;
import static io.weft.ffi.CType.intFunction;
import static io.weft.ffi.CType.longFunction;

import io.weft.ffi.NativeLibrary;
import io.weft.ffi.NativeMemory;
import io.weft.ffi.SignalHandlers;
import io.weft.ffi.Unchecked;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** The functions of {@code libpmix} that a start needs. Most give a status. */
public final class Libpmix {
  /** {@code pmix_status_t PMIx_Init(pmix_proc_t *proc, pmix_info_t info[], size_t ninfo)}. */
  private final MethodHandle init;

  /** {@code pmix_status_t PMIx_Finalize(const pmix_info_t info[], size_t ninfo)}. */
  private final MethodHandle finish;

  /** {@code pmix_status_t PMIx_Put(pmix_scope_t scope, const char key[], pmix_value_t *value)}. */
  private final MethodHandle put;

  /** {@code pmix_status_t PMIx_Commit(void)}. */
  private final MethodHandle commit;

  /**
   * {@code pmix_status_t PMIx_Fence(const pmix_proc_t procs[], size_t nprocs, const pmix_info_t
   * info[], size_t ninfo)}.
   */
  private final MethodHandle fence;

  /**
   * {@code pmix_status_t PMIx_Get(const pmix_proc_t *proc, const char key[], const pmix_info_t
   * info[], size_t ninfo, pmix_value_t **value)}.
   */
  private final MethodHandle get;

  /** {@code const char *PMIx_Error_string(pmix_status_t status)}. */
  private final MethodHandle errorString;

  /** {@code const char *PMIx_Get_version(void)}. */
  private final MethodHandle getVersion;

  /** {@code void free(void *memory)}, of the C library that libpmix allocates from. */
  private final MethodHandle free;

  /**
   * Binds the functions of an open library.
   *
   * @param library libpmix
   * @throws io.weft.ffi.NativeLibraryException if it lacks one
   */
  public Libpmix(NativeLibrary library) {
    init = library.function("PMIx_Init", intFunction(POINTER, POINTER, LONG));
    finish = library.function("PMIx_Finalize", intFunction(POINTER, LONG));
    put = library.function("PMIx_Put", intFunction(ValueLayout.JAVA_BYTE, POINTER, POINTER));
    commit = library.function("PMIx_Commit", intFunction());
    fence = library.function("PMIx_Fence", intFunction(POINTER, LONG, POINTER, LONG));
    get = library.function("PMIx_Get", intFunction(POINTER, POINTER, POINTER, LONG, POINTER));
    errorString = library.function("PMIx_Error_string", longFunction(INT));
    getVersion = library.function("PMIx_Get_version", longFunction());
    free = library.function("free", FunctionDescriptor.ofVoid(POINTER));
  }

  /**
   * Connects to the launcher's server; fills in who this is.
   *
   * @param proc a {@code pmix_proc_t} to fill in
   * @return the status
   */
  public int init(MemorySegment proc) {
    // It loads plug-ins.
    return SignalHandlers.preserve(
        () -> {
          try {
            return (int) init.invokeExact(proc.address(), 0L, 0L);
          } catch (Throwable t) {
            throw Unchecked.rethrow(t);
          }
        });
  }

  /**
   * Leaves the server.
   *
   * @return the status
   */
  public int finish() {
    try {
      return (int) finish.invokeExact(0L, 0L);
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * Notes a value under a key; copies both.
   *
   * @param scope who may read it
   * @param key a C string
   * @param value a {@code pmix_value_t}
   * @return the status
   */
  public int put(byte scope, MemorySegment key, MemorySegment value) {
    try {
      return (int) put.invokeExact(scope, key.address(), value.address());
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * Gives to the server what was noted.
   *
   * @return the status
   */
  public int commit() {
    try {
      return (int) commit.invokeExact();
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * Waits for all ranks of the job.
   *
   * @param info an array of {@code pmix_info_t}
   * @param count its length
   * @return the status
   */
  public int fence(MemorySegment info, long count) {
    try {
      return (int) fence.invokeExact(0L, 0L, info.address(), count);
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * Asks for a value; its address, to be freed, is written to {@code result}.
   *
   * @param proc the {@code pmix_proc_t} of whose value it is
   * @param key a C string
   * @param info an array of {@code pmix_info_t}
   * @param count its length
   * @param result a pointer's place
   * @return the status
   */
  public int get(
      MemorySegment proc, MemorySegment key, MemorySegment info, long count, MemorySegment result) {
    try {
      return (int)
          get.invokeExact(proc.address(), key.address(), info.address(), count, result.address());
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * What a status means.
   *
   * @param status a function's
   * @return the library's words
   */
  public String errorString(int status) {
    try {
      return NativeMemory.stringAt((long) errorString.invokeExact(status));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * The library's name for itself.
   *
   * @return name, version, source
   */
  public String version() {
    try {
      return NativeMemory.stringAt((long) getVersion.invokeExact());
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * Frees what {@link #get} gave.
   *
   * @param address of the memory; 0 does nothing
   */
  public void free(long address) {
    try {
      free.invokeExact(address);
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }
}
