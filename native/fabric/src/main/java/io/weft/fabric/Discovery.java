package io.weft.fabric;

import io.weft.fabric.ffm.Constants;
import io.weft.fabric.ffm.Layouts.fi_domain_attr;
import io.weft.fabric.ffm.Layouts.fi_ep_attr;
import io.weft.fabric.ffm.Layouts.fi_fabric_attr;
import io.weft.fabric.ffm.Layouts.fi_info;
import io.weft.fabric.ffm.Layouts.fi_rx_attr;
import io.weft.fabric.ffm.Layouts.fi_tx_attr;
import io.weft.fabric.ffm.Libfabric;
import io.weft.ffi.NativeMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What libfabric found, and the native memory that it lies in; fi_getinfo(3). Made by {@link
 * Fabric#discover}. Safe from any thread; close it when everything is open that is to be opened.
 */
public final class Discovery implements AutoCloseable {
  /**
   * The newest interface version that this module was tested with. A library is asked for no newer
   * one than its own (1.17 answers a request for 1.18 with an error), nor for one whose behaviour
   * nobody has looked at.
   */
  static final int NEWEST_TESTED = 1 << 16 | 17;

  /** Memory registration modes that callers cope with; the provider answers what it needs. */
  static final int REGISTRATION_MODES =
      Constants.FI_MR_LOCAL
          | Constants.FI_MR_VIRT_ADDR
          | Constants.FI_MR_ALLOCATED
          | Constants.FI_MR_PROV_KEY;

  private final long list;
  private final List<FabricInfo> infos = new ArrayList<>();
  private boolean closed;

  private Discovery(long list, String provider) {
    this.list = list;
    for (long info = list; info != 0; info = NativeMemory.pointerAt(info + fi_info.next)) {
      FabricInfo found = new FabricInfo(this, info);
      // libfabric takes "tcp" for a wish and may answer "tcp;ofi_rxm": only an equal name counts.
      if (provider == null || provider.equals(found.provider())) {
        infos.add(found);
      }
    }
  }

  /** Asks libfabric; an empty result is not yet an error. */
  static Discovery of(FabricHints hints) {
    return of(hints, REGISTRATION_MODES);
  }

  /** The same where the caller copes with less. */
  static Discovery of(FabricHints hints, int registrationModes) {
    // One thread per domain spares locks. A provider that refuses it is taken with its own rule.
    Discovery found = ask(hints, Constants.FI_THREAD_DOMAIN, registrationModes);
    if (found.infos.isEmpty()) {
      found.close();
      found = ask(hints, 0, registrationModes);
    }
    return found;
  }

  private static Discovery ask(FabricHints wish, int threading, int registrationModes) {
    try (Arena arena = Arena.ofConfined()) {
      long hints = Libfabric.fi_dupinfo(0);
      if (hints == 0) {
        throw new FabricException("fi_dupinfo failed: no memory", 0);
      }
      long fabric = NativeMemory.pointerAt(hints + fi_info.fabric_attr);
      try {
        fill(hints, wish, threading, registrationModes);
        if (wish.provider() != null) {
          put(fabric + fi_fabric_attr.prov_name, arena.allocateFrom(wish.provider()).address());
        }
        MemorySegment node =
            wish.sourceAddress() == null
                ? MemorySegment.NULL
                : arena.allocateFrom(wish.sourceAddress());
        long flags =
            wish.sourceAddress() == null ? 0 : Constants.FI_SOURCE | Constants.FI_NUMERICHOST;
        return new Discovery(getinfo(arena, node.address(), flags, hints), wish.provider());
      } finally {
        // The name is the arena's: fi_freeinfo must not free it.
        put(fabric + fi_fabric_attr.prov_name, 0);
        Libfabric.fi_freeinfo(hints);
      }
    }
  }

  private static void fill(long hints, FabricHints wish, int threading, int registrationModes) {
    put(hints + fi_info.caps, wish.capabilityBits());
    put(hints + fi_info.mode, Constants.FI_CONTEXT | Constants.FI_CONTEXT2);
    long ep = NativeMemory.pointerAt(hints + fi_info.ep_attr);
    putInt(ep + fi_ep_attr.type, wish.endpointType().value());
    if (wish.capabilities().contains(Capability.SHARED_RECEIVE)) {
      put(ep + fi_ep_attr.rx_ctx_cnt, Constants.FI_SHARED_CONTEXT);
    }
    long order = wish.isReliable() ? Constants.FI_ORDER_SAS : 0;
    long tx = NativeMemory.pointerAt(hints + fi_info.tx_attr);
    put(tx + fi_tx_attr.msg_order, order);
    long rx = NativeMemory.pointerAt(hints + fi_info.rx_attr);
    put(rx + fi_rx_attr.msg_order, order);
    long domain = NativeMemory.pointerAt(hints + fi_info.domain_attr);
    putInt(domain + fi_domain_attr.mr_mode, registrationModes);
    putInt(domain + fi_domain_attr.threading, threading);
    if (wish.isReliable()) {
      putInt(domain + fi_domain_attr.resource_mgmt, Constants.FI_RM_ENABLED);
    }
  }

  /** The names of all providers that have anything to offer here. */
  static Set<String> providers() {
    Set<String> names = new TreeSet<>();
    try (Arena arena = Arena.ofConfined()) {
      long list = getinfo(arena, 0, 0, 0);
      for (long info = list; info != 0; info = NativeMemory.pointerAt(info + fi_info.next)) {
        long fabric = NativeMemory.pointerAt(info + fi_info.fabric_attr);
        names.add(NativeMemory.stringAt(NativeMemory.pointerAt(fabric + fi_fabric_attr.prov_name)));
      }
      if (list != 0) {
        Libfabric.fi_freeinfo(list);
      }
    }
    return names;
  }

  /** The list's address, 0 if nothing matches. */
  static long getinfo(Arena arena, long node, long flags, long hints) {
    MemorySegment result = arena.allocate(ValueLayout.JAVA_LONG);
    int code = Libfabric.fi_getinfo(requestedVersion(), node, flags, hints, result.address());
    if (code == -Constants.FI_ENODATA) {
      return 0;
    }
    FabricException.check("fi_getinfo", code);
    return result.get(ValueLayout.JAVA_LONG, 0);
  }

  static int requestedVersion() {
    return Math.min(Libfabric.fi_version(), NEWEST_TESTED);
  }

  static void put(long address, long value) {
    NativeMemory.EVERYTHING.set(ValueLayout.JAVA_LONG, address, value);
  }

  static void putInt(long address, int value) {
    NativeMemory.EVERYTHING.set(ValueLayout.JAVA_INT, address, value);
  }

  /**
   * What was found, best first in the library's order.
   *
   * @return at least one
   */
  public List<FabricInfo> infos() {
    return List.copyOf(infos);
  }

  /**
   * What the library thinks best.
   *
   * @return the first of {@link #infos}
   */
  public FabricInfo first() {
    return infos.getFirst();
  }

  boolean isEmpty() {
    return infos.isEmpty();
  }

  /** Makes a call that {@link #close} waits for. */
  synchronized <T> T whileOpen(Supplier<T> call) {
    if (closed) {
      throw new IllegalStateException("the Discovery of this FabricInfo is closed");
    }
    return call.get();
  }

  /** What was found, one a line. */
  @Override
  public String toString() {
    return infos.stream().map(FabricInfo::toString).collect(Collectors.joining("\n"));
  }

  /**
   * Frees the native descriptions; what was opened with them stays open. Blocks while another
   * thread opens something with them.
   */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      if (list != 0) {
        Libfabric.fi_freeinfo(list);
      }
    }
  }
}
