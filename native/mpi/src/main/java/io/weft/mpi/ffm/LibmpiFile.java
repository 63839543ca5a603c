package io.weft.mpi.ffm;

import io.weft.ffi.CType;
import io.weft.ffi.NativeLibrary;
import io.weft.ffi.NativeLibraryException;
import io.weft.ffi.Unchecked;
import io.weft.launch.LibmpiSearch;
import io.weft.launch.MpiVendor;
import io.weft.launch.RankEnvironment;
import io.weft.mpi.MpiUnavailableException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The libmpi of this process: which file, which family. One per process, because MPI itself can be
 * initialised once.
 */
public final class LibmpiFile {
  /** Names the library to open, before all others. */
  public static final String LIBRARY_VARIABLE = "WEFT_MPI_LIB";

  private static LibmpiFile current;

  private final NativeLibrary library;
  private final MpiAbi abi;

  private LibmpiFile(NativeLibrary library, MpiAbi abi) {
    this.library = library;
    this.abi = abi;
  }

  /**
   * The library, opened by the first call: the one that {@value #LIBRARY_VARIABLE} names, else the
   * one that belongs to the launcher that started this process, else whichever the system has.
   *
   * @return the library
   * @throws MpiUnavailableException if there is none that Weft knows; its message ends with what
   *     mends it
   */
  public static synchronized LibmpiFile current() {
    if (current == null) {
      current = open(System.getenv());
    }
    return current;
  }

  /**
   * The shared library.
   *
   * @return libmpi
   */
  public NativeLibrary library() {
    return library;
  }

  /**
   * Its table of values.
   *
   * @return the ABI
   */
  public MpiAbi abi() {
    return abi;
  }

  /**
   * The file that was mapped.
   *
   * @return its path
   */
  public String path() {
    return library.path("MPI_Init_thread");
  }

  private static LibmpiFile open(Map<String, String> environment) {
    String named = environment.get(LIBRARY_VARIABLE);
    if (named != null && !named.isEmpty()) {
      return identify(openOrExplain(named, LIBRARY_VARIABLE + "=" + named));
    }
    MpiVendor launcher = RankEnvironment.launcherOf(environment);
    List<MpiVendor> order = launcher == null ? List.of(MpiVendor.values()) : List.of(launcher);
    List<String> tried = new ArrayList<>();
    for (MpiVendor vendor : order) {
      Path file = LibmpiSearch.inSystem(vendor);
      String name = file == null ? vendor.library() : file.toString();
      try {
        return identify(NativeLibrary.open(name));
      } catch (NativeLibraryException missing) {
        tried.add(missing.getMessage());
      }
    }
    throw new MpiUnavailableException(
        "no libmpi"
            + (launcher == null ? "" : " of " + launcher.title() + ", whose launcher started this,")
            + " found: "
            + String.join("; ", tried)
            + ". Set "
            + LIBRARY_VARIABLE
            + " to one, or install one: scripts/setup run");
  }

  private static NativeLibrary openOrExplain(String name, String why) {
    try {
      return NativeLibrary.open(name);
    } catch (NativeLibraryException missing) {
      throw new MpiUnavailableException(
          why
              + ": "
              + missing.getMessage()
              + ". Name a libmpi that is there, or unset "
              + LIBRARY_VARIABLE);
    }
  }

  /**
   * Decides by what the library exports and says of itself; asking for its version needs no init.
   */
  private static LibmpiFile identify(NativeLibrary library) {
    if (!library.exports("MPI_Init_thread")) {
      throw new MpiUnavailableException(
          library.name()
              + " is no MPI library: it exports no MPI_Init_thread. Name another by "
              + LIBRARY_VARIABLE);
    }
    if (library.exports(PredefinedHandle.MPI_COMM_WORLD.openMpiSymbol())) {
      return new LibmpiFile(library, new OpenMpiAbi(library));
    }
    String version = versionOf(library);
    // MPICH's ABI initiative: MPICH, Intel MPI, Cray MPICH, MVAPICH share sonames and constants.
    if (version.contains("MPICH") || version.contains("Intel(R) MPI")) {
      return new LibmpiFile(library, new MpichAbi());
    }
    throw new MpiUnavailableException(
        library.name()
            + " is neither Open MPI nor MPICH; it says: "
            + version.strip()
            + ". Name another by "
            + LIBRARY_VARIABLE);
  }

  private static String versionOf(NativeLibrary library) {
    // Not through MpiFunction: it is not yet decided that this library is the one to bind.
    String function = "MPI_Get_library_version";
    if (!library.exports(function)) {
      return "nothing (it exports no " + function + ")";
    }
    try (Arena arena = Arena.ofConfined()) {
      // The largest MPI_MAX_LIBRARY_VERSION_STRING of any library.
      MemorySegment text = arena.allocate(8192 + 1);
      MemorySegment length = arena.allocate(8);
      MethodHandle version =
          library.function(function, CType.intFunction(CType.POINTER, CType.POINTER));
      int code = (int) version.invokeExact(text.address(), length.address());
      return code == 0 ? text.getString(0) : "nothing (" + function + " failed)";
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }
}
