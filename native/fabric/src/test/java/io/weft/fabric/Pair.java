package io.weft.fabric;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Two peers that know each other, with buffers. */
final class Pair implements AutoCloseable {
  private static final long BUFFER_BYTES = 1 << 20;

  final Arena arena = Arena.ofConfined();
  final MemorySegment leftBuffer = arena.allocate(BUFFER_BYTES, 4096);
  final MemorySegment rightBuffer = arena.allocate(BUFFER_BYTES, 4096);
  final Peer left;
  final Peer right;
  final long toRight;
  final long toLeft;
  final long leftSend;
  final long leftReceive;
  final long rightSend;
  final long rightReceive;

  private Pair(Peer left, Peer right) {
    this.left = left;
    this.right = right;
    toRight = left.addresses.insert(right.endpoint.name());
    toLeft = right.addresses.insert(left.endpoint.name());
    leftSend = left.contexts.add();
    leftReceive = left.contexts.add();
    rightSend = right.contexts.add();
    rightReceive = right.contexts.add();
  }

  static Pair open(String provider, Capability... capabilities) {
    return of(Peer.open(provider, capabilities), Peer.open(provider, capabilities));
  }

  static Pair of(Peer left, Peer right) {
    return new Pair(left, right);
  }

  /** Sends from left to right; returns what arrived. */
  byte[] sendRight(byte[] message, long tag) {
    write(message, leftBuffer);
    right.receive(rightBuffer, message.length, tag, rightReceive);
    left.send(right, leftBuffer, message.length, toRight, tag, leftSend);
    Peer.awaitBoth(left, right);
    return read(rightBuffer, message.length);
  }

  /** Sends from right to left; returns what arrived. */
  byte[] sendLeft(byte[] message, long tag) {
    write(message, rightBuffer);
    left.receive(leftBuffer, message.length, tag, leftReceive);
    right.send(left, rightBuffer, message.length, toLeft, tag, rightSend);
    Peer.awaitBoth(right, left);
    return read(leftBuffer, message.length);
  }

  private static void write(byte[] bytes, MemorySegment to) {
    MemorySegment.copy(bytes, 0, to, ValueLayout.JAVA_BYTE, 0, bytes.length);
  }

  private static byte[] read(MemorySegment from, int length) {
    return from.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
  }

  @Override
  public void close() {
    left.close();
    right.close();
    arena.close();
  }
}
