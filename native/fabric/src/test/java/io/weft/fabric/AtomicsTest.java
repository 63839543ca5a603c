package io.weft.fabric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each operation on each type that a provider has, against what the manual page says. */
class AtomicsTest {
  private static final String PROVIDERS = "io.weft.fabric.Peer#atomicProviders";
  private static final Set<Access> ALL = EnumSet.allOf(Access.class);

  /** Pairs that tell all operations apart: target, operand, comparand. */
  private static final double[][] CASES = {
    {5, 3, 5}, {3, 5, 3}, {-7, 2, -8}, {6, 0, 7}, {0, 0, 12}, {0, 9, -1}, {12, 10, 12}, {-1, -1, 6}
  };

  private static final int COUNT = CASES.length;

  /** Local and remote memory of one operation. */
  private static final class Setting implements AutoCloseable {
    final Pair pair;
    final Operand operand;
    final Operand comparand;
    final Operand before;
    final RemoteRegion remote;
    final Atomics atomics;

    Setting(String provider) {
      pair = Pair.open(provider, Capability.RMA, Capability.ATOMICS);
      remote = pair.right.domain.register(pair.rightBuffer, ALL).remote();
      operand = operand(0);
      comparand = operand(4096);
      before = operand(8192);
      atomics = pair.left.endpoint.atomics();
    }

    private Operand operand(long offset) {
      MemorySegment memory = pair.leftBuffer.asSlice(offset, 4096);
      MemoryRegion region = pair.left.domain.register(memory, ALL);
      return new Operand(memory, region.descriptor());
    }

    void fill(AtomicType type) {
      for (int i = 0; i < COUNT; i++) {
        AtomicModel.set(pair.rightBuffer, type, i, CASES[i][0]);
        AtomicModel.set(operand.memory(), type, i, CASES[i][1]);
        AtomicModel.set(comparand.memory(), type, i, CASES[i][2]);
        AtomicModel.set(before.memory(), type, i, 4711);
      }
      AtomicModel.set(pair.rightBuffer, type, COUNT, 4711);
      AtomicModel.set(before.memory(), type, COUNT, 4711);
    }

    void check(AtomicForm form, AtomicType type, AtomicOperation operation) {
      String what = pair.left.info.provider() + " " + form + " " + operation + " " + type;
      awaitTarget(type, operation, what);
      for (int i = 0; i < COUNT; i++) {
        double wanted = form == AtomicForm.APPLY ? 4711 : CASES[i][0];
        assertEquals(wanted, AtomicModel.get(before.memory(), type, i), what + " before " + i);
      }
      assertEquals(4711, AtomicModel.get(pair.rightBuffer, type, COUNT), what);
      assertEquals(4711, AtomicModel.get(before.memory(), type, COUNT), what);
    }

    /** What returns nothing may be complete before it is done. */
    private void awaitTarget(AtomicType type, AtomicOperation operation, String what) {
      for (int i = 0; i < COUNT; i++) {
        double[] each = CASES[i];
        double wanted = AtomicModel.of(type, operation, each[0], each[1], each[2]);
        int index = i;
        try {
          Peer.until(
              () -> {
                pair.right.completions.read();
                pair.left.completions.read();
                return AtomicModel.get(pair.rightBuffer, type, index) == wanted;
              });
        } catch (IllegalStateException late) {
          assertEquals(wanted, AtomicModel.get(pair.rightBuffer, type, i), what + " " + i);
        }
      }
    }

    void run(BooleanSupplier operation) {
      Peer.until(
          () -> {
            boolean posted = operation.getAsBoolean();
            pair.right.completions.read();
            return posted;
          });
      int[] found = new int[1];
      Peer.until(
          () -> {
            pair.right.completions.read();
            found[0] = pair.left.completions.read();
            return found[0] != 0;
          });
      if (found[0] == CompletionQueue.FAILED) {
        throw new IllegalStateException(pair.left.completions.readError().toString());
      }
      assertEquals(1, found[0]);
      assertEquals(pair.leftSend, pair.left.completions.context(0));
    }

    @Override
    public void close() {
      pair.close();
    }
  }

  @ParameterizedTest
  @MethodSource(PROVIDERS)
  void everyOperationDoesWhatTheManualPageSays(String provider) {
    try (Setting s = new Setting(provider)) {
      int tried = 0;
      for (AtomicForm form : AtomicForm.values()) {
        for (AtomicType type : AtomicType.values()) {
          for (AtomicOperation operation : AtomicOperation.values()) {
            if (s.atomics.most(form, type, operation) >= COUNT) {
              s.fill(type);
              s.run(() -> post(s, form, type, operation));
              s.check(form, type, operation);
              tried++;
            }
          }
        }
      }
      System.out.println("[tried] " + tried + " atomic operations over " + provider);
      // Integers and floating point have at least these, of each form.
      for (AtomicType type : AtomicType.values()) {
        assertTrue(s.atomics.most(AtomicForm.APPLY, type, AtomicOperation.SUM) > 0);
        assertTrue(s.atomics.most(AtomicForm.FETCH, type, AtomicOperation.READ) > 0);
        assertTrue(s.atomics.most(AtomicForm.COMPARE, type, AtomicOperation.SWAP_IF_EQUAL) > 0);
      }
      assertEquals(0, s.atomics.most(AtomicForm.APPLY, AtomicType.DOUBLE, AtomicOperation.BIT_OR));
    }
  }

