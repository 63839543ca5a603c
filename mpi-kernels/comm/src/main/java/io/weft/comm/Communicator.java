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
 * receive buffer is an error at the receiver.
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
public interface Communicator extends AutoCloseable {
  /** Receives from whichever rank sends first. */
  int ANY_SOURCE = -1;

  /** Receives whatever the tag. */
  int ANY_TAG = -1;

  /** The largest tag; the least that MPI-4.0 section 9.1.2 promises for {@code MPI_TAG_UB}. */
  int MAX_TAG = 32767;

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
   * Makes a request for use with {@link #isend} and {@link #irecv}, to be used again and again.
   *
   * @return an inactive request
   */
  Request newRequest();

  /**
   * Sends; blocks until the buffer may be changed.
   *
   * @param buffer native memory that holds the message
   * @param offsetBytes where in {@code buffer} the message starts
   * @param lengthBytes the message's length
   * @param destination the receiving rank; may be this rank only if a receive is already posted
   * @param tag {@code 0 .. }{@value #MAX_TAG}
   */
  void send(MemorySegment buffer, long offsetBytes, long lengthBytes, int destination, int tag);

  /**
   * Receives; blocks until the message is there.
   *
   * @param buffer native memory for the message
   * @param offsetBytes where in {@code buffer} the message goes
   * @param capacityBytes the most that may arrive
   * @param source the sending rank or {@link #ANY_SOURCE}
   * @param tag the tag or {@link #ANY_TAG}
   * @param status filled with source, tag and length; may be null
   */
  void recv(
      MemorySegment buffer,
      long offsetBytes,
      long capacityBytes,
      int source,
      int tag,
      ReceiveStatus status);

  /**
   * Starts to send; does not block. The buffer must not be changed until the request completes.
   *
   * @param buffer native memory that holds the message
   * @param offsetBytes where in {@code buffer} the message starts
   * @param lengthBytes the message's length
   * @param destination the receiving rank
   * @param tag {@code 0 .. }{@value #MAX_TAG}
   * @param request an inactive request of this communicator, active on return; keeps the buffer
   *     reachable
   */
  void isend(
      MemorySegment buffer,
      long offsetBytes,
      long lengthBytes,
      int destination,
      int tag,
      Request request);

  /**
   * Starts to receive; does not block. The buffer must not be touched until the request completes.
   *
   * @param buffer native memory for the message
   * @param offsetBytes where in {@code buffer} the message goes
   * @param capacityBytes the most that may arrive
   * @param source the sending rank or {@link #ANY_SOURCE}
   * @param tag the tag or {@link #ANY_TAG}
   * @param request an inactive request of this communicator, active on return; keeps the buffer
   *     reachable
   */
  void irecv(
      MemorySegment buffer,
      long offsetBytes,
      long capacityBytes,
      int source,
      int tag,
      Request request);

  /**
   * Sends one message and receives another, without deadlock whatever the order of the peers;
   * blocks until both are done. The two regions must not overlap. Either peer may be this rank.
   *
   * @param sendBuffer native memory that holds the message to send
   * @param sendOffsetBytes where it starts
   * @param sendLengthBytes its length
   * @param destination the rank to send to
   * @param recvBuffer native memory for the message received
   * @param recvOffsetBytes where it goes
   * @param recvCapacityBytes the most that may arrive
   * @param source the rank to receive from
   * @param tag the tag of both
   */
  void sendrecv(
      MemorySegment sendBuffer,
      long sendOffsetBytes,
      long sendLengthBytes,
      int destination,
      MemorySegment recvBuffer,
      long recvOffsetBytes,
      long recvCapacityBytes,
      int source,
      int tag);

  /** Waits until every rank has called it. */
  void barrier();

  /**
   * Sends {@code root}'s bytes to every rank; blocks until this rank's buffer may be used.
   *
   * @param buffer native memory; the source on {@code root}, the target elsewhere
   * @param offsetBytes where the bytes lie
   * @param lengthBytes how many, equal on all ranks
   * @param root the rank whose bytes go out
   */
  void bcast(MemorySegment buffer, long offsetBytes, long lengthBytes, int root);

  /**
   * Combines {@code count} elements of every rank at {@code root}; blocks.
   *
   * @param send native memory, {@code count} elements
   * @param sendOffsetBytes where they start
   * @param recv native memory, {@code count} elements, used on {@code root} alone (may be null
   *     elsewhere); the same region as {@code send} or one that does not overlap it
   * @param recvOffsetBytes where the result goes
   * @param count the number of elements, equal on all ranks
   * @param type the elements' type
   * @param op how two elements become one
   * @param root the rank that gets the result
   */
  void reduce(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long count,
      ElementType type,
      ReduceOp op,
      int root);

  /**
   * Combines {@code count} elements of every rank at every rank; blocks. Every rank gets the same
   * bits.
   *
   * @param send native memory, {@code count} elements
   * @param sendOffsetBytes where they start
   * @param recv native memory, {@code count} elements; the same region as {@code send} or one that
   *     does not overlap it
   * @param recvOffsetBytes where the result goes
   * @param count the number of elements, equal on all ranks
   * @param type the elements' type
   * @param op how two elements become one
   */
  void allreduce(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long count,
      ElementType type,
      ReduceOp op);

  /**
   * Collects a block of every rank at every rank, in rank order; blocks.
   *
   * @param send native memory, {@code lengthBytes} bytes, not overlapping the target
   * @param sendOffsetBytes where this rank's block starts
   * @param recv native memory, {@code size() * lengthBytes} bytes
   * @param recvOffsetBytes where the block of rank 0 goes
   * @param lengthBytes the length of one block, equal on all ranks
   */
  void allgather(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long lengthBytes);

  /**
   * Sends block {@code j} of rank {@code i} to block {@code i} of rank {@code j}; blocks.
   *
   * @param send native memory, {@code size() * lengthBytes} bytes, not overlapping the target
   * @param sendOffsetBytes where the block for rank 0 starts
   * @param recv native memory, {@code size() * lengthBytes} bytes
   * @param recvOffsetBytes where the block from rank 0 goes
   * @param lengthBytes the length of one block, equal on all ranks
   */
  void alltoall(
      MemorySegment send,
      long sendOffsetBytes,
      MemorySegment recv,
      long recvOffsetBytes,
      long lengthBytes);

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
   * #allocate} become invalid. Closing twice does nothing.
   */
  @Override
  void close();
}
