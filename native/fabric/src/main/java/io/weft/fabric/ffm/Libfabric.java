package io.weft.fabric.ffm;

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
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.stream.Stream;

/**
 * The functions that libfabric exports. Call {@link LibfabricFile#open} first: that throws a clean
 * exception when there is no library, this class's initialiser would not.
 */
@SuppressWarnings("doclint:missing") // parameters and results are those of the C prototype
public final class Libfabric {
  /**
   * The versions of the symbols that this module is written to. A plain look-up gives the newest,
   * whose structures may have grown; libfabric keeps the older ones and converts.
   */
  private static final String INFO_ABI = "FABRIC_1.3";

  private static final String FABRIC_ABI = "FABRIC_1.1";
  private static final NativeLibrary LIBRARY = LibfabricFile.open();

  /** {@code uint32_t fi_version(void)}, fi_version(3). */
  private static final MethodHandle FI_VERSION = LIBRARY.function("fi_version", intFunction());

  /** {@code const char *fi_strerror(int errnum)}, fi_errno(3). */
  private static final MethodHandle FI_STRERROR =
      LIBRARY.function("fi_strerror", longFunction(INT));

  /** {@code char *fi_tostr(const void *data, enum fi_type datatype)}, fabric(7). */
  private static final MethodHandle FI_TOSTR =
      LIBRARY.function("fi_tostr", longFunction(POINTER, INT));

  /**
   * {@code int fi_getinfo(uint32_t version, const char *node, const char *service, uint64_t flags,
   * const struct fi_info *hints, struct fi_info **info)}, fi_getinfo(3).
   */
  private static final MethodHandle FI_GETINFO =
      LIBRARY.function(
          "fi_getinfo", INFO_ABI, intFunction(INT, POINTER, POINTER, LONG, POINTER, POINTER));

  /** {@code void fi_freeinfo(struct fi_info *info)}, fi_getinfo(3). */
  private static final MethodHandle FI_FREEINFO =
      LIBRARY.function("fi_freeinfo", INFO_ABI, FunctionDescriptor.ofVoid(POINTER));

  /** {@code struct fi_info *fi_dupinfo(const struct fi_info *info)}, fi_getinfo(3). */
  private static final MethodHandle FI_DUPINFO =
      LIBRARY.function("fi_dupinfo", INFO_ABI, longFunction(POINTER));

  /**
   * {@code int fi_fabric(struct fi_fabric_attr *attr, struct fid_fabric **fabric, void *context)},
   * fi_fabric(3).
   */
  private static final MethodHandle FI_FABRIC =
      LIBRARY.function("fi_fabric", FABRIC_ABI, intFunction(POINTER, POINTER, POINTER));

  private Libfabric() {}

  /**
   * The functions that are taken at a version, and whether that is the library's newest.
   *
   * @return such as {@code fi_getinfo@FABRIC_1.3 newest}, sorted
   */
  public static List<String> versions() {
    return Stream.of(
            version("fi_dupinfo", INFO_ABI),
            version("fi_fabric", FABRIC_ABI),
            version("fi_freeinfo", INFO_ABI),
            version("fi_getinfo", INFO_ABI))
        .toList();
  }

  private static String version(String name, String abi) {
    boolean newest = LIBRARY.address(name, abi) == LIBRARY.address(name);
    return name + "@" + abi + (newest ? " newest" : " kept");
  }

  /** The file that is mapped. */
  public static String path() {
    return LIBRARY.path("fi_version");
  }

  /** The library's version: the major number in the upper 16 bits. */
  public static int fi_version() {
    try {
      return (int) FI_VERSION.invokeExact();
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /** The library's text for an error number. */
  public static String fi_strerror(int errnum) {
    try {
      return NativeMemory.stringAt((long) FI_STRERROR.invokeExact(errnum));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /** The library's text for a value; it shares one buffer, hence one caller at a time. */
  public static synchronized String fi_tostr(long data, int type) {
    try {
      return NativeMemory.stringAt((long) FI_TOSTR.invokeExact(data, type));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /** Finds providers; the first call loads their plug-ins, whose signal handlers are put back. */
  public static int fi_getinfo(int version, long node, long flags, long hints, long info) {
    return SignalHandlers.preserve(
        () -> {
          try {
            return (int) FI_GETINFO.invokeExact(version, node, 0L, flags, hints, info);
          } catch (Throwable t) {
            throw Unchecked.rethrow(t);
          }
        });
  }

  /** Frees a list that {@link #fi_getinfo} or {@link #fi_dupinfo} made. */
  public static void fi_freeinfo(long info) {
    try {
      FI_FREEINFO.invokeExact(info);
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /** Copies one description; of 0 it makes an empty one, which is what fi_allocinfo does. */
  public static long fi_dupinfo(long info) {
    try {
      return (long) FI_DUPINFO.invokeExact(info);
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /** Opens a fabric. */
  public static int fi_fabric(long attr, long fabric) {
    try {
      return (int) FI_FABRIC.invokeExact(attr, fabric, 0L);
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }
}
