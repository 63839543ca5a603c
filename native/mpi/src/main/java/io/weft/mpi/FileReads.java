package io.weft.mpi;

import io.weft.mpi.ffm.MpiFileFunction.AtOffset;
import io.weft.mpi.ffm.MpiFileFunction.AtPointer;
import io.weft.mpi.ffm.MpiFileReads;
import java.lang.foreign.MemorySegment;

/** Reading an {@link MpiFile} (MPI-4.0 section 14.4). */
abstract class FileReads extends FileCore {
  FileReads(Comm comm, String path, int mode, Info info) {
    super(comm, path, mode, info);
  }

  /**
   * {@code MPI_File_read_at}: reads elements at an offset.
   *
   * @param offset where in the view, in its elements
   * @param buffer native memory, or heap memory, which is copied
   * @param offsetBytes where the elements go
   * @param count elements
   * @param type their type
   * @param status filled with how much was read; may be null
   */
  public void readAt(
      long offset,
      MemorySegment buffer,
      long offsetBytes,
      long count,
      Datatype type,
      Status status) {
    awaitRead(MpiFileReads::readAt, offset, buffer, offsetBytes, count, type, status);
  }

  /**
   * {@code MPI_File_iread_at}: reads elements at an offset; does not block.
   *
   * @param offset where in the view, in its elements
   * @param buffer native memory; kept reachable by the request
   * @param offsetBytes where the elements go
   * @param count elements
   * @param type their type
   * @param request an inactive request of the file's communicator
   */
  public void ireadAt(
      long offset,
      MemorySegment buffer,
      long offsetBytes,
      long count,
      Datatype type,
      Request request) {
    startRead(MpiFileReads::ireadAt, offset, buffer, offsetBytes, count, type, request);
  }

  /**
   * {@code MPI_File_read_at_all}: reads elements at an offset; collective.
   *
   * @param offset where in the view, in its elements
   * @param buffer native memory, or heap memory, which is copied
   * @param offsetBytes where the elements go
   * @param count elements
   * @param type their type
   * @param status filled with how much was read; may be null
   */
  public void readAtAll(
      long offset,
      MemorySegment buffer,
      long offsetBytes,
      long count,
      Datatype type,
      Status status) {
    awaitRead(MpiFileReads::readAtAll, offset, buffer, offsetBytes, count, type, status);
  }

  /**
   * {@code MPI_File_iread_at_all}: reads elements at an offset; collective; does not block.
   *
   * @param offset where in the view, in its elements
   * @param buffer native memory; kept reachable by the request
   * @param offsetBytes where the elements go
   * @param count elements
   * @param type their type
   * @param request an inactive request of the file's communicator
   */
  public void ireadAtAll(
      long offset,
      MemorySegment buffer,
      long offsetBytes,
      long count,
      Datatype type,
      Request request) {
    startRead(MpiFileReads::ireadAtAll, offset, buffer, offsetBytes, count, type, request);
  }

  /**
   * {@code MPI_File_read}: reads elements at this rank's pointer, and moves it on.
   *
   * @param buffer native memory, or heap memory, which is copied
   * @param offsetBytes where the elements go
   * @param count elements
   * @param type their type
   * @param status filled with how much was read; may be null
   */
  public void read(
      MemorySegment buffer, long offsetBytes, long count, Datatype type, Status status) {
    awaitRead(MpiFileReads::read, buffer, offsetBytes, count, type, status);
  }

  /**
   * {@code MPI_File_iread}: reads elements at this rank's pointer, and moves it on; does not block.
   *
   * @param buffer native memory; kept reachable by the request
   * @param offsetBytes where the elements go
   * @param count elements
   * @param type their type
   * @param request an inactive request of the file's communicator
   */
  public void iread(
      MemorySegment buffer, long offsetBytes, long count, Datatype type, Request request) {
    startRead(MpiFileReads::iread, buffer, offsetBytes, count, type, request);
  }

