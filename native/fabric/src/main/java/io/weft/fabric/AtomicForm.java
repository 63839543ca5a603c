package io.weft.fabric;

import io.weft.fabric.ffm.AtomicOperations;
import io.weft.fabric.ffm.Operation;

/** The three kinds of atomic operations, fi_atomic(3). A provider has its own list for each. */
public enum AtomicForm {
  /** Changes the target: {@link Atomics#apply} and {@link Atomics#inject}. */
  APPLY(AtomicOperations.FI_ATOMICVALID),

  /** Changes the target and returns what was there: {@link Atomics#fetch}. */
  FETCH(AtomicOperations.FI_FETCH_ATOMICVALID),

  /** Compares first: {@link Atomics#compare}. */
  COMPARE(AtomicOperations.FI_COMPARE_ATOMICVALID);

  private final Operation query;

  AtomicForm(Operation query) {
    this.query = query;
  }

  Operation query() {
    return query;
  }
}
