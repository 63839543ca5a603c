package io.weft.comm.fabric;

import io.weft.comm.Communicator;

/**
 * The ranks of one communicator among those of the channel: messages of two groups never meet.
 * Immutable.
 */
public final class Group {
  /** Tells this group's messages from those of others that have ranks in common. */
  final int context;

  private final int rank;

  /** The channel's rank of each; null where they are the same. */
  private final int[] members;

  /** The rank here of each of the channel's, which must belong to the group. */
  private final int[] places;

  private final int size;

  private Group(int context, int rank, int size, int[] members, int[] places) {
    this.context = context;
    this.rank = rank;
    this.size = size;
    this.members = members;
    this.places = places;
  }

  /** All ranks of a channel. */
  static Group all(int rank, int size) {
    return new Group(0, rank, size, null, null);
  }

  /**
   * A group of ranks.
   *
   * @param context distinct from that of every other group with one of its members
   * @param self this process's rank on the channel, one of the members
   * @param channelSize the number of ranks of the channel
   * @param members the channel's ranks, in the order of the group's
   * @return the group
   */
  static Group of(int context, int self, int channelSize, int[] members) {
    int[] places = new int[channelSize];
    for (int i = 0; i < members.length; i++) {
      places[members[i]] = i;
    }
    return new Group(context, places[self], members.length, members, places);
  }

  /**
   * This process's rank in the group.
   *
   * @return {@code 0 .. size() - 1}
   */
  public int rank() {
    return rank;
  }

  /**
   * The number of ranks.
   *
   * @return at least 1
   */
  public int size() {
    return size;
  }

  /** The channel's rank of one of the group's; any stays any. */
  int member(int rankHere) {
    return members == null || rankHere == Communicator.ANY_SOURCE ? rankHere : members[rankHere];
  }

  /** The group's rank of one of the channel's. */
  int place(int rankOfChannel) {
    return places == null ? rankOfChannel : places[rankOfChannel];
  }
}
