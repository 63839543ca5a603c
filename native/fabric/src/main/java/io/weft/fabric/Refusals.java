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
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Why libfabric does not offer a provider: it says nothing itself, so the wishes are asked one by
 * one, fi_getinfo(3).
 */
final class Refusals {
  private final FabricHints wish;

  private Refusals(FabricHints wish) {
    this.wish = wish;
  }

  /** The providers of those named that do not fulfil a wish, each with the first reason. */
  static SortedMap<String, String> of(FabricHints wish, Set<String> providers) {
    Refusals refusals = new Refusals(wish);
    SortedMap<String, String> reasons = new TreeMap<>();
    for (String provider : providers) {
      String reason = refusals.reason(provider);
      if (reason != null) {
        reasons.put(provider, reason);
      }
    }
    return reasons;
  }

  private String reason(String provider) {
    if (wish.provider() != null && !wish.provider().equals(provider)) {
      return "is not the one asked for";
    }
    if (!offers(provider, 0, 0, null)) {
      return "has no endpoints of type "
          + (wish.isReliable() ? "FI_EP_RDM" : "FI_EP_DGRAM")
          + " of its own";
    }
    List<String> missing = new ArrayList<>();
    if (wish.isReliable() && !offers(provider, Constants.FI_TAGGED, 0, null)) {
      missing.add("FI_TAGGED");
    }
    wish.capabilities().stream()
        .sorted()
        .filter(each -> !offers(provider, each))
        .forEach(each -> missing.add(each.libraryName()));
    if (!missing.isEmpty()) {
      return "offers no " + String.join(", ", missing);
    }
    if (!offers(provider, wish.capabilityBits(), 0, null)) {
      return "offers each of these capabilities, but not all together";
    }
    long order = wish.isReliable() ? Constants.FI_ORDER_SAS : 0;
    if (!offers(provider, wish.capabilityBits(), order, null)) {
      return "does not keep messages in order (FI_ORDER_SAS)";
    }
    if (!offers(provider, wish.capabilityBits(), order, wish.sourceAddress())) {
      return "has nothing at source address " + wish.sourceAddress();
    }
    try (Discovery found = Discovery.of(only(provider))) {
      return found.isEmpty() ? "wants a mode of operation that this module does not know" : null;
    }
  }

  private FabricHints only(String provider) {
    return new FabricHints(
        provider, wish.sourceAddress(), wish.capabilities(), wish.endpointType());
  }

  private boolean offers(String provider, Capability capability) {
    return offers(provider, capability.bit(), 0, null, capability == Capability.SHARED_RECEIVE);
  }

  private boolean offers(String provider, long capabilities, long order, String source) {
    boolean shared =
        capabilities == wish.capabilityBits()
            && wish.capabilities().contains(Capability.SHARED_RECEIVE);
    return offers(provider, capabilities, order, source, shared);
  }

  private boolean offers(
      String provider, long capabilities, long order, String source, boolean shared) {
    try (Arena arena = Arena.ofConfined()) {
      long hints = Libfabric.fi_dupinfo(0);
      if (hints == 0) {
        throw new FabricException("fi_dupinfo failed: no memory", 0);
      }
      long name = NativeMemory.pointerAt(hints + fi_info.fabric_attr) + fi_fabric_attr.prov_name;
      try {
        fill(hints, capabilities, order, shared);
        Discovery.put(name, arena.allocateFrom(provider).address());
        MemorySegment node = source == null ? MemorySegment.NULL : arena.allocateFrom(source);
        long flags = source == null ? 0 : Constants.FI_SOURCE | Constants.FI_NUMERICHOST;
        return names(provider, Discovery.getinfo(arena, node.address(), flags, hints));
      } finally {
        // The name is the arena's: fi_freeinfo must not free it.
        Discovery.put(name, 0);
        Libfabric.fi_freeinfo(hints);
      }
    }
  }

  private void fill(long hints, long capabilities, long order, boolean shared) {
    Discovery.put(hints + fi_info.caps, capabilities);
    Discovery.put(hints + fi_info.mode, Constants.FI_CONTEXT | Constants.FI_CONTEXT2);
    long ep = NativeMemory.pointerAt(hints + fi_info.ep_attr);
    Discovery.putInt(ep + fi_ep_attr.type, wish.endpointType().value());
    if (shared) {
      Discovery.put(ep + fi_ep_attr.rx_ctx_cnt, Constants.FI_SHARED_CONTEXT);
    }
    long tx = NativeMemory.pointerAt(hints + fi_info.tx_attr);
    Discovery.put(tx + fi_tx_attr.msg_order, order);
    long rx = NativeMemory.pointerAt(hints + fi_info.rx_attr);
    Discovery.put(rx + fi_rx_attr.msg_order, order);
    long domain = NativeMemory.pointerAt(hints + fi_info.domain_attr);
    Discovery.putInt(domain + fi_domain_attr.mr_mode, Discovery.REGISTRATION_MODES);
  }

  /** Says whether a list has a provider of just this name, and frees it. */
  private static boolean names(String provider, long list) {
    boolean there = false;
    for (long info = list; info != 0; info = NativeMemory.pointerAt(info + fi_info.next)) {
      long fabric = NativeMemory.pointerAt(info + fi_info.fabric_attr);
      long name =
          NativeMemory.EVERYTHING.get(ValueLayout.JAVA_LONG, fabric + fi_fabric_attr.prov_name);
      there |= provider.equals(NativeMemory.stringAt(name));
    }
    if (list != 0) {
      Libfabric.fi_freeinfo(list);
    }
    return there;
  }
}
