package io.weft.bench.peer;

import io.weft.bench.report.Quantity;

/**
 * A pattern of messages. One operation is the same in every language and over every library; the
 * programs in C say which they mean by {@link #word}.
 *
 * <p>Buffers: a rank has one that it sends from and one that it receives into, apart from each
 * other, page-aligned, filled and zeroed before the first operation, and used by every operation
 * alike; so all 64 messages of a window leave from one place and arrive in one. With {@code n} the
 * bytes of a message and {@code size} the number of ranks, rank {@code r} fills what it sends with
 * bytes {@code k -> (byte) (7 k + r)}, but for {@link #ALLREDUCE} with doubles {@code k -> k % 7 +
 * r}, {@code k} counting from the buffer's beginning:
 *
 * <table>
 * <caption>What is sent and received</caption>
 * <tr><th>pattern<th>sends<th>receives, and sums up
 * <tr><td>ping-pong, bidirectional<td>ranks 0 and 1: n bytes<td>the same ranks: n bytes
 * <tr><td>bandwidth, put<td>rank 0: n bytes<td>rank 1: n bytes
 * <tr><td>message-rate<td>rank r below size / 2: n bytes to rank r + size / 2<td>the others: n bytes
 * <tr><td>get<td>rank 1: n bytes<td>rank 0: n bytes
 * <tr><td>barrier<td>nobody<td>nobody
 * <tr><td>bcast<td>rank 0: n bytes<td>all others: n bytes
 * <tr><td>allreduce<td>all: n / 8 doubles<td>all: n / 8 doubles
 * <tr><td>alltoall<td>all: size blocks of n bytes, that for rank d at d n<td>all: size blocks, that
 *     from rank s at s n, its own among them
 * <tr><td>halo-2d, halo-3d<td>all: 4 or 6 blocks of n bytes, face f's at f n<td>all: as many blocks,
 *     what comes from the neighbour at face f at f n
 * </table>
 *
 * <p>Ranks are in the grids of halos as {@link io.weft.comm.Cartesian} has them, balanced and
 * periodic. Face {@code 2 d} is towards the lower neighbour along dimension {@code d}, face {@code
 * 2 d + 1} towards the upper one; what leaves by a face arrives at the neighbour's opposite one. A
 * rank may be its own neighbour, or another's twice.
 *
 * <p>Who receives sums its buffer up from its beginning by {@link io.weft.bench.Checksum}; who
 * receives nothing has 0, also where messages have no bytes. The sums of all ranks are added: the
 * same number over every library.
 *
 * <p>Libraries without messages of no bytes send one byte instead where a message is empty.
 */
public enum Pattern {
  /** Half a round trip between ranks 0 and 1: a blocking send answered by a blocking send. */
  PING_PONG("ping-pong", "half round trip", Quantity.TIME, 2, 2, false),

  /**
   * A message from rank 0 to rank 1, 64 in flight; after each 64 rank 1 answers with an empty one.
   */
  BANDWIDTH("bandwidth", "message one way, 64 in flight", Quantity.BANDWIDTH, 2, 64, false),

  /** A message each way between ranks 0 and 1, 64 in flight in each direction. */
  BIDIRECTIONAL(
      "bidirectional", "message each way, 64 in flight", Quantity.BANDWIDTH, 2, 64, false),

  /**
   * A message of each pair: the lower half of the ranks sends to the upper half, as {@link
   * #BANDWIDTH} does. An even number of ranks.
   */
  MESSAGE_RATE("message-rate", "message of each pair, 64 in flight", Quantity.RATE, 2, 64, true),

  /** Rank 0 writes into rank 1's memory and flushes. */
  PUT("put", "put and flush", Quantity.TIME, 2, 1, false),

  /** Rank 0 reads rank 1's memory and flushes. */
  GET("get", "get and flush", Quantity.TIME, 2, 1, false),

  /** A barrier; no bytes. */
  BARRIER("barrier", "barrier", Quantity.TIME, 2, 1, true),

  /** A broadcast from rank 0. */
  BCAST("bcast", "broadcast from rank 0", Quantity.TIME, 2, 1, true),

  /** A sum of doubles on all ranks; the bytes are those of one rank's contribution. */
  ALLREDUCE("allreduce", "sum of doubles on all ranks", Quantity.TIME, 2, 1, true),

  /** All to all; the bytes are those that one rank sends to one other. */
  ALLTOALL("alltoall", "all to all", Quantity.TIME, 2, 1, true),

  /**
   * The faces of a periodic two-dimensional grid of ranks, as square as can be, sent and received
   * by every rank; the bytes are those of a face. Persistent requests where there are.
   */
  HALO_2D("halo-2d", "exchange of 4 faces", Quantity.TIME, 2, 1, true),

  /** The same in three dimensions: six faces. */
  HALO_3D("halo-3d", "exchange of 6 faces", Quantity.TIME, 2, 1, true);

  private final String word;
  private final String operation;
  private final Quantity quantity;
  private final int fewestRanks;
  private final int unit;
  private final boolean collective;

  Pattern(
      String word,
      String operation,
      Quantity quantity,
      int fewestRanks,
      int unit,
      boolean collective) {
    this.word = word;
    this.operation = operation;
    this.quantity = quantity;
    this.fewestRanks = fewestRanks;
    this.unit = unit;
    this.collective = collective;
  }

  /**
   * The name that programs in C know it by.
   *
   * @return such as {@code ping-pong}
   */
  public String word() {
    return word;
  }

  /**
   * What one operation is.
   *
   * @return for a reader
   */
  public String operation() {
    return operation;
  }

  /**
   * What a cell is read as.
   *
   * @return time, bandwidth or rate
   */
  public Quantity quantity() {
    return quantity;
  }

  /**
   * The ranks that it needs.
   *
   * @return the number
   */
  public int fewestRanks() {
    return fewestRanks;
  }

  /**
   * A batch is a multiple of this many operations.
   *
   * @return 2 for half round trips, 64 for windows
   */
  public int unit() {
    return unit;
  }

  /**
   * Says whether all ranks take part alike, so that the slowest one's time is what counts.
   *
   * @return whether the largest time over ranks is reported
   */
  public boolean isCollective() {
    return collective;
  }

  /**
   * How many operations are timed together: the same for every library, agreed before the clock
   * starts.
   *
   * @param bytes of a message
   * @return a multiple of {@link #unit}
   */
  public int batch(long bytes) {
    long most = quantity == Quantity.TIME ? 1000 : 6400;
    long fit = (32L << 20) / Math.max(1, bytes);
    long count = Math.clamp(fit, 8, most);
    return Math.toIntExact((count + unit - 1) / unit * unit);
  }

  /**
   * What one operation moves, in the quantity's terms.
   *
   * @param bytes of a message
   * @param ranks how many
   * @return bytes, messages, or 1 for times
   */
  public double perOperation(long bytes, int ranks) {
    return switch (this) {
      case BANDWIDTH -> bytes;
      case BIDIRECTIONAL -> 2.0 * bytes;
      case MESSAGE_RATE -> ranks / 2;
      default -> 1;
    };
  }
}
