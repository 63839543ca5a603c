package io.weft.comm.fabric;

/** Something that is posted to the provider under a context of its own, again and again. */
abstract class Operation {
  /** Lent to the provider while this is posted; 0 while it has none. */
  long context;

  /** Neighbours in the one {@link OperationList} that this may be in. */
  Operation next;

  Operation previous;

  Operation(long context) {
    this.context = context;
  }
}
