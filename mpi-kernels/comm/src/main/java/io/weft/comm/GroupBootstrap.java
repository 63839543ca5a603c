package io.weft.comm;

import io.weft.comm.fabric.Collectives;
import io.weft.comm.fabric.Group;

/** What a part of the ranks exchange outside of its own messages, by a group's own collectives. */
final class GroupBootstrap implements Bootstrap {
  private final Group group;
  private final Collectives collectives;
  private final Bootstrap whole;

  GroupBootstrap(Group group, Collectives collectives, Bootstrap whole) {
    this.group = group;
    this.collectives = collectives;
    this.whole = whole;
  }

  @Override
  public int rank() {
    return group.rank();
  }

  @Override
  public int size() {
    return group.size();
  }

  @Override
  public byte[][] allgather(byte[] mine) {
    return new CollectiveBytes(collectives, group.size()).allgather(mine);
  }

  @Override
  public void barrier() {
    collectives.barrier();
  }

  @Override
  public void abort(int status) {
    whole.abort(status);
  }
}
