package io.weft.mpi;

import io.weft.mpi.ffm.MpiFileFunction.AtOffset;
import io.weft.mpi.ffm.MpiFileFunction.AtPointer;
import io.weft.mpi.ffm.MpiFileWrites;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;

/** Writing an {@link MpiFile} (MPI-4.0 section 14.4). */
abstract class FileWrites extends FileReads {
  FileWrites(Comm comm, String path, int mode, Info info) {
    super(comm, path, mode, info);
  }

  /**
   * {@code MPI_File_write_at}: writes elements at an offset.
   *
   * @param offset where in the view, in its elements
   * @param buffer native memory, or heap memory, which is copied
   * @param offsetBytes where the elements start
   * @param count elements
   * @param type their type
   * @param status filled with how much was written; may be null
   */
  public void writeAt(
      long offset,
      MemorySegment buffer,
      long offsetBytes,
      long count,
      Datatype type,
      Status status) {
    awaitWrite(MpiFileWrites::writeAt, offset, buffer, offsetBytes, count, type, status);
  }

  /**
   * {@code MPI_File_iwrite_at}: writes elements at an offset; does not block.
   *
   * @param offset where in the view, in its elements
   * @param buffer native memory; kept reachable by the request
   * @param offsetBytes where the elements start
   * @param count elements
   * @param type their type
   * @param request an inactive request of the file's communicator
   */
  public void iwriteAt(
      long offset,
      MemorySegment buffer,
      long offsetBytes,
      long count,
      Datatype type,
      Request request) {
    startWrite(MpiFileWrites::iwriteAt, offset, buffer, offsetBytes, count, type, request);
  }

  /**
   * {@code MPI_File_write_at_all}: writes elements at an offset; collective.
   *
   * @param offset where in the view, in its elements
   * @param buffer native memory, or heap memory, which is copied
   * @param offsetBytes where the elements start
   * @param count elements
   * @param type their type
   * @param status filled with how much was written; may be null
   */
  public void writeAtAll(
      long offset,
      MemorySegment buffer,
      long offsetBytes,
      long count,
      Datatype type,
      Status status) {
    awaitWrite(MpiFileWrites::writeAtAll, offset, buffer, offsetBytes, count, type, status);
  }

  /**
   * {@code MPI_File_iwrite_at_all}: writes elements at an offset; collective; does not block.
   *
   * @param offset where in the view, in its elements
   * @param buffer native memory; kept reachable by the request
   * @param offsetBytes where the elements start
   * @param count elements
   * @param type their type
   * @param request an inactive request of the file's communicator
   */
  public void iwriteAtAll(
      long offset,
      MemorySegment buffer,
      long offsetBytes,
      long count,
      Datatype type,
      Request request) {
    startWrite(MpiFileWrites::iwriteAtAll, offset, buffer, offsetBytes, count, type, request);
  }

  /**
   * {@code MPI_File_write}: writes elements at this rank's pointer, and moves it on.
   *
   * @param buffer native memory, or heap memory, which is copied
   * @param offsetBytes where the elements start
   * @param count elements
   * @param type their type
   * @param status filled with how much was written; may be null
   */
  public void write(
      MemorySegment buffer, long offsetBytes, long count, Datatype type, Status status) {
    awaitWrite(MpiFileWrites::write, buffer, offsetBytes, count, type, status);
  }

  /**
   * {@code MPI_File_iwrite}: writes elements at this rank's pointer, and moves it on; does not
   * block.
   *
   * @param buffer native memory; kept reachable by the request
   * @param offsetBytes where the elements start
   * @param count elements
   * @param type their type
   * @param request an inactive request of the file's communicator
   */
  public void iwrite(
      MemorySegment buffer, long offsetBytes, long count, Datatype type, Request request) {
    startWrite(MpiFileWrites::iwrite, buffer, offsetBytes, count, type, request);
  }

