package io.weft.comm;

import io.weft.comm.fabric.Channel;
import io.weft.comm.fabric.FabricRequest;
import io.weft.comm.fabric.Group;

/** Several requests of one group of a channel at once. */
final class FabricRequestSet extends RequestSet {
  private final Channel channel;
  private final Group group;
  private int emptyPolls;

  FabricRequestSet(Channel channel, Group group) {
    this.channel = channel;
    this.group = group;
  }

  private static FabricRequest inner(Request request) {
    return request instanceof FabricPersistentRequest own ? own.inner() : (FabricRequest) request;
  }

  @Override
  void check(Request request) {
    boolean ours = request instanceof FabricRequest || request instanceof FabricPersistentRequest;
    if (!ours || !inner(request).isOf(group)) {
      throw new IllegalArgumentException("the request was made by another communicator");
    }
  }

  @Override
  boolean isComplete(Request request) {
    return inner(request).isDone();
  }

  @Override
  void progress() {
    channel.progress();
  }

  @Override
  void idle(int emptyRounds) {
    emptyPolls = channel.pollOrIdle(emptyRounds == 1 ? 0 : emptyPolls, "one of several requests");
  }
}
