package io.weft.ffi;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * A shared library, opened with {@code dlopen(RTLD_NOW | RTLD_GLOBAL)} and never closed: the
 * plug-ins of Open MPI use the library's symbols without naming it as a dependency, so its symbols
 * must be global, and threads that libraries start do not survive {@code dlclose}.
 *
 * <p>Immutable; safe from any thread.
 */
public final class NativeLibrary {
  private static final Linker LINKER = Linker.nativeLinker();

  private final String name;
  private final long handle;

  private NativeLibrary(String name, long handle) {
    this.name = name;
    this.handle = handle;
  }

  /**
   * Opens a library, with its initialisers; signal handlers that they install are put back.
   *
   * @param name a path, or a name such as {@code libfabric.so.1} that the dynamic linker looks up
   * @return the library
   * @throws NativeLibraryException with the dynamic linker's text if it cannot be opened
   */
  public static NativeLibrary open(String name) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment path = arena.allocateFrom(name);
      long handle =
          SignalHandlers.preserve(() -> Libc.dlopen(path, Libc.RTLD_NOW | Libc.RTLD_GLOBAL));
      if (handle == 0) {
        throw new NativeLibraryException("cannot open " + name + ": " + Libc.dlerror());
      }
      return new NativeLibrary(name, handle);
    }
  }

  /**
   * The name it was opened by.
   *
   * @return a path or a bare name
   */
  public String name() {
    return name;
  }

  /**
   * The file that the dynamic linker mapped.
   *
   * @param symbol a symbol that the library exports
   * @return its path
   */
  public String path(String symbol) {
    return Libc.fileOf(address(symbol));
  }

  /**
   * Says whether the library, or one that it depends on, exports a symbol.
   *
   * @param symbol its name
   * @return true if it does
   */
  public boolean exports(String symbol) {
    return find(symbol) != 0;
  }

  /**
   * The address of a symbol.
   *
   * @param symbol its name
   * @return its address
   * @throws NativeLibraryException if there is none
   */
  public long address(String symbol) {
    long address = find(symbol);
    if (address == 0) {
      throw new NativeLibraryException(name + " exports no " + symbol);
    }
    return address;
  }

  /**
   * The address of a symbol at a version, for libraries that keep several.
   *
   * @param symbol its name
   * @param version the version's name, such as {@code FABRIC_1.3}
   * @return its address
   * @throws NativeLibraryException if there is none
   */
  public long address(String symbol, String version) {
    try (Arena arena = Arena.ofConfined()) {
      long address = Libc.dlvsym(handle, arena.allocateFrom(symbol), arena.allocateFrom(version));
      if (address == 0) {
        throw new NativeLibraryException(name + " exports no " + symbol + "@" + version);
      }
      return address;
    }
  }

  /**
   * Makes the handle that calls a function. Keep it in a {@code static final} field and call it
   * with {@code invokeExact}.
   *
   * @param symbol the function's name
   * @param type its parameters and result
   * @param options of the call
   * @return the handle
   * @throws NativeLibraryException if there is no such function
   */
  @SuppressWarnings("restricted") // this class is where Weft uses restricted methods
  public MethodHandle function(String symbol, FunctionDescriptor type, Linker.Option... options) {
    return LINKER.downcallHandle(MemorySegment.ofAddress(address(symbol)), type, options);
  }

  /**
   * Makes the handle that calls a function of one version.
   *
   * @param symbol the function's name
   * @param version the version's name
   * @param type its parameters and result
   * @param options of the call
   * @return the handle
   * @throws NativeLibraryException if there is no such function
   */
  @SuppressWarnings("restricted") // this class is where Weft uses restricted methods
  public MethodHandle function(
      String symbol, String version, FunctionDescriptor type, Linker.Option... options) {
    return LINKER.downcallHandle(MemorySegment.ofAddress(address(symbol, version)), type, options);
  }

  /**
   * Makes a handle that calls whatever function its first argument, a {@code MemorySegment}, points
   * to. One such handle, in a {@code static final} field, serves every operation table: measured
   * faster than a handle bound to an address that is not a compile-time constant.
   *
   * @param type the function's parameters and result
   * @param options of the call
   * @return the handle; its first parameter is the function's address
   */
  @SuppressWarnings("restricted") // this class is where Weft uses restricted methods
  public static MethodHandle pointerFunction(FunctionDescriptor type, Linker.Option... options) {
    return LINKER.downcallHandle(type, options);
  }

  private long find(String symbol) {
    try (Arena arena = Arena.ofConfined()) {
      return Libc.dlsym(handle, arena.allocateFrom(symbol));
    }
  }
}
