package io.weft.comm;

import java.lang.foreign.MemorySegment;

/**
 * Messages between two ranks; a part of {@link Communicator}, which says what holds for all of its
 * methods.
 */
public interface PointToPoint {
  /** Receives from whichever rank sends first. */
  int ANY_SOURCE = -1;

  /** Receives whatever the tag. */
  int ANY_TAG = -1;

  /** The largest tag; the least that MPI-4.0 section 9.1.2 promises for {@code MPI_TAG_UB}. */
  int MAX_TAG = 32767;

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

  /**
   * Waits until a message is there that a receive with the same arguments would take; it stays for
   * that receive.
   *
   * @param source the sending rank or {@link #ANY_SOURCE}
   * @param tag the tag or {@link #ANY_TAG}
   * @param status filled with source, tag and length; may be null
   */
  void probe(int source, int tag, ReceiveStatus status);

  /**
   * Makes progress and says whether a message is there that a receive with the same arguments would
   * take; does not block.
   *
   * @param source the sending rank or {@link #ANY_SOURCE}
   * @param tag the tag or {@link #ANY_TAG}
   * @param status filled with source, tag and length if one is there; may be null
   * @return true if one is
   */
  boolean iprobe(int source, int tag, ReceiveStatus status);

  /**
   * Makes a send that is started again and again with the same arguments; sends nothing.
   *
   * @param buffer native memory that holds the message at each start; kept reachable
   * @param offsetBytes where in {@code buffer} the message starts
   * @param lengthBytes the message's length
   * @param destination the receiving rank
   * @param tag {@code 0 .. }{@value #MAX_TAG}
   * @return an inactive request, to be closed before the communicator
   */
  PersistentRequest sendInit(
      MemorySegment buffer, long offsetBytes, long lengthBytes, int destination, int tag);

  /**
   * Makes a receive that is started again and again with the same arguments; receives nothing.
   *
   * @param buffer native memory for the message; kept reachable
   * @param offsetBytes where in {@code buffer} the message goes
   * @param capacityBytes the most that may arrive
   * @param source the sending rank or {@link #ANY_SOURCE}
   * @param tag the tag or {@link #ANY_TAG}
   * @return an inactive request, to be closed before the communicator
   */
  PersistentRequest recvInit(
      MemorySegment buffer, long offsetBytes, long capacityBytes, int source, int tag);

  /**
   * Waits until all operations are complete. If some failed, the others have still been waited for,
   * and the failure of the first one is thrown, those of the others suppressed in it.
   *
   * @param requests requests of this communicator; inactive ones are complete
   * @param statuses one for each request, filled for receives; may be null, and so may each
   */
  void awaitAll(Request[] requests, ReceiveStatus[] statuses);

  /**
   * Makes progress and, if all operations are complete, ends them all; otherwise none. Does not
   * block.
   *
   * @param requests requests of this communicator; inactive ones are complete
   * @param statuses as for {@link #awaitAll}
   * @return true if all were complete
   */
  boolean testAll(Request[] requests, ReceiveStatus[] statuses);

  /**
   * Waits until one of the active operations is complete and ends it.
   *
   * @param requests requests of this communicator
   * @param status filled for a receive; may be null
   * @return which it was; -1 if all requests are inactive
   */
  int awaitAny(Request[] requests, ReceiveStatus status);

  /**
   * Makes progress and ends one of the active operations that are complete; does not block.
   *
   * @param requests requests of this communicator
   * @param status filled for a receive; may be null
   * @return which it was; -1 if none was complete
   */
  int testAny(Request[] requests, ReceiveStatus status);

  /**
   * Waits until one of the active operations is complete and ends all that are.
   *
   * @param requests requests of this communicator
   * @param indices filled from the front with those that were complete; as long as {@code requests}
   * @param statuses one for each entry of {@code indices}, filled for receives; may be null
   * @return how many there were; 0 if all requests are inactive
   */
  int awaitSome(Request[] requests, int[] indices, ReceiveStatus[] statuses);

  /**
   * Makes progress and ends all active operations that are complete; does not block.
   *
   * @param requests requests of this communicator
   * @param indices as for {@link #awaitSome}
   * @param statuses as for {@link #awaitSome}
   * @return how many there were
   */
  int testSome(Request[] requests, int[] indices, ReceiveStatus[] statuses);
}
