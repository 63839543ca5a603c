package io.weft.mpi;

import io.weft.mpi.ffm.MpiFileSplits;
import java.lang.foreign.MemorySegment;

/** Writing in two steps (MPI-4.0 section 14.4.5). */
abstract class FileSplitWrites extends FileSplitReads {
  FileSplitWrites(Comm comm, String path, int mode, Info info) {
    super(comm, path, mode, info);
  }

  /**
   * {@code MPI_File_write_at_all_begin}: begins to write elements at an offset; collective. One at
   * a time; the end is {@link #writeAtAllEnd}.
   *
   * @param offset where in the view, in its elements
   * @param buffer native memory; kept reachable until the end
   * @param offsetBytes where the elements start
   * @param count elements
   * @param type their type
   */
  public void writeAtAllBegin(
      long offset, MemorySegment buffer, long offsetBytes, long count, Datatype type) {
    check();
    checkOffset(offset);
    long address = Buffers.address(buffer, offsetBytes, count, type);
    checkBegin();
    MpiFileSplits.writeAtAllBegin(handle, offset, address, count, type.handle());
    begun(Split.MPI_File_write_at_all, address, buffer, type);
  }

  /**
   * {@code MPI_File_write_at_all_end}: waits until it is written.
   *
   * @param status filled with how much; may be null
   */
  public void writeAtAllEnd(Status status) {
    end(Split.MPI_File_write_at_all, MpiFileSplits::writeAtAllEnd, status);
  }

  /**
   * {@code MPI_File_write_all_begin}: begins to write elements at this rank's pointer, and moves it
   * on; collective. One at a time; the end is {@link #writeAllEnd}.
   *
   * @param buffer native memory; kept reachable until the end
   * @param offsetBytes where the elements start
   * @param count elements
   * @param type their type
   */
  public void writeAllBegin(MemorySegment buffer, long offsetBytes, long count, Datatype type) {
    check();
    long address = Buffers.address(buffer, offsetBytes, count, type);
    checkBegin();
    MpiFileSplits.writeAllBegin(handle, address, count, type.handle());
    begun(Split.MPI_File_write_all, address, buffer, type);
  }

  /**
   * {@code MPI_File_write_all_end}: waits until it is written.
   *
   * @param status filled with how much; may be null
   */
  public void writeAllEnd(Status status) {
    end(Split.MPI_File_write_all, MpiFileSplits::writeAllEnd, status);
  }

  /**
   * {@code MPI_File_write_ordered_begin}: begins to write elements at the shared pointer, in the
   * order of ranks, and moves it on; collective. One at a time; the end is {@link
   * #writeOrderedEnd}.
   *
   * @param buffer native memory; kept reachable until the end
   * @param offsetBytes where the elements start
   * @param count elements
   * @param type their type
   */
  public void writeOrderedBegin(MemorySegment buffer, long offsetBytes, long count, Datatype type) {
    check();
    long address = Buffers.address(buffer, offsetBytes, count, type);
    checkBegin();
    MpiFileSplits.writeOrderedBegin(handle, address, count, type.handle());
    begun(Split.MPI_File_write_ordered, address, buffer, type);
  }

  /**
   * {@code MPI_File_write_ordered_end}: waits until it is written.
   *
   * @param status filled with how much; may be null
   */
  public void writeOrderedEnd(Status status) {
    end(Split.MPI_File_write_ordered, MpiFileSplits::writeOrderedEnd, status);
  }
}
