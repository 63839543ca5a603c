package io.weft.fabric;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** What fi_atomic(3) says that becomes of an element, written down from the manual page. */
final class AtomicModel {
  private AtomicModel() {}

  /** Of integers; {@code bits} is 32 or 64, and values fit. */
  static long of(AtomicOperation operation, long target, long operand, long comparand, int bits) {
    long result =
        switch (operation) {
          case MIN -> Math.min(target, operand);
          case MAX -> Math.max(target, operand);
          case SUM -> target + operand;
          case PRODUCT -> target * operand;
          case LOGICAL_OR -> target != 0 || operand != 0 ? 1 : 0;
          case LOGICAL_AND -> target != 0 && operand != 0 ? 1 : 0;
          case LOGICAL_XOR -> target != 0 ^ operand != 0 ? 1 : 0;
          case BIT_OR -> target | operand;
          case BIT_AND -> target & operand;
          case BIT_XOR -> target ^ operand;
          case READ -> target;
          case WRITE -> operand;
          case SWAP_MASKED -> operand & comparand | target & ~comparand;
          default -> swaps(operation, Long.compare(comparand, target)) ? operand : target;
        };
    return bits == 32 ? (int) result : result;
  }

  /** Of floating point. */
  static double of(AtomicOperation operation, double target, double operand, double comparand) {
    return switch (operation) {
      case MIN -> Math.min(target, operand);
      case MAX -> Math.max(target, operand);
      case SUM -> target + operand;
      case PRODUCT -> target * operand;
      case LOGICAL_OR -> target != 0 || operand != 0 ? 1 : 0;
      case LOGICAL_AND -> target != 0 && operand != 0 ? 1 : 0;
      case LOGICAL_XOR -> target != 0 ^ operand != 0 ? 1 : 0;
      case READ -> target;
      case WRITE -> operand;
      default -> swaps(operation, Double.compare(comparand, target)) ? operand : target;
    };
  }

  private static boolean swaps(AtomicOperation operation, int comparison) {
    return switch (operation) {
      case SWAP_IF_EQUAL -> comparison == 0;
      case SWAP_IF_NOT_EQUAL -> comparison != 0;
      case SWAP_IF_LESS_OR_EQUAL -> comparison <= 0;
      case SWAP_IF_LESS -> comparison < 0;
      case SWAP_IF_GREATER_OR_EQUAL -> comparison >= 0;
      case SWAP_IF_GREATER -> comparison > 0;
      default -> throw new IllegalArgumentException(operation + " is not modelled");
    };
  }

  /** Reads or writes an element as a number. */
  static double get(MemorySegment from, AtomicType type, int i) {
    return switch (type) {
      case INT -> from.getAtIndex(ValueLayout.JAVA_INT, i);
      case LONG -> from.getAtIndex(ValueLayout.JAVA_LONG, i);
      case FLOAT -> from.getAtIndex(ValueLayout.JAVA_FLOAT, i);
      case DOUBLE -> from.getAtIndex(ValueLayout.JAVA_DOUBLE, i);
    };
  }

  static void set(MemorySegment to, AtomicType type, int i, double value) {
    switch (type) {
      case INT -> to.setAtIndex(ValueLayout.JAVA_INT, i, (int) value);
      case LONG -> to.setAtIndex(ValueLayout.JAVA_LONG, i, (long) value);
      case FLOAT -> to.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) value);
      case DOUBLE -> to.setAtIndex(ValueLayout.JAVA_DOUBLE, i, value);
    }
  }

  /** The element afterwards; exact for the small whole numbers of the tests. */
  static double of(
      AtomicType type, AtomicOperation operation, double target, double operand, double comparand) {
    return switch (type) {
      case INT -> of(operation, (long) target, (long) operand, (long) comparand, 32);
      case LONG -> of(operation, (long) target, (long) operand, (long) comparand, 64);
      case FLOAT, DOUBLE -> of(operation, target, operand, comparand);
    };
  }
}
