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
import java.lang.foreign.ValueLayout;
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

  /** Names the ABI to use, whatever the library says of itself: openmpi, mpich or standard. */
  public static final String ABI_VARIABLE = "WEFT_MPI_ABI";

  private static final String OPEN_MPI = "openmpi";
  private static final String MPICH = "mpich";
  private static final String STANDARD = "standard";
  private static final List<String> ABIS = List.of(OPEN_MPI, MPICH, STANDARD);

  /** The sonames of the standard ABI: of its first version, and of drafts of it. */
  private static final List<String> STANDARD_LIBRARIES =
      List.of("libmpi_abi.so.1", "libmpi_abi.so.0", "libmpi_abi.so");

  private static LibmpiFile current;

  private final NativeLibrary library;
  private final MpiAbi abi;

  private LibmpiFile(NativeLibrary library, MpiAbi abi) {
    this.library = library;
    this.abi = abi;
  }

  /**
   * The library, opened by the first call: the one that {@value #LIBRARY_VARIABLE} names, else the
   * one that belongs to the launcher that started this process, else whichever the system has. Its
   * ABI is what the library says of itself; {@value #ABI_VARIABLE} insists on one.
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

  /**
   * What the library says of itself, {@code MPI_Get_library_version}, in one line; before MPI is
   * initialised too.
   *
   * @return such as {@code Open MPI v4.1.4, ...}
   */
  public String version() {
    return versionOf(library).lines().findFirst().orElse("").strip().replaceAll("\\s+", " ");
  }

  private static LibmpiFile open(Map<String, String> environment) {
    String abi = forcedAbi(environment);
    String named = environment.get(LIBRARY_VARIABLE);
    if (named != null && !named.isEmpty()) {
      return identify(openOrExplain(named, LIBRARY_VARIABLE + "=" + named), abi);
    }
    MpiVendor launcher = RankEnvironment.launcherOf(environment);
    List<String> tried = new ArrayList<>();
    for (String name : candidates(launcher, abi)) {
      try {
        return identify(NativeLibrary.open(name), abi);
      } catch (NativeLibraryException missing) {
        tried.add(missing.getMessage());
      }
    }
    throw new MpiUnavailableException(
        "no libmpi"
            + (launcher == null ? "" : " of " + launcher.title() + ", whose launcher started this,")
            + (abi == null ? "" : " with the ABI " + abi)
            + " found: "
            + String.join("; ", tried)
            + ". Set "
            + LIBRARY_VARIABLE
            + " to one, or install one: scripts/setup run");
  }

  private static String forcedAbi(Map<String, String> environment) {
    String forced = environment.get(ABI_VARIABLE);
    if (forced == null || forced.isEmpty()) {
      return null;
    }
    if (!ABIS.contains(forced)) {
      throw new MpiUnavailableException(
          ABI_VARIABLE + "=" + forced + " is no ABI; use one of " + String.join(", ", ABIS));
    }
    return forced;
  }

  /**
   * What to open, in order: the launcher's family, or both, and first what was installed with the
   * launcher; a library of the standard ABI last, unless it was asked for.
   */
  private static List<String> candidates(MpiVendor launcher, String abi) {
    List<String> result = new ArrayList<>();
    for (MpiVendor vendor : launcher == null ? MpiVendor.values() : new MpiVendor[] {launcher}) {
      if (abi == null || abi.equals(vendor.toString())) {
        Path file =
            launcher == null ? null : LibmpiSearch.besideLauncher(LibmpiSearch.names(vendor));
        if (file == null) {
          file = LibmpiSearch.inSystem(vendor);
        }
        result.add(file == null ? vendor.library() : file.toString());
      }
    }
    if (abi == null || abi.equals(STANDARD)) {
      Path file = launcher == null ? null : LibmpiSearch.besideLauncher(STANDARD_LIBRARIES);
      if (file != null) {
        result.add(file.toString());
      }
      result.addAll(STANDARD_LIBRARIES);
    }
    return result;
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
  private static LibmpiFile identify(NativeLibrary library, String forced) {
    if (!library.exports("MPI_Init_thread")) {
      throw new MpiUnavailableException(
          library.name()
              + " is no MPI library: it exports no MPI_Init_thread. Name another by "
              + LIBRARY_VARIABLE);
    }
    boolean openMpi = library.exports(PredefinedHandle.MPI_COMM_WORLD.openMpiSymbol());
    boolean standard = standardAbiVersion(library) > 0;
    if (forced != null
        && (openMpi != forced.equals(OPEN_MPI) || standard != forced.equals(STANDARD))) {
      throw new MpiUnavailableException(
          ABI_VARIABLE
              + "="
              + forced
              + ", but "
              + library.name()
              + " has another: "
              + (openMpi
                  ? OPEN_MPI
                  : standard ? STANDARD : "neither " + OPEN_MPI + " nor " + STANDARD)
              + ". Unset it, or name another library by "
              + LIBRARY_VARIABLE);
    }
    String version = versionOf(library);
    // MPICH's ABI initiative: MPICH, Intel MPI, Cray MPICH, MVAPICH share sonames and constants.
    boolean mpich = version.contains("MPICH") || version.contains("Intel(R) MPI");
    if (standard) {
      return new LibmpiFile(library, new StandardAbi(mpich ? MpiVendor.MPICH : MpiVendor.OPEN_MPI));
    }
    if (openMpi) {
      return new LibmpiFile(library, new OpenMpiAbi(library));
    }
    if (mpich || MPICH.equals(forced)) {
      return new LibmpiFile(library, new MpichAbi(library));
    }
    throw new MpiUnavailableException(
        library.name()
            + " is neither Open MPI nor MPICH, nor of the standard ABI; it says: "
            + version.strip()
            + ". Name another by "
            + LIBRARY_VARIABLE
            + ", or force an ABI by "
            + ABI_VARIABLE);
  }

  /** {@code MPI_Abi_get_version} (MPI-5.0 section 20.3): the major version, -1 of another ABI. */
  private static int standardAbiVersion(NativeLibrary library) {
    String function = "MPI_Abi_get_version";
    if (!library.exports(function)) {
      return -1;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment major = arena.allocate(8);
      MemorySegment minor = arena.allocate(8);
      MethodHandle version =
          library.function(function, CType.intFunction(CType.POINTER, CType.POINTER));
      int code = (int) version.invokeExact(major.address(), minor.address());
      return code == 0 ? major.get(ValueLayout.JAVA_INT, 0) : -1;
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  static String versionOf(NativeLibrary library) {
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