  /**
   * {@code MPI_File_read_all}: reads elements at this rank's pointer, and moves it on; collective.
   *
   * @param buffer native memory, or heap memory, which is copied
   * @param offsetBytes where the elements go
   * @param count elements
   * @param type their type
   * @param status filled with how much was read; may be null
   */
  public void readAll(
      MemorySegment buffer, long offsetBytes, long count, Datatype type, Status status) {
    awaitRead(MpiFileReads::readAll, buffer, offsetBytes, count, type, status);
  }

  /**
   * {@code MPI_File_iread_all}: reads elements at this rank's pointer, and moves it on; collective;
   * does not block.
   *
   * @param buffer native memory; kept reachable by the request
   * @param offsetBytes where the elements go
   * @param count elements
   * @param type their type
   * @param request an inactive request of the file's communicator
   */
  public void ireadAll(
      MemorySegment buffer, long offsetBytes, long count, Datatype type, Request request) {
    startRead(MpiFileReads::ireadAll, buffer, offsetBytes, count, type, request);
  }

  /**
   * {@code MPI_File_read_shared}: reads elements at the pointer that all ranks share, and moves it
   * on.
   *
   * @param buffer native memory, or heap memory, which is copied
   * @param offsetBytes where the elements go
   * @param count elements
   * @param type their type
   * @param status filled with how much was read; may be null
   */
  public void readShared(
      MemorySegment buffer, long offsetBytes, long count, Datatype type, Status status) {
    awaitRead(MpiFileReads::readShared, buffer, offsetBytes, count, type, status);
  }

  /**
   * {@code MPI_File_iread_shared}: reads elements at the pointer that all ranks share, and moves it
   * on; does not block.
   *
   * @param buffer native memory; kept reachable by the request
   * @param offsetBytes where the elements go
   * @param count elements
   * @param type their type
   * @param request an inactive request of the file's communicator
   */
  public void ireadShared(
      MemorySegment buffer, long offsetBytes, long count, Datatype type, Request request) {
    startRead(MpiFileReads::ireadShared, buffer, offsetBytes, count, type, request);
  }

  /**
   * {@code MPI_File_read_ordered}: reads elements at the shared pointer, in the order of ranks, and
   * moves it on; collective.
   *
   * @param buffer native memory, or heap memory, which is copied
   * @param offsetBytes where the elements go
   * @param count elements
   * @param type their type
   * @param status filled with how much was read; may be null
   */
  public void readOrdered(
      MemorySegment buffer, long offsetBytes, long count, Datatype type, Status status) {
    awaitRead(MpiFileReads::readOrdered, buffer, offsetBytes, count, type, status);
  }

  private void awaitRead(
      AtOffset function,
      long offset,
      MemorySegment buffer,
      long offsetBytes,
      long count,
      Datatype type,
      Status status) {
    check();
    checkOffset(offset);
    long address = comm.out(buffer, offsetBytes, count, 1, type);
    function.call(handle, offset, address, count, type.handle(), comm.statusAddress(status));
    comm.back(buffer, offsetBytes, count, 1, type);
    comm.read(status);
  }

  private void awaitRead(
      AtPointer function,
      MemorySegment buffer,
      long offsetBytes,
      long count,
      Datatype type,
      Status status) {
    check();
    long address = comm.out(buffer, offsetBytes, count, 1, type);
    function.call(handle, address, count, type.handle(), comm.statusAddress(status));
    comm.back(buffer, offsetBytes, count, 1, type);
    comm.read(status);
  }

  private void startRead(
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
    long address = Buffers.target(buffer, offsetBytes, count, type);
    function.call(handle, offset, address, count, type.handle(), request.address());
    request.started(buffer, null, type, this);
  }

  private void startRead(
      AtPointer function,
      MemorySegment buffer,
      long offsetBytes,
      long count,
      Datatype type,
      Request request) {
    check();
    request.starting(comm);
    long address = Buffers.target(buffer, offsetBytes, count, type);
    function.call(handle, address, count, type.handle(), request.address());
    request.started(buffer, null, type, this);
  }
}
