package mpi;

import io.weft.mpi.MpiException;
import io.weft.mpi.ffm.MpiElements;
import io.weft.mpi.ffm.MpiPointToPoint;
import io.weft.mpi.ffm.MpiRequests;
import io.weft.mpi.ffm.MpiStatuses;

/** What became of an operation (MPI-4.0 section 3.2.5). Any thread may ask it, at any level. */
public final class Status {
  /** What C keeps, word by word; statuses of all ABIs are at most so long. */
  private long word0;

  private long word1;
  private long word2;
  private long word3;

  private final int index;

  /** Reads what C wrote. */
  Status(long address, int index) {
    word0 = Lib.readLong(address);
    word1 = Lib.readLong(address + 8);
    // The last word may be half a word.
    if (Lib.STATUS_BYTES >= 24) {
      word2 = Lib.readLong(address + 16);
    } else {
      word2 = Lib.readInt(address + 16) & 0xffffffffL;
    }
    if (Lib.STATUS_BYTES >= 32) {
      word3 = Lib.readLong(address + 24);
    }
    this.index = index;
  }

  Status(long address) {
    this(address, 0);
  }

  /** Puts it where C can read it. */
  private long place(Scratch scratch) {
    Lib.writeLong(scratch.status, word0);
    Lib.writeLong(scratch.status + 8, word1);
    Lib.writeLong(scratch.status + 16, word2);
    Lib.writeLong(scratch.status + 24, word3);
    return scratch.status;
  }

  private void take(long address) {
    Status changed = new Status(address, index);
    word0 = changed.word0;
    word1 = changed.word1;
    word2 = changed.word2;
    word3 = changed.word3;
  }

  private int word(int offsetBytes) {
    long word =
        switch (offsetBytes >> 3) {
          case 0 -> word0;
          case 1 -> word1;
          default -> word2;
        };
    // Little-endian, as every platform of the FFM API's that MPI runs on.
    return (int) (word >> 8 * (offsetBytes & 4));
  }

  /**
   * How many elements came, {@code MPI_Get_count} (MPI-4.0 section 3.2.5).
   *
   * @param datatype of what
   * @return how many, or {@link MPI#UNDEFINED} if the last one is not whole
   * @throws MPIException if the datatype is wrong
   */
  public int getCount(Datatype datatype) throws MPIException {
    String f = "MPI_Get_count";
    State.checkRunning(f);
    long type = Errors.notNull(f, "datatype", datatype).committed(f);
    Scratch scratch = Scratch.begin();
    try {
      MpiPointToPoint.getCount(place(scratch), type, scratch.cell);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return Lib.readInt(scratch.cell);
  }

  /**
   * Whether the operation was cancelled, {@code MPI_Test_cancelled} (MPI-4.0 section 3.8.4).
   *
   * @return true if it was
   * @throws MPIException if MPI does not run
   */
  public boolean isCancelled() throws MPIException {
    State.checkRunning("MPI_Test_cancelled");
    Scratch scratch = Scratch.begin();
    try {
      MpiRequests.testCancelled(place(scratch), scratch.cell);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return Lib.readFlag(scratch.cell);
  }

  /**
   * How many elements of predefined datatypes came, {@code MPI_Get_elements} (MPI-4.0 section
   * 5.1.11).
   *
   * @param datatype the datatype that was received
   * @return how many, or {@link MPI#UNDEFINED}
   * @throws MPIException if the datatype is wrong
   */
  public int getElements(Datatype datatype) throws MPIException {
    String f = "MPI_Get_elements";
    State.checkRunning(f);
    long type = Errors.notNull(f, "datatype", datatype).committed(f);
    Scratch scratch = Scratch.begin();
    try {
      MpiStatuses.getElements(place(scratch), MpiElements.countable(type), scratch.cell);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return Lib.readInt(scratch.cell);
  }

  /**
   * As {@link #getElements}, past 2^31-1 too, {@code MPI_Get_elements_x} (MPI-4.0 section 5.1.11).
   *
   * @param datatype the datatype that was received
   * @return how many, or {@link MPI#UNDEFINED}
   * @throws MPIException if the datatype is wrong
   */
  public Count getElementsX(Datatype datatype) throws MPIException {
    String f = "MPI_Get_elements_x";
    State.checkRunning(f);
    long type = Errors.notNull(f, "datatype", datatype).committed(f);
    Scratch scratch = Scratch.begin();
    try {
      MpiStatuses.getElementsX(place(scratch), MpiElements.countable(type), scratch.cell);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return new Count(Lib.readLong(scratch.cell));
  }

  /**
   * Changes how many elements came, {@code MPI_Status_set_elements} (MPI-4.0 section 13.3).
   *
   * @param datatype of what
   * @param count how many
   * @throws MPIException if an argument is wrong
   */
  public void setElements(Datatype datatype, int count) throws MPIException {
    setElements("MPI_Status_set_elements", datatype, count);
  }

  /**
   * Changes how many elements came, {@code MPI_Status_set_elements_x} (MPI-4.0 section 13.3).
   *
   * @param datatype of what
   * @param count how many
   * @throws MPIException if an argument is wrong
   */
  public void setElementsX(Datatype datatype, Count count) throws MPIException {
    String f = "MPI_Status_set_elements_x";
    setElements(f, datatype, Errors.notNull(f, "count", count).getCount());
  }

  private void setElements(String f, Datatype datatype, long count) throws MPIException {
    State.checkRunning(f);
    long type = Errors.notNull(f, "datatype", datatype).committed(f);
    Scratch scratch = Scratch.begin();
    long status = place(scratch);
    try {
      MpiStatuses.statusSetElementsX(status, type, count);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    take(status);
  }

  /**
   * Changes whether the operation was cancelled, {@code MPI_Status_set_cancelled} (MPI-4.0 section
   * 13.3).
   *
   * @param flag true if it was
   * @throws MPIException if MPI does not run
   */
  public void setCancelled(boolean flag) throws MPIException {
    State.checkRunning("MPI_Status_set_cancelled");
    Scratch scratch = Scratch.begin();
    long status = place(scratch);
    try {
      MpiStatuses.statusSetCancelled(status, flag ? 1 : 0);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    take(status);
  }

  /**
   * Who sent, {@code MPI_SOURCE}.
   *
   * @return the rank
   */
  public int getSource() {
    return word(Lib.ABI.statusSource());
  }

  /**
   * The message's tag, {@code MPI_TAG}.
   *
   * @return the tag
   */
  public int getTag() {
    return word(Lib.ABI.statusTag());
  }

  /**
   * The operation's error, {@code MPI_ERROR}; set where several operations were waited for and one
   * of them failed.
   *
   * @return the code
   */
  public int getError() {
    return word(Lib.ABI.statusError());
  }

  /**
   * Which of several requests this is of.
   *
   * @return the index in the array of requests, or {@link MPI#UNDEFINED} if none was active
   */
  public int getIndex() {
    return index;
  }
}
