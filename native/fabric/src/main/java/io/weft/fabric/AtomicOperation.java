package io.weft.fabric;

import io.weft.fabric.ffm.Constants;

/** What becomes of each element of the target, given an operand for each; fi_atomic(3). */
public enum AtomicOperation {
  /** The lesser of both. */
  MIN(Constants.FI_MIN),

  /** The greater of both. */
  MAX(Constants.FI_MAX),

  /** The sum of both. */
  SUM(Constants.FI_SUM),

  /** The product of both. */
  PRODUCT(Constants.FI_PROD),

  /** 1 if either is not 0, else 0. */
  LOGICAL_OR(Constants.FI_LOR),

  /** 1 if both are not 0, else 0. */
  LOGICAL_AND(Constants.FI_LAND),

  /** The bits of either; integers only. */
  BIT_OR(Constants.FI_BOR),

  /** The bits of both; integers only. */
  BIT_AND(Constants.FI_BAND),

  /** 1 if exactly one is not 0, else 0. */
  LOGICAL_XOR(Constants.FI_LXOR),

  /** The bits of exactly one; integers only. */
  BIT_XOR(Constants.FI_BXOR),

  /** Leaves the target as it is; only for {@link Atomics#fetch}, which ignores the operand. */
  READ(Constants.FI_ATOMIC_READ),

  /** The operand; with {@link Atomics#fetch} a swap. */
  WRITE(Constants.FI_ATOMIC_WRITE),

  /** The operand if the comparand equals the target; only for {@link Atomics#compare}. */
  SWAP_IF_EQUAL(Constants.FI_CSWAP),

  /** The operand if the comparand differs from the target; only for {@link Atomics#compare}. */
  SWAP_IF_NOT_EQUAL(Constants.FI_CSWAP_NE),

  /** The operand if the comparand is at most the target; only for {@link Atomics#compare}. */
  SWAP_IF_LESS_OR_EQUAL(Constants.FI_CSWAP_LE),

  /** The operand if the comparand is less than the target; only for {@link Atomics#compare}. */
  SWAP_IF_LESS(Constants.FI_CSWAP_LT),

  /** The operand if the comparand is at least the target; only for {@link Atomics#compare}. */
  SWAP_IF_GREATER_OR_EQUAL(Constants.FI_CSWAP_GE),

  /** The operand if the comparand is greater than the target; only for {@link Atomics#compare}. */
  SWAP_IF_GREATER(Constants.FI_CSWAP_GT),

  /**
   * The operand in the bits that are set in the comparand, the target in the others; only for
   * {@link Atomics#compare}, integers only.
   */
  SWAP_MASKED(Constants.FI_MSWAP);

  private final int value;

  AtomicOperation(int value) {
    this.value = value;
  }

  int value() {
    return value;
  }
}
