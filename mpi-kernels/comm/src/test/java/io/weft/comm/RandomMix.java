package io.weft.comm;

import static io.weft.comm.PointToPointContract.assertStatus;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One round of messages that every rank draws from the same seed. Sends never block and go on while
 * a receive waits, so no choice of receives can come to a standstill.
 */
final class RandomMix {
  private static final int TAGS = 4;
  private static final int LONGEST = 300_000;

  private record Message(int id, int source, int destination, int tag, long lengthBytes) {}

  private final Communicator comm;
  private final long seed;
  private final List<Message> toSend = new ArrayList<>();
  private final List<Message> toReceive = new ArrayList<>();
  private final Random choices;
  private final ReceiveStatus status = new ReceiveStatus();
  private int wantedSource;
  private int wantedTag;

  RandomMix(Communicator comm, long seed, int messages) {
    this.comm = comm;
    this.seed = seed;
    Random plan = new Random(seed);
    for (int id = 0; id < messages; id++) {
      Message message =
          new Message(
              id,
              plan.nextInt(comm.size()),
              plan.nextInt(comm.size()),
              plan.nextInt(TAGS),
              length(plan));
      if (message.source() == comm.rank()) {
        toSend.add(message);
      }
      if (message.destination() == comm.rank()) {
        toReceive.add(message);
      }
    }
    choices = new Random(seed + 1 + comm.rank());
  }

  private static long length(Random plan) {
    int kind = plan.nextInt(100);
    int bound = kind < 50 ? 200 : kind < 90 ? 9_000 : kind < 98 ? 70_000 : LONGEST;
    return plan.nextInt(bound + 1);
  }

  void run() {
    try (Arena arena = Arena.ofConfined()) {
      Region in = Region.of(arena, 16, LONGEST);
      Request receive = comm.newRequest();
      List<Request> sends = new ArrayList<>();
      int sent = 0;
      while (sent < toSend.size() || !toReceive.isEmpty()) {
        if (sent < toSend.size() && choices.nextInt(3) != 0) {
          sends.add(send(arena, toSend.get(sent++)));
        }
        if (toReceive.isEmpty()) {
          continue;
        }
        if (!receive.isActive()) {
          start(in, receive);
        }
        // Without sends left there is nothing else to do but wait.
        if (sent == toSend.size()) {
          receive.await(status);
          settle(in);
        } else if (receive.test(status)) {
          settle(in);
        }
      }
      sends.forEach(Request::await);
    }
  }

  private Request send(Arena arena, Message message) {
    Region out = Region.of(arena, message.id() % 9, message.lengthBytes());
    out.fill(seed + message.id());
    Request request = comm.newRequest();
    comm.isend(
        out.segment(), out.offset(), out.length(), message.destination(), message.tag(), request);
    return request;
  }

  /** Posts a receive that some message of the plan meets. */
  private void start(Region in, Request receive) {
    Message some = toReceive.get(choices.nextInt(toReceive.size()));
    wantedSource = choices.nextBoolean() ? some.source() : Communicator.ANY_SOURCE;
    wantedTag = choices.nextBoolean() ? some.tag() : Communicator.ANY_TAG;
    comm.irecv(in.segment(), in.offset(), in.length(), wantedSource, wantedTag, receive);
  }

  /** Of one source, the first message that fits must be the one that came. */
  private void settle(Region in) {
    for (Message message : toReceive) {
      if (message.source() == status.source()
          && (wantedTag == Communicator.ANY_TAG || wantedTag == message.tag())) {
        String what = "message " + message + " for source " + wantedSource + ", tag " + wantedTag;
        if (wantedSource != Communicator.ANY_SOURCE) {
          assertStatus(wantedSource, message.tag(), message.lengthBytes(), status);
        }
        assertStatus(message.source(), message.tag(), message.lengthBytes(), status);
        Bytes.check(in.segment(), in.offset(), message.lengthBytes(), seed + message.id(), what);
        in.checkAround(what);
        toReceive.remove(message);
        return;
      }
    }
    throw new AssertionError(
        "a message from rank " + status.source() + " with tag " + status.tag() + " too many");
  }
}
