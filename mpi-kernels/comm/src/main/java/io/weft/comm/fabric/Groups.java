package io.weft.comm.fabric;

/** The groups of ranks that exchange messages on a channel. */
public final class Groups {
  private final int rank;
  private final int size;
  private final Postings postings;
  private final Contexts contexts = new Contexts();
  private final Group all;

  Groups(int rank, int size, Postings postings) {
    this.rank = rank;
    this.size = size;
    this.postings = postings;
    this.all = Group.all(rank, size);
  }

  /**
   * The group of all ranks.
   *
   * @return the same each time
   */
  public Group all() {
    return all;
  }

  /**
   * What to tell the other ranks of a group to be; see {@link #make}.
   *
   * @return bytes
   */
  public byte[] contexts() {
    return contexts.state();
  }

  /**
   * Makes a group.
   *
   * @param parent what its members are ranks of
   * @param states what {@link #contexts} said on every rank of the parent
   * @param members ranks of the parent, in the order of the new group's, this one among them
   * @return the group
   */
  public Group make(Group parent, byte[][] states, int[] members) {
    int[] ranks = new int[members.length];
    for (int i = 0; i < members.length; i++) {
      ranks[i] = parent.member(members[i]);
    }
    return Group.of(contexts.take(states), rank, size, ranks);
  }

  /**
   * Ends a group: what came in for it and was not received is thrown away.
   *
   * @param group one that {@link #make} made
   */
  public void end(Group group) {
    postings.dropMessagesOf(group);
    contexts.free(group.context);
  }
}
