package io.weft.kernels.cg;

import io.weft.comm.Communicator;
import io.weft.comm.Request;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The border between computing and communicating: loops see {@code double[]} alone, messages native
 * memory alone, and this class copies whole blocks from one to the other. (A scalar loop that meets
 * both kinds is compiled for neither.)
 *
 * <p>Holds one page-aligned buffer per direction, from the communicator, for as long as it is open.
 */
final class MessageBuffers {
  private static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE;
  private static final int TAG = 17;
  private static final long PAGE_BYTES = 4096;

  private final Communicator communicator;
  private final MemorySegment outgoing;
  private final MemorySegment incoming;
  private final Request sending;
  private final Request receiving;

  /**
   * Allocates.
   *
   * @param communicator the ranks
   * @param capacity the longest message, in doubles
   */
  MessageBuffers(Communicator communicator, int capacity) {
    this.communicator = communicator;
    long lengthBytes = (long) capacity * Double.BYTES;
    this.outgoing = communicator.allocate(lengthBytes);
    this.incoming = communicator.allocate(lengthBytes);
    this.sending = communicator.newRequest();
    this.receiving = communicator.newRequest();
  }

  /** What the buffers of a capacity take, in bytes, page by page. */
  static long bytes(int capacity) {
    long lengthBytes = (long) capacity * Double.BYTES;
    return 2 * ((lengthBytes + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES);
  }

  /**
   * Sends the start of one array and receives the start of another; they may be the same.
   *
   * @param partner the rank at the other end
   * @param send the values to send
   * @param sendLength how many
   * @param receive gets the partner's values
   * @param receiveLength how many
   */
  void exchange(int partner, double[] send, int sendLength, double[] receive, int receiveLength) {
    MemorySegment.copy(send, 0, outgoing, DOUBLE, 0, sendLength);
    swap(partner, sendLength, receiveLength);
    MemorySegment.copy(incoming, DOUBLE, 0, receive, 0, receiveLength);
  }

  /**
   * Starts an exchange, of which {@link #finish} is the end; no other may come in between.
   *
   * @param partner the rank at the other end
   * @param send the values to send, which may be changed at once
   * @param sendLength how many
   * @param receiveLength how many will come
   */
  void start(int partner, double[] send, int sendLength, int receiveLength) {
    long receiveBytes = (long) receiveLength * Double.BYTES;
    communicator.irecv(incoming, 0, receiveBytes, partner, TAG, receiving);
    MemorySegment.copy(send, 0, outgoing, DOUBLE, 0, sendLength);
    communicator.isend(outgoing, 0, (long) sendLength * Double.BYTES, partner, TAG, sending);
  }

  /**
   * Waits for the exchange that was started.
   *
   * @param receive gets the partner's values
   * @param receiveLength how many
   */
  void finish(double[] receive, int receiveLength) {
    receiving.await();
    sending.await();
    MemorySegment.copy(incoming, DOUBLE, 0, receive, 0, receiveLength);
  }

  private void swap(int partner, int sendLength, int receiveLength) {
    communicator.sendrecv(
        outgoing,
        0,
        (long) sendLength * Double.BYTES,
        partner,
        incoming,
        0,
        (long) receiveLength * Double.BYTES,
        partner,
        TAG);
  }
}