  /**
   * {@code MPI_File_write_all}: writes elements at this rank's pointer, and moves it on;
   * collective.
   *
   * @param buffer native memory, or heap memory, which is copied
   * @param offsetBytes where the elements start
   * @param count elements
   * @param type their type
   * @param status filled with how much was written; may be null
   */
  public void writeAll(
      MemorySegment buffer, long offsetBytes, long count, Datatype type, Status status) {
    awaitWrite(MpiFileWrites::writeAll, buffer, offsetBytes, count, type, status);
  }

  /**
   * {@code MPI_File_iwrite_all}: writes elements at this rank's pointer, and moves it on;
   * collective; does not block.
   *
   * @param buffer native memory; kept reachable by the request
   * @param offsetBytes where the elements start
   * @param count elements
   * @param type their type
   * @param request an inactive request of the file's communicator
   */
  public void iwriteAll(
      MemorySegment buffer, long offsetBytes, long count, Datatype type, Request request) {
    startWrite(MpiFileWrites::iwriteAll, buffer, offsetBytes, count, type, request);
  }

  /**
   * {@code MPI_File_write_shared}: writes elements at the pointer that all ranks share, and moves
   * it on.
   *
   * @param buffer native memory, or heap memory, which is copied
   * @param offsetBytes where the elements start
   * @param count elements
   * @param type their type
   * @param status filled with how much was written; may be null
   */
  public void writeShared(
      MemorySegment buffer, long offsetBytes, long count, Datatype type, Status status) {
    awaitWrite(MpiFileWrites::writeShared, buffer, offsetBytes, count, type, status);
  }

  /**
   * {@code MPI_File_iwrite_shared}: writes elements at the pointer that all ranks share, and moves
   * it on; does not block.
   *
   * @param buffer native memory; kept reachable by the request
   * @param offsetBytes where the elements start
   * @param count elements
   * @param type their type
   * @param request an inactive request of the file's communicator
   */
  public void iwriteShared(
      MemorySegment buffer, long offsetBytes, long count, Datatype type, Request request) {
    startWrite(MpiFileWrites::iwriteShared, buffer, offsetBytes, count, type, request);
  }

  /**
   * {@code MPI_File_write_ordered}: writes elements at the shared pointer, in the order of ranks,
   * and moves it on; collective.
   *
   * @param buffer native memory, or heap memory, which is copied
   * @param offsetBytes where the elements start
   * @param count elements
   * @param type their type
   * @param status filled with how much was written; may be null
   */
  public void writeOrdered(
      MemorySegment buffer, long offsetBytes, long count, Datatype type, Status status) {
    awaitWrite(MpiFileWrites::writeOrdered, buffer, offsetBytes, count, type, status);
  }

  private void awaitWrite(
      AtOffset function,
      long offset,
      MemorySegment buffer,
      long offsetBytes,
      long count,
      Datatype type,
      Status status) {
    check();
    checkOffset(offset);
    long address = comm.in(buffer, offsetBytes, count, 1, type);
    function.call(handle, offset, address, count, type.handle(), comm.statusAddress(status));
    Reference.reachabilityFence(buffer);
    comm.read(status);
  }

  private void awaitWrite(
      AtPointer function,
      MemorySegment buffer,
      long offsetBytes,
      long count,
      Datatype type,
      Status status) {
    check();
    long address = comm.in(buffer, offsetBytes, count, 1, type);
    function.call(handle, address, count, type.handle(), comm.statusAddress(status));
    Reference.reachabilityFence(buffer);
    comm.read(status);
  }

  private void startWrite(
      AtOffset function,
      long offset,
      MemorySegment buffer,
      long offsetBytes,
      long count,
      Datatype type,
      Request request) {
    check();
    checkOffset(offset);
    request.starting(comm);
    long address = Buffers.address(buffer, offsetBytes, count, type);
    function.call(handle, offset, address, count, type.handle(), request.address());
    request.started(buffer, null, type, this);
  }

  private void startWrite(
      AtPointer function,
      MemorySegment buffer,
      long offsetBytes,
      long count,
      Datatype type,
      Request request) {
    check();
    request.starting(comm);
    long address = Buffers.address(buffer, offsetBytes, count, type);
    function.call(handle, address, count, type.handle(), request.address());
    request.started(buffer, null, type, this);
  }
}
