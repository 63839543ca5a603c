package io.weft.comm.fabric;

import io.weft.fabric.Access;
import io.weft.fabric.RegistrationCache;
import java.lang.foreign.MemorySegment;
import java.util.Set;

/** This rank's memory as a provider wants to see it: registered, or not at all. */
final class LocalBuffers implements AutoCloseable {
  /** How many buffers that no message uses stay registered. */
  private static final int CACHED = 256;

  private static final Set<Access> USES =
      Set.of(Access.SEND, Access.RECEIVE, Access.READ, Access.WRITE);

  /** Of memory that may not be written here. */
  private static final Set<Access> SOURCES = Set.of(Access.SEND, Access.WRITE);

  private final Link link;

  /** Of the buffers of long messages; null where the provider wants none registered. */
  private final RegistrationCache cache;

  /** The same for those that are read-only. */
  private final RegistrationCache sources;

  LocalBuffers(Link link) {
    this.link = link;
    boolean needed = link.info().needsRegistration();
    this.cache = needed ? cache(USES) : null;
    this.sources = needed ? cache(SOURCES) : null;
  }

  private RegistrationCache cache(Set<Access> uses) {
    return new RegistrationCache(link.domain(), uses, CACHED, Long.MAX_VALUE);
  }

  /** Registers memory for as long as the domain is open; returns its descriptor. */
  long pin(MemorySegment memory) {
    return cache == null ? 0 : link.domain().register(memory, USES).descriptor();
  }

  /** The descriptor of a request's buffer, which stays registered until the request is done. */
  long descriptor(FabricRequest r) {
    if (cache == null || r.length == 0) {
      return 0;
    }
    if (r.registration == null) {
      r.registration = (r.buffer.isReadOnly() ? sources : cache).acquire(r.buffer);
    }
    return r.registration.descriptor();
  }

  @Override
  public void close() {
    if (cache != null) {
      cache.close();
      sources.close();
    }
  }
}
