package io.weft.comm.fabric;

import io.weft.fabric.Domain;
import io.weft.fabric.MemoryRegion;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Registered memory, for providers that want every buffer registered (FI_MR_LOCAL). A segment is
 * registered as a whole when it is first used, and found again by its address and its scope: as
 * long as a scope is alive, none of its memory can have been freed and given out again.
 *
 * <p>Memory whose arena closes while it is registered stays pinned until its entry is replaced.
 */
final class Registrations {
  /** From this number on, an entry that no operation uses is replaced by a new one. */
  private static final int ENTRIES = 64;

  private final Domain domain;
  private final List<Entry> entries = new ArrayList<>();
  private Entry latest;
  private int nextVictim;

  /** For a provider that needs none, {@code domain} is null. */
  Registrations(Domain domain) {
    this.domain = domain;
  }

  /** A registered segment. */
  static final class Entry {
    private final MemoryRegion region;
    private final MemorySegment.Scope scope;
    private int users;

    private Entry(MemoryRegion region) {
      this.region = region;
      this.scope = region.memory().scope();
    }

    private boolean covers(MemorySegment buffer) {
      if (!scope.isAlive() || !scope.equals(buffer.scope())) {
        return false;
      }
      long at = buffer.address() - region.memory().address();
      return at >= 0 && at + buffer.byteSize() <= region.memory().byteSize();
    }

    /** Says that an operation no longer needs the memory. */
    void release() {
      users--;
    }
  }

  /** What an operation passes to the provider for an entry that may be null. */
  static long descriptor(Entry entry) {
    return entry == null ? 0 : entry.region.descriptor();
  }

  /** Registers memory for as long as the domain is open; returns its descriptor. */
  long pin(MemorySegment memory) {
    return domain == null ? 0 : domain.register(memory).descriptor();
  }

  /** The entry for an operation on {@code buffer}, to be released; null if none is needed. */
  Entry acquire(MemorySegment buffer) {
    if (domain == null || buffer.byteSize() == 0) {
      return null;
    }
    if (latest == null || !latest.covers(buffer)) {
      latest = find(buffer);
    }
    latest.users++;
    return latest;
  }

  private Entry find(MemorySegment buffer) {
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i).covers(buffer)) {
        return entries.get(i);
      }
    }
    int place = entries.size() < ENTRIES ? -1 : unused();
    if (place >= 0) {
      entries.remove(place).region.close();
    }
    Entry entry = new Entry(domain.register(buffer));
    entries.add(entry);
    return entry;
  }

  /** An entry that no operation uses, in turn; -1 if there is none. */
  private int unused() {
    for (int i = 0; i < entries.size(); i++) {
      int candidate = (nextVictim + i) % entries.size();
      if (entries.get(candidate).users == 0) {
        nextVictim = candidate;
        return candidate;
      }
    }
    return -1;
  }
}
