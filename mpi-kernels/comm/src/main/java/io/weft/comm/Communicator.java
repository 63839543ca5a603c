package io.weft.comm;

import java.lang.foreign.MemorySegment;

/**
 * A group of ranks that exchange messages, whatever library and network carry them.
 *
 * <p><b>Buffers</b> are native memory ({@link MemorySegment#isNative()}); heap segments are refused
 * with {@link IllegalArgumentException}. A buffer is given as segment and byte offset, so that no
 * slice need be made per message. {@link #allocate} returns page-aligned buffers; others work, but
 * may be several times slower (send and receive buffers that differ by a few bytes modulo 4096
 * bring large copies down to a fifth of their speed on some CPUs).
 *
 * <p><b>Messages</b> are bytes. Between two ranks, messages with the same tag arrive in the order
 * in which they were sent. Tags are {@code 0 .. }{@value #MAX_TAG}. A message longer than the
 * receive buffer is an error at the receiver. A send may wait for its receive. Over libfabric a
 * rank keeps 6 MiB or more of messages of each other one that it has not asked for yet, of which
 * each counts as 256 bytes or more, and less in jobs of more than 64 ranks; those past that stay
 * with their sender until they are received.
 *
 * <p><b>Collectives</b> are called by every rank, in the same order, with matching lengths.
 *
 * <p><b>Allocation</b>: no method on the data path (point-to-point, collectives, and the methods of
 * {@link Request}) allocates after its first calls.
 *
 * <p><b>Threads</b>: a communicator and its requests are confined to the thread that opened it;
 * calls from another throw {@link WrongThreadException}. {@link #abort} is safe from any thread.
 *
 * <p><b>Errors</b>: a failed operation throws {@link CommunicatorException}; rank, tag, length and
 * offset out of range throw {@link IllegalArgumentException} or {@link IndexOutOfBoundsException}
 * before anything is sent; use after {@link #close} throws {@link IllegalStateException}.
 */
public interface Communicator extends PointToPoint, CollectiveOperations, AutoCloseable {
  /**
   * This process's rank.
   *
   * @return {@code 0 .. size() - 1}
   */
  int rank();

  /**
   * The number of ranks.
   *
   * @return at least 1
   */
  int size();

  /**
   * Allocates a zeroed, page-aligned native buffer that lives until this communicator closes.
   *
   * @param lengthBytes its length in bytes
   * @return the buffer
   */
  MemorySegment allocate(long lengthBytes);

  /**
   * Makes a communicator of the same ranks whose messages meet only their own; collective.
   *
   * @return the new communicator; closed with this one at the latest
   */
  Communicator dup();

  /**
   * Makes communicators of parts of this one; collective.
   *
   * @param color which part this rank belongs to, 0 or more; negative for none
   * @param key the order of ranks in the new communicator; those with equal keys keep theirs
   * @return the communicator of this rank's part, closed with this one at the latest; null for a
   *     negative colour
   */
  Communicator split(int color, int key);

  /**
   * Makes memory of this rank that the others read and write; collective.
   *
   * @param lengthBytes the length of this rank's memory, 0 or more; may differ from rank to rank
   * @return the window, closed with this communicator at the latest
   */
  Window openWindow(long lengthBytes);

  /**
   * What this rank has sent since the communicator opened.
   *
   * @return live counters
   */
  Traffic traffic();

  /**
   * The library and the network that messages really take, by evidence gathered now. Collective,
   * and not for the data path: it exchanges what each rank found.
   *
   * @return what was found, the same on every rank
   */
  Transport transport();

  /**
   * Ends every rank of the job at once with {@code status}; does not return.
   *
   * @param status the exit status, {@code 1 .. 255}
   */
  void abort(int status);

  /**
   * Waits for the other ranks to close too, then releases everything; buffers from {@link
   * #allocate} become invalid. Communicators that {@link #dup} and {@link #split} made of this one
   * and that are still open are closed first, the latest before the others; persistent requests
   * with them. Closing twice does nothing.
   */
  @Override
  void close();
}
