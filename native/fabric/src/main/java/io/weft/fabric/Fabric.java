package io.weft.fabric;

import io.weft.fabric.ffm.Constants;
import io.weft.fabric.ffm.Layouts.fi_eq_attr;
import io.weft.fabric.ffm.Layouts.fi_info;
import io.weft.fabric.ffm.Libfabric;
import io.weft.fabric.ffm.LibfabricFile;
import io.weft.fabric.ffm.Operation;
import io.weft.fabric.ffm.Operations;
import io.weft.ffi.NativeLibraryException;
import io.weft.ffi.NativeMemory;
import io.weft.ffi.SignalHandlers;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** A network of one provider, fi_fabric(3). Confined to the thread that opened it. */
public final class Fabric extends FabricObject {
  private Fabric(long address) {
    super("Fabric", null, address);
  }

  /**
   * The library's version and file.
   *
   * @return such as {@code libfabric 1.17 (/usr/lib/libfabric.so.1)}
   * @throws FabricUnavailableException if there is no libfabric
   */
  public static String libraryVersion() {
    load();
    int version = Libfabric.fi_version();
    return "libfabric "
        + (version >>> 16)
        + "."
        + (version & 0xffff)
        + " ("
        + Libfabric.path()
        + ")";
  }

  /**
   * The names of the providers that have anything to offer on this host, whatever their endpoints.
   *
   * @return full names, sorted
   * @throws FabricUnavailableException if there is no libfabric
   */
  public static Set<String> providers() {
    load();
    return Discovery.providers();
  }

  /**
   * Finds ways to communicate, fi_getinfo(3). Asks for the interface version that is the lower of
   * the library's and the newest tested.
   *
   * @param hints what to ask for
   * @return what was found, at least one
   * @throws FabricUnavailableException if there is no libfabric, or nothing matches: says what was
   *     asked for, which providers there are, and whether {@code FI_PROVIDER} limits them
   * @throws FabricException if the library reports another error
   */
  public static Discovery discover(FabricHints hints) {
    load();
    Discovery found = Discovery.of(hints);
    if (found.isEmpty()) {
      found.close();
      throw new FabricUnavailableException(nothingFor(hints));
    }
    return found;
  }

  /**
   * Says why providers that are here are not offered for a wish, by asking for its parts one by
   * one. Takes some milliseconds for each provider.
   *
   * @param hints what is asked for
   * @return each provider that {@link #discover} does not find, by full name, with the first reason
   * @throws FabricUnavailableException if there is no libfabric
   */
  public static SortedMap<String, String> refusals(FabricHints hints) {
    load();
    return Refusals.of(hints, Discovery.providers());
  }

  private static String reasons(FabricHints hints, Set<String> providers) {
    Set<String> asked =
        hints.provider() == null
            ? providers
            : providers.contains(hints.provider()) ? Set.of(hints.provider()) : Set.of();
    return Refusals.of(hints, asked).entrySet().stream()
        .map(each -> each.getKey() + " " + each.getValue() + "; ")
        .collect(Collectors.joining());
  }

  private static String nothingFor(FabricHints hints) {
    Set<String> providers = Discovery.providers();
    String limit = System.getenv("FI_PROVIDER");
    return (hints.isReliable()
            ? "libfabric offers no tagged messages in order on reliable-datagram endpoints for: "
            : "libfabric offers no datagram endpoints for: ")
        + hints
        + ". "
        + libraryVersion()
        + " has "
        + (providers.isEmpty() ? "no provider" : "the providers " + String.join(", ", providers))
        + "; "
        + reasons(hints, providers)
        + (ShmFiles.PROVIDER.equals(hints.provider()) && !providers.contains(ShmFiles.PROVIDER)
            ? "shm keeps its files in " + ShmFiles.state() + "; "
            : "")
        + "FI_PROVIDER is "
        + (limit == null
            ? "not set."
            : "set to \"" + limit + "\" and limits what libfabric loads: unset it.");
  }

  private static void load() {
    try {
      LibfabricFile.open();
    } catch (NativeLibraryException missing) {
      throw new FabricUnavailableException(
          "libfabric cannot be loaded: "
              + missing.getMessage()
              + ". Name its file in "
              + LibfabricFile.OVERRIDE
              + ", or install it by: scripts/setup run");
    }
  }

  /**
   * Opens a fabric.
   *
   * @param info which
   * @return the fabric
   * @throws FabricException if the provider refuses
   */
  public static Fabric open(FabricInfo info) {
    return info.with(Fabric::open);
  }

  private static Fabric open(long info) {
    long attributes = NativeMemory.pointerAt(info + fi_info.fabric_attr);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment result = arena.allocate(ValueLayout.JAVA_LONG);
      int code = SignalHandlers.preserve(() -> Libfabric.fi_fabric(attributes, result.address()));
      FabricException.check("fi_fabric", code);
      return new Fabric(result.get(ValueLayout.JAVA_LONG, 0));
    }
  }

  /**
   * Opens a domain: the resources of one device or interface, fi_domain(3).
   *
   * @param info which
   * @return the domain
   * @throws FabricException if the provider refuses
   */
  public Domain openDomain(FabricInfo info) {
    long fabric = address();
    return info.with(
        description ->
            new Domain(this, openChild(Operations.FI_DOMAIN, fabric, description), info));
  }

  /**
   * Opens an event queue without a wait object, fi_eq(3).
   *
   * @return the queue
   * @throws FabricException if the provider refuses
   */
  public EventQueue openEventQueue() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes = arena.allocate(fi_eq_attr.sizeof, 8);
      // Without this flag nothing but the library may write events.
      attributes.set(ValueLayout.JAVA_LONG, fi_eq_attr.flags, Constants.FI_WRITE);
      attributes.set(ValueLayout.JAVA_INT, fi_eq_attr.wait_obj, Constants.FI_WAIT_NONE);
      return new EventQueue(
          this, openChild(Operations.FI_EQ_OPEN, address(), attributes.address()));
    }
  }

  /** Opens an object through its parent, with the JVM's signal handlers kept. */
  static long openChild(Operation operation, long parent, long attributes) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment result = arena.allocate(ValueLayout.JAVA_LONG);
      int code = open(operation, parent, attributes, result);
      FabricException.check(operation.name(), code);
      return result.get(ValueLayout.JAVA_LONG, 0);
    }
  }

  /** The same for objects that not every provider has. */
  static long openOffered(
      FabricInfo info, Operation operation, long parent, long attributes, String what) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment result = arena.allocate(ValueLayout.JAVA_LONG);
      int code = open(operation, parent, attributes, result);
      info.checkOffered(operation.name(), code, what);
      return result.get(ValueLayout.JAVA_LONG, 0);
    }
  }

  private static int open(Operation operation, long parent, long attributes, MemorySegment result) {
    return SignalHandlers.preserve(
        () -> Operations.open(operation, parent, attributes, result.address()));
  }
}