  private static boolean post(
      Setting s, AtomicForm form, AtomicType type, AtomicOperation operation) {
    long to = s.pair.toRight;
    long context = s.pair.leftSend;
    return switch (form) {
      case APPLY -> s.atomics.apply(type, operation, COUNT, s.operand, to, s.remote, 0, context);
      case FETCH ->
          s.atomics.fetch(type, operation, COUNT, s.operand, s.before, to, s.remote, 0, context);
      case COMPARE ->
          s.atomics.compare(
              type, operation, COUNT, s.operand, s.comparand, s.before, to, s.remote, 0, context);
    };
  }

  @ParameterizedTest
  @MethodSource(PROVIDERS)
  void whatIsInjectedIsDoneWithoutCompletion(String provider) {
    try (Setting s = new Setting(provider)) {
      s.fill(AtomicType.LONG);
      int count = Math.min(COUNT, (int) s.pair.left.info.injectBytes() / Long.BYTES);
      assertTrue(count > 0, provider);
      Peer.until(
          () -> {
            s.pair.right.completions.read();
            assertEquals(0, s.pair.left.completions.read());
            return s.atomics.inject(
                AtomicType.LONG,
                AtomicOperation.SUM,
                count,
                s.operand,
                s.pair.toRight,
                s.remote,
                0);
          });
      s.operand.memory().fill((byte) 0);
      for (int i = 0; i < count; i++) {
        int index = i;
        long wanted = (long) (CASES[i][0] + CASES[i][1]);
        Peer.until(
            () -> {
              assertEquals(0, s.pair.left.completions.read());
              s.pair.right.completions.read();
              return s.pair.rightBuffer.getAtIndex(ValueLayout.JAVA_LONG, index) == wanted;
            });
      }
    }
  }

  @ParameterizedTest
  @MethodSource(PROVIDERS)
  void whatTheProviderHasNotIsAnException(String provider) {
    try (Setting s = new Setting(provider)) {
      long to = s.pair.toRight;
      long context = s.pair.leftSend;
      UnsupportedOperationException none =
          assertThrows(
              UnsupportedOperationException.class,
              () ->
                  s.atomics.apply(
                      AtomicType.DOUBLE,
                      AtomicOperation.BIT_XOR,
                      1,
                      s.operand,
                      to,
                      s.remote,
                      0,
                      context));
      assertTrue(none.getMessage().contains(provider), none.getMessage());
      assertTrue(none.getMessage().contains("BIT_XOR"), none.getMessage());
      assertThrows(
          UnsupportedOperationException.class, () -> sum(s, AtomicOperation.SWAP_IF_EQUAL, 1, 0));
      long most = s.atomics.most(AtomicForm.APPLY, AtomicType.LONG, AtomicOperation.SUM);
      assertThrows(IllegalArgumentException.class, () -> sum(s, AtomicOperation.SUM, most + 1, 0));
      assertThrows(IllegalArgumentException.class, () -> sum(s, AtomicOperation.SUM, 0, 0));
      assertThrows(IllegalArgumentException.class, () -> sum(s, AtomicOperation.SUM, 1, 4));
      assertThrows(IndexOutOfBoundsException.class, () -> sum(s, AtomicOperation.SUM, 1, 1 << 20));
      s.pair.left.endpoint.close();
      assertThrows(IllegalStateException.class, () -> sum(s, AtomicOperation.SUM, 1, 0));
    }
  }

  private static boolean sum(Setting s, AtomicOperation operation, long count, long offset) {
    return s.atomics.apply(
        AtomicType.LONG,
        operation,
        count,
        s.operand,
        s.pair.toRight,
        s.remote,
        offset,
        s.pair.leftSend);
  }

  @Test
  void aProviderThatOnlySaysSoIsNamed() {
    for (String provider : Peer.providersWith(Capability.RMA, Capability.ATOMICS)) {
      try (Peer peer = Peer.open(provider, Capability.RMA, Capability.ATOMICS)) {
        peer.endpoint.atomics();
      } catch (UnsupportedOperationException none) {
        assertTrue(none.getMessage().contains("provider " + provider), none.getMessage());
      }
    }
  }

  @Test
  void withoutTheCapabilityThereIsAnException() {
    try (Peer peer = Peer.open("shm", Capability.RMA)) {
      UnsupportedOperationException missing =
          assertThrows(UnsupportedOperationException.class, peer.endpoint::atomics);
      assertTrue(missing.getMessage().contains("FI_ATOMIC"), missing.getMessage());
    }
  }
}
