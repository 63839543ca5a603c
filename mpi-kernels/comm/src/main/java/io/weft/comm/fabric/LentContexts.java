package io.weft.comm.fabric;

import io.weft.fabric.OperationContexts;
import java.util.Arrays;

/**
 * The contexts of a provider's operations and whose each is. A slot keeps its own; a request has
 * one only while something of it is under way. Allocates only where it grows.
 */
final class LentContexts implements AutoCloseable {
  private final OperationContexts contexts = new OperationContexts();
  private Operation[] operations = new Operation[64];
  private long[] free = new long[64];
  private int freeCount;

  /** Makes a context that is nobody's yet. */
  long add() {
    return contexts.add();
  }

  /** Remembers whose a context is. */
  <T extends Operation> T keep(T operation) {
    int index = OperationContexts.index(operation.context);
    if (index == operations.length) {
      operations = Arrays.copyOf(operations, 2 * index);
    }
    operations[index] = operation;
    return operation;
  }

  /** Lends a request a context for what is about to be posted, if it has none. */
  void lend(FabricRequest r) {
    if (r.context == 0) {
      r.context = freeCount == 0 ? add() : free[--freeCount];
      keep(r);
    }
  }

  /** Takes back what was lent to a request, if anything was. */
  void takeBack(FabricRequest r) {
    if (r.context != 0) {
      operations[OperationContexts.index(r.context)] = null;
      if (freeCount == free.length) {
        free = Arrays.copyOf(free, 2 * freeCount);
      }
      free[freeCount++] = r.context;
      r.context = 0;
    }
  }

  /** Whose a context is. */
  Operation operation(long context) {
    return operations[OperationContexts.index(context)];
  }

  @Override
  public void close() {
    contexts.close();
  }
}
