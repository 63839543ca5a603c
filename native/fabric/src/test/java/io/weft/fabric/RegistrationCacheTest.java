package io.weft.fabric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.fabric.RegistrationCache.Registration;
import io.weft.testing.Allocations;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Over shm, which registers what it is asked to; {@link EfaRanksTest} sends with such registrations
 * over a provider that needs them.
 */
class RegistrationCacheTest {
  private static final EnumSet<Access> ACCESS = EnumSet.of(Access.SEND, Access.RECEIVE);
  private static final int PAGE = 4096;

  private final Arena arena = Arena.ofConfined();
  private final MemorySegment memory = arena.allocate(64 * PAGE, PAGE);
  private Peer peer;

  @BeforeEach
  void open() {
    peer = Peer.open("shm");
  }

  @AfterEach
  void close() {
    peer.close();
    arena.close();
  }

  private RegistrationCache cache(int entries, long bytes) {
    return new RegistrationCache(peer.domain, ACCESS, entries, bytes);
  }

  private MemorySegment pages(int first, int count) {
    return memory.asSlice((long) first * PAGE, (long) count * PAGE);
  }

  private static Registration use(RegistrationCache cache, MemorySegment buffer) {
    Registration used = cache.acquire(buffer);
    used.release();
    return used;
  }

  @Test
  void whatCoversABufferIsFound() {
    RegistrationCache cache = cache(8, Long.MAX_VALUE);
    Registration whole = use(cache, pages(8, 8));
    assertSame(whole, use(cache, pages(8, 8)));
    assertSame(whole, use(cache, pages(9, 3).asSlice(5, 7)));
    assertSame(whole, use(cache, pages(15, 1)));
    Registration before = use(cache, pages(7, 2));
    Registration after = use(cache, pages(15, 2));
    assertNotSame(whole, before);
    assertNotSame(whole, after);
    assertSame(whole, use(cache, pages(9, 6)));
    assertSame(after, use(cache, pages(16, 1)));
    assertEquals(5, cache.hits());
    assertEquals(3, cache.misses());
    assertEquals(12L * PAGE, cache.bytes());
    assertEquals(whole.region().descriptor(), whole.descriptor());
  }

  @Test
  void aLargerBufferTakesThePlaceOfWhatLiesInIt() {
    RegistrationCache cache = cache(8, Long.MAX_VALUE);
    final Registration first = use(cache, pages(2, 1));
    final Registration used = cache.acquire(pages(4, 1));
    final Registration larger = use(cache, pages(0, 8));
    assertEquals(1, cache.entries());
    assertEquals(8L * PAGE, cache.bytes());
    assertFalse(first.region().isOpen());
    assertTrue(used.region().isOpen(), "in use");
    assertSame(larger, use(cache, pages(4, 1)));
    used.release();
    assertFalse(used.region().isOpen());
    assertThrows(IllegalStateException.class, used::release);
  }

