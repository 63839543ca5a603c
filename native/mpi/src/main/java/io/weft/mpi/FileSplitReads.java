package io.weft.mpi;

import io.weft.mpi.ffm.MpiFileSplits;
import java.lang.foreign.MemorySegment;

/** Reading in two steps (MPI-4.0 section 14.4.5). */
abstract class FileSplitReads extends FileWrites {
  FileSplitReads(Comm comm, String path, int mode, Info info) {
    super(comm, path, mode, info);
  }

  /**
   * {@code MPI_File_read_at_all_begin}: begins to read elements at an offset; collective. One at a
   * time; the end is {@link #readAtAllEnd}.
   *
   * @param offset where in the view, in its elements
   * @param buffer native memory; kept reachable until the end
   * @param offsetBytes where the elements go
   * @param count elements
   * @param type their type
   */
  public void readAtAllBegin(
      long offset, MemorySegment buffer, long offsetBytes, long count, Datatype type) {
    check();
    checkOffset(offset);
    long address = Buffers.target(buffer, offsetBytes, count, type);
    checkBegin();
    MpiFileSplits.readAtAllBegin(handle, offset, address, count, type.handle());
    begun(Split.MPI_File_read_at_all, address, buffer, type);
  }

  /**
   * {@code MPI_File_read_at_all_end}: waits until it is read.
   *
   * @param status filled with how much; may be null
   */
  public void readAtAllEnd(Status status) {
    end(Split.MPI_File_read_at_all, MpiFileSplits::readAtAllEnd, status);
  }

  /**
   * {@code MPI_File_read_all_begin}: begins to read elements at this rank's pointer, and moves it
   * on; collective. One at a time; the end is {@link #readAllEnd}.
   *
   * @param buffer native memory; kept reachable until the end
   * @param offsetBytes where the elements go
   * @param count elements
   * @param type their type
   */
  public void readAllBegin(MemorySegment buffer, long offsetBytes, long count, Datatype type) {
    check();
    long address = Buffers.target(buffer, offsetBytes, count, type);
    checkBegin();
    MpiFileSplits.readAllBegin(handle, address, count, type.handle());
    begun(Split.MPI_File_read_all, address, buffer, type);
  }

  /**
   * {@code MPI_File_read_all_end}: waits until it is read.
   *
   * @param status filled with how much; may be null
   */
  public void readAllEnd(Status status) {
    end(Split.MPI_File_read_all, MpiFileSplits::readAllEnd, status);
  }

  /**
   * {@code MPI_File_read_ordered_begin}: begins to read elements at the shared pointer, in the
   * order of ranks, and moves it on; collective. One at a time; the end is {@link #readOrderedEnd}.
   *
   * @param buffer native memory; kept reachable until the end
   * @param offsetBytes where the elements go
   * @param count elements
   * @param type their type
   */
  public void readOrderedBegin(MemorySegment buffer, long offsetBytes, long count, Datatype type) {
    check();
    long address = Buffers.target(buffer, offsetBytes, count, type);
    checkBegin();
    MpiFileSplits.readOrderedBegin(handle, address, count, type.handle());
    begun(Split.MPI_File_read_ordered, address, buffer, type);
  }

  /**
   * {@code MPI_File_read_ordered_end}: waits until it is read.
   *
   * @param status filled with how much; may be null
   */
  public void readOrderedEnd(Status status) {
    end(Split.MPI_File_read_ordered, MpiFileSplits::readOrderedEnd, status);
  }
}
