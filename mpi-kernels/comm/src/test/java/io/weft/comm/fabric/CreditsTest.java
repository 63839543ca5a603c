package io.weft.comm.fabric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** What may be sent without being asked for. */
class CreditsTest {
  private static final long WINDOW = 8 << 20;

  private final Credits sender = new Credits(2);
  private final Credits receiver = new Credits(2);

  @Test
  void aWindowOfEachRankIsLent() {
    assertEquals(WINDOW, Credits.window(2));
    long message = (1 << 20) - Envelope.BYTES;
    for (int i = 0; i < 8; i++) {
      assertTrue(sender.admit(1, message));
    }
    assertFalse(sender.admit(1, 1), "the window is full");
    assertTrue(sender.admit(1, 0), "a message of no bytes has nothing to wait for");
    assertTrue(sender.admit(0, message), "another rank's is not");
  }

  @Test
  void shortMessagesCountForTheMemoryThatTheyTake() {
    for (int i = 0; i < WINDOW / SlotPool.SHORTEST; i++) {
      assertTrue(sender.admit(1, i % 8));
    }
    assertFalse(sender.admit(1, 1));
  }

  @Test
  void whatReceivesTakeIsGivenBackByQuarters() {
    long quarter = WINDOW / 4;
    for (int i = 0; i < 8; i++) {
      assertTrue(sender.admit(1, (1 << 20) - Envelope.BYTES));
    }
    receiver.taken(0, (1 << 20) - Envelope.BYTES);
    assertFalse(receiver.isAnyDue());
    receiver.taken(0, (1 << 20) - Envelope.BYTES);
    assertTrue(receiver.isAnyDue());
    assertEquals(quarter, receiver.due(0));
    assertEquals(0, receiver.due(1));
    receiver.taken(0, 0); // Before there was room to say so.
    assertEquals(quarter + SlotPool.SHORTEST, receiver.due(0));
    sender.returned(1, receiver.due(0));
    receiver.told(0);
    assertFalse(receiver.isAnyDue());
    assertEquals(0, receiver.due(0));
    assertTrue(sender.admit(1, quarter - Envelope.BYTES));
  }

  @Test
  void theWindowShrinksWithTheNumberOfRanks() {
    assertEquals(2 << 20, Credits.window(256));
    assertEquals(64 << 10, Credits.window(1 << 20));
  }
}
