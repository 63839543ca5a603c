package io.weft.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a machine offers. */
class NodeTest {
  @Test
  @DisplayName("this machine: no more cores than processors, less free memory than memory")
  void thisMachine() {
    Node before = Node.beforeStart();
    Node shared = Node.sharedWithRanks();
    assertEquals(Runtime.getRuntime().availableProcessors(), before.processors());
    for (Node node : new Node[] {before, shared}) {
      assertTrue(1 <= node.cores() && node.cores() <= node.processors(), node::toString);
    }
    assertTrue(before.memoryBytes() <= shared.memoryBytes(), () -> before + " of " + shared);
    assertTrue(shared.processors() >= before.processors(), () -> before + " of " + shared);
  }
}
