package io.weft.fabric;

import io.weft.fabric.ffm.AtomicOperations;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * How many elements an endpoint's provider takes at once, for each form, type and operation: asked
 * once, because providers do not all look at what they are given later. Immutable.
 */
final class AtomicLimits {
  private static final int TYPES = AtomicType.values().length;
  private static final int OPERATIONS = AtomicOperation.values().length;

  private final String provider;
  private final long[] counts = new long[AtomicForm.values().length * TYPES * OPERATIONS];

  AtomicLimits(String provider, long endpoint) {
    this.provider = provider;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment count = arena.allocate(ValueLayout.JAVA_LONG);
      for (AtomicForm form : AtomicForm.values()) {
        for (AtomicType type : AtomicType.values()) {
          for (AtomicOperation operation : AtomicOperation.values()) {
            count.set(ValueLayout.JAVA_LONG, 0, 0);
            int code =
                AtomicOperations.valid(
                    form.query(), endpoint, type.value(), operation.value(), count.address());
            long elements = count.get(ValueLayout.JAVA_LONG, 0);
            counts[index(form, type, operation)] =
                code == 0 ? elements < 0 ? Long.MAX_VALUE : elements : 0;
          }
        }
      }
    }
  }

  private static int index(AtomicForm form, AtomicType type, AtomicOperation operation) {
    return (form.ordinal() * TYPES + type.ordinal()) * OPERATIONS + operation.ordinal();
  }

  long most(AtomicForm form, AtomicType type, AtomicOperation operation) {
    return counts[index(form, type, operation)];
  }

  /** Fails if the provider has no operation at all, whatever its capabilities say. */
  void checkAny() {
    if (Arrays.stream(counts).allMatch(each -> each == 0)) {
      throw new UnsupportedOperationException(
          "provider "
              + provider
              + " reports FI_ATOMIC and has no atomic operation on int, long, float or double");
    }
  }

  void check(AtomicForm form, AtomicType type, AtomicOperation operation, long count) {
    long most = most(form, type, operation);
    if (count < 1 || count > most) {
      refuse(form, type, operation, count, most);
    }
  }

  private void refuse(
      AtomicForm form, AtomicType type, AtomicOperation operation, long count, long most) {
    String what = form + " of " + operation + " on " + type;
    if (most == 0) {
      throw new UnsupportedOperationException(
          "provider " + provider + " offers no atomic " + what + " (fi_atomicvalid)");
    }
    throw new IllegalArgumentException(
        what + " of " + count + " elements: provider " + provider + " takes 1 to " + most);
  }
}
