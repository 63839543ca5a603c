package io.weft.fabric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every format of completion queue tells what it should, of several entries at once. */
class CompletionFormatTest {
  private static final int MESSAGES = 3;

  @ParameterizedTest
  @MethodSource("io.weft.fabric.Peer#providers")
  void everyFormatTellsItsPart(String provider) {
    for (CompletionFormat format : CompletionFormat.values()) {
      try (Discovery discovery = Fabric.discover(Peer.hints(provider));
          Fabric fabric = Fabric.open(discovery.first());
          Peer left = Peer.open(provider);
          OperationContexts own = new OperationContexts();
          Arena arena = Arena.ofConfined()) {
        MemorySegment buffer = arena.allocate(1024, 64);
        Domain domain = fabric.openDomain(discovery.first());
        CompletionQueue queue = domain.openCompletionQueue(0, format);
        AddressVector addresses = domain.openAddressVector(2);
        Endpoint other = domain.openEndpoint(discovery.first(), addresses, queue);
        addresses.insert(left.endpoint.name());
        long to = left.addresses.insert(other.name());
        long[] contexts = new long[MESSAGES];
        for (int i = 0; i < MESSAGES; i++) {
          contexts[i] = own.add();
          int tag = i;
          Peer.until(() -> other.receive(buffer, tag * 64L, 64, 0, tag, 0, contexts[tag]));
        }
        for (int i = 0; i < MESSAGES; i++) {
          int tag = i;
          Peer.until(
              () -> {
                left.completions.read();
                return left.endpoint.inject(buffer, 512, 10L + tag, to, tag) || queue.read() > 0;
              });
        }
        int[] found = new int[1];
        while (found[0] < MESSAGES) {
          int[] count = new int[1];
          Peer.until(
              () -> {
                left.completions.read();
                count[0] = queue.read();
                return count[0] != 0;
              });
          assertTrue(count[0] > 0, provider + " " + format);
          for (int i = 0; i < count[0]; i++) {
            check(queue, format, i, contexts, found[0]++);
          }
        }
      }
    }
  }

  private static void check(
      CompletionQueue queue, CompletionFormat format, int i, long[] contexts, int message) {
    assertEquals(contexts[message], queue.context(i), format.toString());
    if (format == CompletionFormat.CONTEXT) {
      assertThrows(UnsupportedOperationException.class, () -> queue.isReceive(i));
      assertThrows(UnsupportedOperationException.class, () -> queue.lengthBytes(i));
    } else {
      assertTrue(queue.isReceive(i), format.toString());
      assertEquals(10 + message, queue.lengthBytes(i), format.toString());
    }
    if (format == CompletionFormat.TAGGED) {
      assertEquals(message, queue.tag(i));
    } else {
      UnsupportedOperationException untold =
          assertThrows(UnsupportedOperationException.class, () -> queue.tag(i));
      assertTrue(untold.getMessage().contains(format.toString()), untold.getMessage());
    }
    if (format == CompletionFormat.CONTEXT || format == CompletionFormat.MESSAGE) {
      assertThrows(UnsupportedOperationException.class, () -> queue.data(i));
    }
  }
}
