package io.weft.mpi;

/** Who sent a message, with which tag, how long it was; owned and reused by the caller. */
public final class Status {
  private int source;
  private int tag;
  private long lengthBytes;

  /** Makes an empty status. */
  public Status() {}

  void set(int source, int tag, long lengthBytes) {
    this.source = source;
    this.tag = tag;
    this.lengthBytes = lengthBytes;
  }

  /**
   * The sending rank, {@code MPI_SOURCE}.
   *
   * @return a rank of the communicator
   */
  public int source() {
    return source;
  }

  /**
   * The message's tag, {@code MPI_TAG}.
   *
   * @return the tag
   */
  public int tag() {
    return tag;
  }

  /**
   * The message's length, {@code MPI_Get_count} of {@code MPI_BYTE}.
   *
   * @return bytes
   */
  public long lengthBytes() {
    return lengthBytes;
  }
}