  /** Random ranges against a search of all: whatever is found covers, and what covers is found. */
  @Test
  void findsExactlyWhatASearchOfAllFinds() {
    Random random = new Random(4711);
    RegistrationCache cache = cache(1000, Long.MAX_VALUE);
    List<Registration> all = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      int first = random.nextInt(63);
      MemorySegment buffer = pages(first, 1 + random.nextInt(64 - first));
      all.removeIf(each -> !each.region().isOpen());
      boolean covered = all.stream().anyMatch(each -> covers(each.region().memory(), buffer));
      long before = cache.hits();
      Registration found = use(cache, buffer);
      assertTrue(covers(found.region().memory(), buffer), "range " + i);
      assertEquals(covered ? before + 1 : before, cache.hits(), "range " + i);
      all.add(found);
      if (i % 100 == 99) {
        assertEquals(cache.entries(), cache.invalidate(memory.address(), memory.byteSize()));
      }
    }
    assertEquals(0, cache.bytes());
    assertTrue(cache.hits() > 1000, cache::toString);
    assertTrue(cache.misses() > 200, cache::toString);
  }

  private static boolean covers(MemorySegment outer, MemorySegment inner) {
    return outer.address() <= inner.address()
        && inner.address() + inner.byteSize() <= outer.address() + outer.byteSize();
  }

  @Test
  void memoryGivenOutAgainIsRegisteredAnew() {
    RegistrationCache cache = cache(8, Long.MAX_VALUE);
    Registration old;
    try (Arena first = Arena.ofConfined()) {
      old = use(cache, under(first, 3));
    }
    try (Arena second = Arena.ofConfined()) {
      Registration found = use(cache, under(second, 3));
      assertNotSame(old, found);
      assertFalse(old.region().isOpen());
      assertTrue(found.region().isOpen());
      assertSame(found, use(cache, under(second, 3)));
      assertEquals(2, cache.misses());
      assertEquals(1, cache.entries());
    }
    assertEquals(1, cache.sweep());
    assertEquals(0, cache.sweep());
    assertEquals(0, cache.bytes());
  }

  /** What {@code malloc} gives a later arena once an earlier one has freed it. */
  @Test
  void memoryThatTheAllocatorGivesOutAgainIsRegisteredAnew() {
    RegistrationCache cache = cache(8, Long.MAX_VALUE);
    int again = 0;
    long address = 0;
    Registration old = null;
    for (int i = 0; i < 1000 && again < 10; i++) {
      try (Arena own = Arena.ofConfined()) {
        MemorySegment buffer = own.allocate(1 << 20);
        Registration found = use(cache, buffer);
        assertNotSame(old, found);
        assertEquals(buffer.address(), found.region().memory().address());
        assertEquals(1, cache.entries(), "the earlier one is gone");
        again += buffer.address() == address ? 1 : 0;
        address = buffer.address();
        old = found;
      }
    }
    assertEquals(0, cache.hits());
    assertEquals(10, again, "the same address came again");
  }

  @SuppressWarnings("restricted") // two arenas in turn own one address, whatever malloc does
  private MemorySegment under(Arena owner, int page) {
    return MemorySegment.ofAddress(pages(page, 1).address()).reinterpret(PAGE, owner, null);
  }

  @Test
  void aClosedArenaIsNeverServed() {
    RegistrationCache cache = cache(8, Long.MAX_VALUE);
    Arena own = Arena.ofConfined();
    MemorySegment buffer = under(own, 3);
    Registration used = cache.acquire(buffer);
    own.close();
    assertThrows(IllegalStateException.class, () -> cache.acquire(buffer));
    assertEquals(0, cache.entries());
    assertTrue(used.region().isOpen(), "in use");
    used.release();
    assertFalse(used.region().isOpen());
  }

  @Test
  void aliveMemoryUnderTwoScopesIsRegisteredForEach() {
    RegistrationCache cache = cache(8, Long.MAX_VALUE);
    try (Arena own = Arena.ofConfined()) {
      Registration mine = use(cache, pages(2, 4));
      Registration theirs = use(cache, under(own, 3));
      assertNotSame(mine, theirs);
      assertSame(theirs, use(cache, under(own, 3)));
      assertEquals(1, cache.entries(), "none lies within another");
    }
  }

  @Test
  void whatIsInvalidatedIsRegisteredAnew() {
    RegistrationCache cache = cache(8, Long.MAX_VALUE);
    Registration left = use(cache, pages(0, 2));
    Registration right = use(cache, pages(2, 2));
    assertEquals(0, cache.invalidate(memory.address() + 4 * PAGE, 10));
    assertEquals(0, cache.invalidate(memory.address(), 0));
    assertEquals(1, cache.invalidate(memory.address() + 4 * PAGE - 1, 1));
    assertFalse(right.region().isOpen());
    assertSame(left, use(cache, pages(1, 1)));
    assertNotSame(right, use(cache, pages(2, 2)));
    assertEquals(2, cache.invalidate(memory.address() + 2 * PAGE - 1, 2));
    assertEquals(0, cache.bytes());
    assertThrows(IllegalArgumentException.class, () -> cache.invalidate(memory.address(), -1));
  }

  @Test
  void theLeastRecentlyUsedGoesFirstAndNoneInUse() {
    RegistrationCache cache = cache(3, Long.MAX_VALUE);
    Registration first = cache.acquire(pages(0, 1));
    Registration second = use(cache, pages(2, 1));
    Registration third = use(cache, pages(4, 1));
    assertSame(second, use(cache, pages(2, 1)));
    final Registration fourth = use(cache, pages(6, 1));
    assertFalse(third.region().isOpen());
    assertTrue(second.region().isOpen());
    use(cache, pages(8, 1));
    assertFalse(second.region().isOpen());
    assertTrue(fourth.region().isOpen());
    assertTrue(first.region().isOpen(), "in use");
    assertEquals(2, cache.evictions());
    assertEquals(3, cache.entries());
    first.release();
    use(cache, pages(10, 1));
    assertFalse(first.region().isOpen());
  }

  @Test
  void whatIsInUseMayExceedTheLimits() {
    RegistrationCache cache = cache(2, 3 * PAGE);
    List<Registration> used = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      used.add(cache.acquire(pages(2 * i, 1)));
    }
    assertEquals(5, cache.entries());
    assertEquals(0, cache.evictions());
    used.forEach(Registration::release);
    use(cache, pages(20, 2));
    assertEquals(2, cache.entries());
    assertEquals(3L * PAGE, cache.bytes());
    Registration larger = use(cache, pages(30, 9));
    assertEquals(1, cache.entries());
    assertTrue(larger.region().isOpen());
    use(cache, pages(40, 1));
    assertFalse(larger.region().isOpen());
    assertEquals(PAGE, cache.bytes());
  }

  @Test
  void aHitAllocatesNothing() {
    RegistrationCache cache = cache(64, Long.MAX_VALUE);
    MemorySegment[] buffers = new MemorySegment[32];
    for (int i = 0; i < buffers.length; i++) {
      buffers[i] = pages(2 * i, 1);
      use(cache, buffers[i]);
    }
    Runnable same = () -> use(cache, buffers[7]);
    int[] next = new int[1];
    Runnable others = () -> use(cache, buffers[next[0]++ & 31]);
    assertEquals(0, leastAllocated(same));
    assertEquals(0, leastAllocated(others));
    assertEquals(32, cache.misses());
  }

  /** The least over some tries: compilation may allocate on this thread, an operation always. */
  private static long leastAllocated(Runnable body) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 10 && least > 0; i++) {
      least = Math.min(least, Allocations.total(20_000, 2_000, body));
    }
    return least;
  }

  @Test
  void badUseIsAnException() throws InterruptedException {
    RegistrationCache cache = cache(2, PAGE);
    Registration used = cache.acquire(pages(0, 1));
    MemorySegment heap = MemorySegment.ofArray(new byte[8]);
    assertThrows(IllegalArgumentException.class, () -> cache.acquire(heap));
    assertThrows(IllegalArgumentException.class, () -> cache.acquire(memory.asSlice(3, 0)));
    MemorySegment constant = pages(5, 1).asReadOnly();
    assertThrows(IllegalArgumentException.class, () -> cache.acquire(constant));
    assertThrows(IllegalArgumentException.class, () -> cache(0, PAGE));
    assertThrows(IllegalArgumentException.class, () -> cache(1, -1));
    Throwable[] thrown = new Throwable[2];
    Thread other =
        Thread.startVirtualThread(
            () -> {
              thrown[0] = assertThrows(RuntimeException.class, () -> cache.acquire(pages(0, 1)));
              thrown[1] = assertThrows(RuntimeException.class, cache::close);
            });
    other.join();
    assertEquals(WrongThreadException.class, thrown[0].getClass());
    assertEquals(WrongThreadException.class, thrown[1].getClass());
    cache.close();
    cache.close();
    assertTrue(used.region().isOpen(), "in use");
    used.release();
    assertFalse(used.region().isOpen());
    assertThrows(IllegalStateException.class, () -> cache.acquire(pages(0, 1)));
    assertThrows(IllegalStateException.class, cache::sweep);
    RegistrationCache orphan = cache(2, PAGE);
    use(orphan, pages(0, 1));
    peer.fabric.close();
    assertThrows(IllegalStateException.class, () -> orphan.acquire(pages(0, 1)));
    orphan.close();
  }
}
