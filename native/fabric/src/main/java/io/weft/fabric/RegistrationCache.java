package io.weft.fabric;

import io.weft.fabric.ffm.Constants;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * Registrations kept for further use, for providers that want every buffer registered ({@link
 * FabricInfo#needsRegistration}): registering pins pages, which takes many times as long as a short
 * message. Found by address range; a buffer that an earlier one covers uses its registration.
 *
 * <p>Memory that was freed is not the memory that was registered, even where its address is given
 * out again. While an arena is open none of its memory can have been freed, so a registration is
 * handed out only for buffers of the same scope, and while that is alive. Those of closed arenas
 * are deregistered at the next miss and by {@link #sweep}. Memory that is freed without closing an
 * arena ({@code free}, {@code munmap}) must be named to {@link #invalidate} first. An arena of the
 * garbage collector's ({@code Arena.ofAuto}) stays reachable while its memory is registered here.
 *
 * <p>The limits are kept by giving up registrations that no operation uses, least recently used
 * first; those in use may exceed them. A hit takes a comparison, or a binary search; it neither
 * allocates nor calls the provider. Confined to the domain's thread.
 */
public final class RegistrationCache implements AutoCloseable {
  private final Domain domain;
  private final EnumSet<Access> access;
  private final int maxEntries;
  private final long maxBytes;

  /**
   * In ascending order of their beginnings. None lies within another, so they are in ascending
   * order of their ends too: of all that begin at or before an address, the last reaches furthest.
   */
  private Registration[] sorted = new Registration[16];

  private int count;
  private Registration latest;
  private long clock;
  private long bytes;
  private long hits;
  private long misses;
  private long evictions;
  private boolean closed;

  /**
   * Makes an empty cache.
   *
   * @param domain where to register; outlives the cache
   * @param access what all buffers are for
   * @param maxEntries how many registrations to keep, at least 1
   * @param maxBytes how much memory to keep registered, at least 0
   * @throws IllegalArgumentException if a limit is too low
   */
  public RegistrationCache(Domain domain, Set<Access> access, int maxEntries, long maxBytes) {
    if (maxEntries < 1 || maxBytes < 0) {
      throw new IllegalArgumentException(
          "maxEntries is "
              + maxEntries
              + " of at least 1, maxBytes "
              + maxBytes
              + " of at least 0");
    }
    domain.address();
    this.domain = domain;
    this.access = EnumSet.copyOf(access);
    this.maxEntries = maxEntries;
    this.maxBytes = maxBytes;
  }

  /** Registered memory that an operation uses until {@link #release}. */
  public static final class Registration {
    private final MemoryRegion region;
    private final MemorySegment.Scope scope;
    private final long start;
    private final long end;
    private long lastUse;
    private int users;

    /** No longer found; to be deregistered when nobody uses it. */
    private boolean dropped;

    private Registration(MemoryRegion region) {
      MemorySegment memory = region.memory();
      this.region = region;
      this.scope = memory.scope();
      this.start = memory.address();
      this.end = start + memory.byteSize();
    }

    private boolean covers(MemorySegment.Scope wanted, long from, long to) {
      return start <= from && to <= end && isOf(wanted);
    }

    private boolean isOf(MemorySegment.Scope wanted) {
      return (scope == wanted || scope.equals(wanted)) && scope.isAlive();
    }

    /**
     * What operations on the buffer want to see.
     *
     * @return {@link MemoryRegion#descriptor}
     * @throws IllegalStateException if the domain is closed
     */
    public long descriptor() {
      return region.descriptor();
    }

    /**
     * The region that holds the buffer, perhaps with more around it. Not to be closed.
     *
     * @return the region
     */
    public MemoryRegion region() {
      return region;
    }

    /**
     * Says that an operation no longer needs the memory. To be called once for each {@link
     * RegistrationCache#acquire}.
     *
     * @throws IllegalStateException if it was released as often as it was acquired
     */
    public void release() {
      if (users == 0) {
        throw new IllegalStateException("released more often than acquired: " + region);
      }
      if (--users == 0 && dropped) {
        region.close();
      }
    }
  }

  /**
   * Finds the registration of a buffer, or registers it. Where the provider has no more memory to
   * lock, all that nobody uses is given up and it is tried once more.
   *
   * @param buffer native memory of at least a byte
   * @return its registration, to be released
   * @throws IllegalArgumentException if the buffer is empty or on the heap, or read-only and to be
   *     written
   * @throws IllegalStateException if the buffer's arena, the cache or its domain is closed
   * @throws FabricException if the provider refuses, for example for want of locked memory
   */
  public Registration acquire(MemorySegment buffer) {
    domain.address();
    checkOpen();
    long from = buffer.address();
    long to = from + buffer.byteSize();
    MemorySegment.Scope scope = buffer.scope();
    Registration found = latest;
    if (found == null || !found.covers(scope, from, to)) {
      found = find(scope, from, to);
    }
    if (found == null || from == to || !buffer.isNative()) {
      found = register(buffer);
    } else {
      hits++;
    }
    latest = found;
    found.users++;
    found.lastUse = ++clock;
    return found;
  }

  private Registration find(MemorySegment.Scope scope, long from, long to) {
    int place = after(from) - 1;
    return place >= 0 && sorted[place].covers(scope, from, to) ? sorted[place] : null;
  }

  /** How many entries begin at or before an address. */
  private int after(long address) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle].start <= address) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private Registration register(MemorySegment buffer) {
    if (buffer.byteSize() == 0) {
      throw new IllegalArgumentException("memory to register is empty");
    }
    misses++;
    sweep();
    trim(maxEntries - 1, maxBytes - Math.min(maxBytes, buffer.byteSize()));
    Registration made = new Registration(open(buffer));
    insert(made);
    return made;
  }

  private MemoryRegion open(MemorySegment buffer) {
    try {
      return domain.register(buffer, access);
    } catch (FabricException refused) {
      if (refused.code() != Constants.FI_ENOMEM || !trim(0, 0)) {
        throw refused;
      }
      return domain.register(buffer, access);
    }
  }

  /** Takes the place of what lies within it, or around it for another scope. */
  private void insert(Registration made) {
    for (int i = count - 1; i >= 0; i--) {
      Registration other = sorted[i];
      boolean within = made.start <= other.start && other.end <= made.end;
      boolean around = other.start <= made.start && made.end <= other.end;
      if (within || around) {
        drop(i);
      }
    }
    if (count == sorted.length) {
      sorted = Arrays.copyOf(sorted, 2 * count);
    }
    int place = after(made.start);
    System.arraycopy(sorted, place, sorted, place + 1, count - place);
    sorted[place] = made;
    count++;
    bytes += made.end - made.start;
  }

  /** Gives up what nobody uses until no more is left than this; says whether it gave up any. */
  private boolean trim(int entries, long most) {
    boolean any = false;
    while (count > entries || bytes > most) {
      int victim = -1;
      for (int i = 0; i < count; i++) {
        if (sorted[i].users == 0 && (victim < 0 || sorted[i].lastUse < sorted[victim].lastUse)) {
          victim = i;
        }
      }
      if (victim < 0) {
        return any;
      }
      drop(victim);
      evictions++;
      any = true;
    }
    return any;
  }

  private void drop(int place) {
    Registration gone = sorted[place];
    count--;
    System.arraycopy(sorted, place + 1, sorted, place, count - place);
    sorted[count] = null;
    bytes -= gone.end - gone.start;
    if (latest == gone) {
      latest = null;
    }
    gone.dropped = true;
    if (gone.users == 0) {
      gone.region.close();
    }
  }

  /**
   * Deregisters the memory of arenas that are closed; what an operation still uses, at its release.
   *
   * @return how many registrations went
   * @throws IllegalStateException if the cache or its domain is closed
   */
  public int sweep() {
    domain.address();
    checkOpen();
    int before = count;
    for (int i = count - 1; i >= 0; i--) {
      if (!sorted[i].scope.isAlive()) {
        drop(i);
      }
    }
    return before - count;
  }

  /**
   * Forgets every registration that has a byte in a range: to be called before memory is freed
   * otherwise than by closing its arena. What an operation still uses is deregistered at its
   * release.
   *
   * @param address where the range begins
   * @param lengthBytes how long it is, at least 0
   * @return how many registrations went
   * @throws IllegalArgumentException if the length is negative
   * @throws IllegalStateException if the cache or its domain is closed
   */
  public int invalidate(long address, long lengthBytes) {
    domain.address();
    checkOpen();
    if (lengthBytes < 0) {
      throw new IllegalArgumentException("lengthBytes is " + lengthBytes + ", less than 0");
    }
    int before = count;
    for (int i = count - 1; i >= 0; i--) {
      if (sorted[i].start < address + lengthBytes && address < sorted[i].end) {
        drop(i);
      }
    }
    return before - count;
  }

  /**
   * How often a registration was found.
   *
   * @return a count
   */
  public long hits() {
    return hits;
  }

  /**
   * How often memory had to be registered.
   *
   * @return a count
   */
  public long misses() {
    return misses;
  }

  /**
   * How many registrations were given up for a limit, or for want of locked memory.
   *
   * @return a count
   */
  public long evictions() {
    return evictions;
  }

  /**
   * How much memory is registered; what two registrations have in common counts twice.
   *
   * @return bytes
   */
  public long bytes() {
    return bytes;
  }

  /**
   * How many registrations there are.
   *
   * @return a count
   */
  public int entries() {
    return count;
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("RegistrationCache is closed");
    }
  }

  /**
   * Deregisters everything that no operation uses, and what one uses at its release. Closing twice
   * does nothing.
   *
   * @throws WrongThreadException if called from another thread than the domain's
   */
  @Override
  public void close() {
    domain.checkOwner();
    if (!closed) {
      closed = true;
      while (count > 0) {
        drop(count - 1);
      }
    }
  }

  /** What is in it. */
  @Override
  public String toString() {
    return "RegistrationCache of "
        + count
        + " registrations, "
        + bytes
        + " bytes; "
        + hits
        + " hits, "
        + misses
        + " misses, "
        + evictions
        + " evictions";
  }
}
