package mpi;

import io.weft.mpi.MpiException;
import io.weft.mpi.ffm.MpiConstant;
import io.weft.mpi.ffm.MpiErrorClass;
import io.weft.mpi.ffm.MpiErrorHandlers;
import io.weft.mpi.ffm.MpiFileReads;
import io.weft.mpi.ffm.MpiFileSplits;
import io.weft.mpi.ffm.MpiFileWrites;
import io.weft.mpi.ffm.MpiFiles;
import io.weft.mpi.ffm.PredefinedHandle;
import java.nio.Buffer;
import java.util.function.LongConsumer;

/**
 * A file that the processes of a communicator read and write together (MPI-4.0 chapter 14).
 *
 * <p>Errors of files are exceptions from the start: {@link MPI#ERRORS_RETURN} is what a file begins
 * with. Offsets are counted in elements of the view, which are bytes until {@link #setView}.
 * Blocking methods take arrays of primitive types and buffers; those that return before C has
 * finished take direct buffers, which stay reachable until then.
 */
public final class File {
  private static final long NULL = Lib.handle(PredefinedHandle.MPI_FILE_NULL);

  /** 8 bytes in every ABI. */
  private long handle;

  private final FileAccess access = new FileAccess();
  private FileView view = new FileView(0, MPI.BYTE, MPI.BYTE, "native");

  /**
   * {@code MPI_File_open} without hints; collective.
   *
   * @param comm the processes
   * @param filename the file's path
   * @param amode {@link MPI#MODE_RDONLY} and its like, joined by {@code |}; the same on all
   *     processes
   * @throws MPIException if it cannot be opened
   */
  public File(Comm comm, String filename, int amode) throws MPIException {
    this(comm, filename, amode, MPI.INFO_NULL);
  }

  /**
   * {@code MPI_File_open}; collective.
   *
   * @param comm the processes
   * @param filename the file's path
   * @param amode {@link MPI#MODE_RDONLY} and its like, joined by {@code |}; the same on all
   *     processes
   * @param info hints
   * @throws MPIException if it cannot be opened
   */
  public File(Comm comm, String filename, int amode, Info info) throws MPIException {
    String function = "MPI_File_open";
    long c = Errors.notNull(function, "comm", comm).handle(function);
    long hints = Errors.notNull(function, "info", info).handle(function);
    long path = path(function, filename);
    this.handle = Calls.answerLong(answer -> MpiFiles.open(c, path, amode, hints, answer));
  }

  private static long path(String function, String filename) throws MPIException {
    Errors.notNull(function, "filename", filename);
    if (filename.isEmpty() || filename.indexOf(0) >= 0) {
      throw Errors.argument(
          function, MpiErrorClass.MPI_ERR_BAD_FILE, "filename is empty or has a 0 in it");
    }
    return Scratch.begin().text(filename);
  }

  private long handle(String function) throws MPIException {
    State.check(function);
    if (handle == NULL) {
      throw Errors.argument(function, MpiErrorClass.MPI_ERR_FILE, "the file is closed");
    }
    return handle;
  }

  private void call(String function, LongConsumer call) throws MPIException {
    long h = handle(function);
    try {
      call.accept(h);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
  }

  private static void length(String function, String name, long length) throws MPIException {
    if (length < 0) {
      throw Errors.argument(function, MpiErrorClass.MPI_ERR_ARG, name + " is " + length);
    }
  }

  /**
   * {@code MPI_File_close}; collective.
   *
   * @throws MPIException if it is closed, or an operation that has begun is not ended
   */
  public void close() throws MPIException {
    String function = "MPI_File_close";
    long h = handle(function);
    access.idle(function);
    long place = Scratch.get().cell;
    Lib.writeLong(place, h);
    Calls.run(() -> MpiFiles.close(place));
    handle = NULL;
  }

  /**
   * {@code MPI_File_delete} without hints.
   *
   * @param filename the file's path
   * @throws MPIException if there is none, or it cannot be deleted
   */
  public static void delete(String filename) throws MPIException {
    delete(filename, MPI.INFO_NULL);
  }

  /**
   * {@code MPI_File_delete}.
   *
   * @param filename the file's path
   * @param info hints
   * @throws MPIException if there is none, or it cannot be deleted
   */
  public static void delete(String filename, Info info) throws MPIException {
    String function = "MPI_File_delete";
    State.check(function);
    long hints = Errors.notNull(function, "info", info).handle(function);
    long path = path(function, filename);
    Calls.run(() -> MpiFiles.delete(path, hints));
  }

  /**
   * {@code MPI_File_set_size}: cuts the file off, or makes it longer; collective.
   *
   * @param size bytes, the same on all processes
   * @throws MPIException if it is negative, or MPI refuses
   */
  public void setSize(long size) throws MPIException {
    String function = "MPI_File_set_size";
    long h = handle(function);
    length(function, "size", size);
    Calls.run(() -> MpiFiles.setSize(h, size));
  }

  /**
   * {@code MPI_File_preallocate}: makes sure of the space; collective.
   *
   * @param size bytes, the same on all processes
   * @throws MPIException if it is negative, or MPI refuses
   */
  public void preallocate(long size) throws MPIException {
    String function = "MPI_File_preallocate";
    long h = handle(function);
    length(function, "size", size);
    Calls.run(() -> MpiFiles.preallocate(h, size));
  }

  /**
   * {@code MPI_File_get_size}.
   *
   * @return bytes
   * @throws MPIException if the file is closed
   */
  public long getSize() throws MPIException {
    long h = handle("MPI_File_get_size");
    return Calls.answerLong(answer -> MpiFiles.getSize(h, answer));
  }

  /**
   * {@code MPI_File_get_group}.
   *
   * @return the processes that opened it, to be freed
   * @throws MPIException if the file is closed
   */
  public Group getGroup() throws MPIException {
    long h = handle("MPI_File_get_group");
    return new Group(Calls.handle(answer -> MpiFiles.getGroup(h, answer)));
  }

  /**
   * {@code MPI_File_get_amode}.
   *
   * @return as the file was opened
   * @throws MPIException if the file is closed
   */
  public int getAMode() throws MPIException {
    long h = handle("MPI_File_get_amode");
    return Calls.answer(answer -> MpiFiles.getAmode(h, answer));
  }

  /**
   * {@code MPI_File_set_info}: gives hints; collective.
   *
   * @param info the hints
   * @throws MPIException if the file is closed, or MPI refuses
   */
  public void setInfo(Info info) throws MPIException {
    String function = "MPI_File_set_info";
    long hints = Errors.notNull(function, "info", info).handle(function);
    call(function, h -> MpiFiles.setInfo(h, hints));
  }

  /**
   * {@code MPI_File_get_info}.
   *
   * @return the hints in force, to be freed
   * @throws MPIException if the file is closed
   */
  public Info getInfo() throws MPIException {
    long h = handle("MPI_File_get_info");
    return new Info(Calls.handle(answer -> MpiFiles.getInfo(h, answer)));
  }

  /**
   * {@link #setView(long, Datatype, Datatype, String, Info)} without hints; collective.
   *
   * @param disp where the view starts in the file, in bytes
   * @param eType in what offsets are counted; committed
   * @param fileType which elements are seen: it repeats; committed, made of element types
   * @param dataRep {@code native}, {@code internal} or {@code external32}
   * @throws MPIException if an argument is wrong, or MPI refuses
   */
  public void setView(long disp, Datatype eType, Datatype fileType, String dataRep)
      throws MPIException {
    setView(disp, eType, fileType, dataRep, MPI.INFO_NULL);
  }

  /**
   * {@code MPI_File_set_view}: what this process sees of the file; collective. Pointers go to the
   * start.
   *
   * @param disp where the view starts in the file, in bytes; or {@link MPI#DISPLACEMENT_CURRENT}
   * @param eType in what offsets are counted; committed
   * @param fileType which elements are seen: it repeats; committed, made of element types
   * @param dataRep {@code native}, {@code internal} or {@code external32}
   * @param info hints
   * @throws MPIException if an argument is wrong, or MPI refuses
   */
  public void setView(long disp, Datatype eType, Datatype fileType, String dataRep, Info info)
      throws MPIException {
    String function = "MPI_File_set_view";
    long h = handle(function);
    long element = Errors.notNull(function, "eType", eType).committed(function);
    long seen = Errors.notNull(function, "fileType", fileType).committed(function);
    long hints = Errors.notNull(function, "info", info).handle(function);
    if (disp != Lib.value(MpiConstant.MPI_DISPLACEMENT_CURRENT)) {
      length(function, "disp", disp);
    }
    long name = Scratch.begin().text(Errors.notNull(function, "dataRep", dataRep));
    Calls.run(() -> MpiFiles.setView(h, disp, element, seen, name, hints));
    view = new FileView(disp, eType, fileType, dataRep);
  }

  /**
   * What this process sees of the file.
   *
   * @return as it was set; bytes from the start, {@code native}, where it was not
   */
  public FileView getView() {
    return view;
  }

  /**
   * {@code MPI_File_read_at}: reads at an offset.
   *
   * @param offset where, in elements of the view
   * @param buf where the elements go
   * @param count how many at most
   * @param type their type
   * @return how many it were
   * @throws MPIException if an argument is wrong, or MPI refuses
   */
  public Status readAt(long offset, Object buf, int count, Datatype type) throws MPIException {
    String f = "MPI_File_read_at";
    return access.read(f, MpiFileReads::readAt, handle(f), offset, buf, count, type);
  }

  /**
   * {@code MPI_File_iread_at}: starts to read at an offset.
   *
   * @param offset where, in elements of the view
   * @param buf where the elements go, direct
   * @param count how many at most
   * @param type their type
   * @return complete when the buffer may be used
   * @throws MPIException if an argument is wrong, or MPI refuses
   * @throws IllegalArgumentException if the buffer is not direct
   */
  public Request iReadAt(long offset, Buffer buf, int count, Datatype type) throws MPIException {
    String f = "MPI_File_iread_at";
    return access.startRead(f, MpiFileReads::ireadAt, handle(f), offset, buf, count, type);
  }

  /**
   * {@code MPI_File_read_at_all}: reads at an offset; collective.
   *
   * @param offset where, in elements of the view
   * @param buf where the elements go
   * @param count how many at most
   * @param type their type
   * @return how many it were
   * @throws MPIException if an argument is wrong, or MPI refuses
   */
  public Status readAtAll(long offset, Object buf, int count, Datatype type) throws MPIException {
    String f = "MPI_File_read_at_all";
    return access.read(f, MpiFileReads::readAtAll, handle(f), offset, buf, count, type);
  }

  /**
   * {@code MPI_File_iread_at_all}: starts to read at an offset; collective.
   *
   * @param offset where, in elements of the view
   * @param buf where the elements go, direct
   * @param count how many at most
   * @param type their type
   * @return complete when the buffer may be used
   * @throws MPIException if an argument is wrong, or MPI refuses
   * @throws IllegalArgumentException if the buffer is not direct
   */
  public Request iReadAtAll(long offset, Buffer buf, int count, Datatype type) throws MPIException {
    String f = "MPI_File_iread_at_all";
    return access.startRead(f, MpiFileReads::ireadAtAll, handle(f), offset, buf, count, type);
  }

  /**
   * {@code MPI_File_read}: reads at this process's pointer.
   *
   * @param buf where the elements go
   * @param count how many at most
   * @param type their type
   * @return how many it were
   * @throws MPIException if an argument is wrong, or MPI refuses
   */
  public Status read(Object buf, int count, Datatype type) throws MPIException {
    String f = "MPI_File_read";
    return access.read(f, MpiFileReads::read, handle(f), buf, count, type);
  }

  /**
   * {@code MPI_File_iread}: starts to read at this process's pointer.
   *
   * @param buf where the elements go, direct
   * @param count how many at most
   * @param type their type
   * @return complete when the buffer may be used
   * @throws MPIException if an argument is wrong, or MPI refuses
   * @throws IllegalArgumentException if the buffer is not direct
   */
  public Request iRead(Buffer buf, int count, Datatype type) throws MPIException {
    String f = "MPI_File_iread";
    return access.startRead(f, MpiFileReads::iread, handle(f), buf, count, type);
  }

  /**
   * {@code MPI_File_read_all}: reads at this process's pointer; collective.
   *
   * @param buf where the elements go
   * @param count how many at most
   * @param type their type
   * @return how many it were
   * @throws MPIException if an argument is wrong, or MPI refuses
   */
  public Status readAll(Object buf, int count, Datatype type) throws MPIException {
    String f = "MPI_File_read_all";
    return access.read(f, MpiFileReads::readAll, handle(f), buf, count, type);
  }

  /**
   * {@code MPI_File_iread_all}: starts to read at this process's pointer; collective.
   *
   * @param buf where the elements go, direct
   * @param count how many at most
   * @param type their type
   * @return complete when the buffer may be used
   * @throws MPIException if an argument is wrong, or MPI refuses
   * @throws IllegalArgumentException if the buffer is not direct
   */
  public Request iReadAll(Buffer buf, int count, Datatype type) throws MPIException {
    String f = "MPI_File_iread_all";
    return access.startRead(f, MpiFileReads::ireadAll, handle(f), buf, count, type);
  }

  /**
   * {@code MPI_File_read_shared}: reads at the pointer that all share.
   *
   * @param buf where the elements go
   * @param count how many at most
   * @param type their type
   * @return how many it were
   * @throws MPIException if an argument is wrong, or MPI refuses
   */
  public Status readShared(Object buf, int count, Datatype type) throws MPIException {
    String f = "MPI_File_read_shared";
    return access.read(f, MpiFileReads::readShared, handle(f), buf, count, type);
  }

  /**
   * {@code MPI_File_iread_shared}: starts to read at the pointer that all share.
   *
   * @param buf where the elements go, direct
   * @param count how many at most
   * @param type their type
   * @return complete when the buffer may be used
   * @throws MPIException if an argument is wrong, or MPI refuses
   * @throws IllegalArgumentException if the buffer is not direct
   */
  public Request iReadShared(Buffer buf, int count, Datatype type) throws MPIException {
    String f = "MPI_File_iread_shared";
    return access.startRead(f, MpiFileReads::ireadShared, handle(f), buf, count, type);
  }

  /**
   * {@code MPI_File_read_ordered}: reads at the pointer that all share, in the order of ranks;
   * collective.
   *
   * @param buf where the elements go
   * @param count how many at most
   * @param type their type
   * @return how many it were
   * @throws MPIException if an argument is wrong, or MPI refuses
   */
  public Status readOrdered(Object buf, int count, Datatype type) throws MPIException {
    String f = "MPI_File_read_ordered";
    return access.read(f, MpiFileReads::readOrdered, handle(f), buf, count, type);
  }

  /**
   * {@code MPI_File_read_at_all_begin}: begins to read at an offset; collective.
   *
   * @param offset where, in elements of the view
   * @param buf where the elements go, direct; not to be touched until {@link #readAtAllEnd}
   * @param count how many at most
   * @param type their type
   * @throws MPIException if an argument is wrong, another operation has begun, or MPI refuses
   * @throws IllegalArgumentException if the buffer is not direct
   */
  public void readAtAllBegin(long offset, Object buf, int count, Datatype type)
      throws MPIException {
    String f = "MPI_File_read_at_all_begin";
    access.beginRead(
        f,
        "MPI_File_read_at_all_end",
        MpiFileSplits::readAtAllBegin,
        handle(f),
        offset,
        buf,
        count,
        type);
  }

  /**
   * {@code MPI_File_read_at_all_end}: ends what {@link #readAtAllBegin} began; collective.
   *
   * @param buf as it was begun with
   * @return how many elements it were
   * @throws MPIException if it is another buffer, that has not begun, or MPI refuses
   */
  public Status readAtAllEnd(Object buf) throws MPIException {
    String f = "MPI_File_read_at_all_end";
    return access.end(f, MpiFileSplits::readAtAllEnd, handle(f), buf);
  }

  /**
   * {@code MPI_File_read_all_begin}: begins to read at this process's pointer; collective.
   *
   * @param buf where the elements go, direct; not to be touched until {@link #readAllEnd}
   * @param count how many at most
   * @param type their type
   * @throws MPIException if an argument is wrong, another operation has begun, or MPI refuses
   * @throws IllegalArgumentException if the buffer is not direct
   */
  public void readAllBegin(Object buf, int count, Datatype type) throws MPIException {
    String f = "MPI_File_read_all_begin";
    access.beginRead(
        f, "MPI_File_read_all_end", MpiFileSplits::readAllBegin, handle(f), buf, count, type);
  }

  /**
   * {@code MPI_File_read_all_end}: ends what {@link #readAllBegin} began; collective.
   *
   * @param buf as it was begun with
   * @return how many elements it were
   * @throws MPIException if it is another buffer, that has not begun, or MPI refuses
   */
  public Status readAllEnd(Object buf) throws MPIException {
    String f = "MPI_File_read_all_end";
    return access.end(f, MpiFileSplits::readAllEnd, handle(f), buf);
  }

  /**
   * {@code MPI_File_read_ordered_begin}: begins to read at the pointer that all share, in the order
   * of ranks; collective.
   *
   * @param buf where the elements go, direct; not to be touched until {@link #readOrderedEnd}
   * @param count how many at most
   * @param type their type
   * @throws MPIException if an argument is wrong, another operation has begun, or MPI refuses
   * @throws IllegalArgumentException if the buffer is not direct
   */
  public void readOrderedBegin(Object buf, int count, Datatype type) throws MPIException {
    String f = "MPI_File_read_ordered_begin";
    access.beginRead(
        f,
        "MPI_File_read_ordered_end",
        MpiFileSplits::readOrderedBegin,
        handle(f),
        buf,
        count,
        type);
  }

  /**
   * {@code MPI_File_read_ordered_end}: ends what {@link #readOrderedBegin} began; collective.
   *
   * @param buf as it was begun with
   * @return how many elements it were
   * @throws MPIException if it is another buffer, that has not begun, or MPI refuses
   */
  public Status readOrderedEnd(Object buf) throws MPIException {
    String f = "MPI_File_read_ordered_end";
    return access.end(f, MpiFileSplits::readOrderedEnd, handle(f), buf);
  }

  /**
   * {@code MPI_File_write_at}: writes at an offset.
   *
   * @param offset where, in elements of the view
   * @param buf the elements
   * @param count how many
   * @param type their type
   * @return how many it were
   * @throws MPIException if an argument is wrong, or MPI refuses
   */
  public Status writeAt(long offset, Object buf, int count, Datatype type) throws MPIException {
    String f = "MPI_File_write_at";
    return access.write(f, MpiFileWrites::writeAt, handle(f), offset, buf, count, type);
  }

  /**
   * {@code MPI_File_iwrite_at}: starts to write at an offset.
   *
   * @param offset where, in elements of the view
   * @param buf the elements, direct
   * @param count how many
   * @param type their type
   * @return complete when the buffer may be used
   * @throws MPIException if an argument is wrong, or MPI refuses
   * @throws IllegalArgumentException if the buffer is not direct
   */
  public Request iWriteAt(long offset, Buffer buf, int count, Datatype type) throws MPIException {
    String f = "MPI_File_iwrite_at";
    return access.startWrite(f, MpiFileWrites::iwriteAt, handle(f), offset, buf, count, type);
  }

  /**
   * {@code MPI_File_write_at_all}: writes at an offset; collective.
   *
   * @param offset where, in elements of the view
   * @param buf the elements
   * @param count how many
   * @param type their type
   * @return how many it were
   * @throws MPIException if an argument is wrong, or MPI refuses
   */
  public Status writeAtAll(long offset, Object buf, int count, Datatype type) throws MPIException {
    String f = "MPI_File_write_at_all";
    return access.write(f, MpiFileWrites::writeAtAll, handle(f), offset, buf, count, type);
  }

  /**
   * {@code MPI_File_iwrite_at_all}: starts to write at an offset; collective.
   *
   * @param offset where, in elements of the view
   * @param buf the elements, direct
   * @param count how many
   * @param type their type
   * @return complete when the buffer may be used
   * @throws MPIException if an argument is wrong, or MPI refuses
   * @throws IllegalArgumentException if the buffer is not direct
   */
  public Request iWriteAtAll(long offset, Buffer buf, int count, Datatype type)
      throws MPIException {
    String f = "MPI_File_iwrite_at_all";
    return access.startWrite(f, MpiFileWrites::iwriteAtAll, handle(f), offset, buf, count, type);
  }

  /**
   * {@code MPI_File_write}: writes at this process's pointer.
   *
   * @param buf the elements
   * @param count how many
   * @param type their type
   * @return how many it were
   * @throws MPIException if an argument is wrong, or MPI refuses
   */
  public Status write(Object buf, int count, Datatype type) throws MPIException {
    String f = "MPI_File_write";
    return access.write(f, MpiFileWrites::write, handle(f), buf, count, type);
  }

  /**
   * {@code MPI_File_iwrite}: starts to write at this process's pointer.
   *
   * @param buf the elements, direct
   * @param count how many
   * @param type their type
   * @return complete when the buffer may be used
   * @throws MPIException if an argument is wrong, or MPI refuses
   * @throws IllegalArgumentException if the buffer is not direct
   */
  public Request iWrite(Buffer buf, int count, Datatype type) throws MPIException {
    String f = "MPI_File_iwrite";
    return access.startWrite(f, MpiFileWrites::iwrite, handle(f), buf, count, type);
  }

  /**
   * {@code MPI_File_write_all}: writes at this process's pointer; collective.
   *
   * @param buf the elements
   * @param count how many
   * @param type their type
   * @return how many it were
   * @throws MPIException if an argument is wrong, or MPI refuses
   */
  public Status writeAll(Object buf, int count, Datatype type) throws MPIException {
    String f = "MPI_File_write_all";
    return access.write(f, MpiFileWrites::writeAll, handle(f), buf, count, type);
  }

  /**
   * {@code MPI_File_iwrite_all}: starts to write at this process's pointer; collective.
   *
   * @param buf the elements, direct
   * @param count how many
   * @param type their type
   * @return complete when the buffer may be used
   * @throws MPIException if an argument is wrong, or MPI refuses
   * @throws IllegalArgumentException if the buffer is not direct
   */
  public Request iWriteAll(Buffer buf, int count, Datatype type) throws MPIException {
    String f = "MPI_File_iwrite_all";
    return access.startWrite(f, MpiFileWrites::iwriteAll, handle(f), buf, count, type);
  }

  /**
   * {@code MPI_File_write_shared}: writes at the pointer that all share.
   *
   * @param buf the elements
   * @param count how many
   * @param type their type
   * @return how many it were
   * @throws MPIException if an argument is wrong, or MPI refuses
   */
  public Status writeShared(Object buf, int count, Datatype type) throws MPIException {
    String f = "MPI_File_write_shared";
    return access.write(f, MpiFileWrites::writeShared, handle(f), buf, count, type);
  }

  /**
   * {@code MPI_File_iwrite_shared}: starts to write at the pointer that all share.
   *
   * @param buf the elements, direct
   * @param count how many
   * @param type their type
   * @return complete when the buffer may be used
   * @throws MPIException if an argument is wrong, or MPI refuses
   * @throws IllegalArgumentException if the buffer is not direct
   */
  public Request iWriteShared(Buffer buf, int count, Datatype type) throws MPIException {
    String f = "MPI_File_iwrite_shared";
    return access.startWrite(f, MpiFileWrites::iwriteShared, handle(f), buf, count, type);
  }

  /**
   * {@code MPI_File_write_ordered}: writes at the pointer that all share, in the order of ranks;
   * collective.
   *
   * @param buf the elements
   * @param count how many
   * @param type their type
   * @return how many it were
   * @throws MPIException if an argument is wrong, or MPI refuses
   */
  public Status writeOrdered(Object buf, int count, Datatype type) throws MPIException {
    String f = "MPI_File_write_ordered";
    return access.write(f, MpiFileWrites::writeOrdered, handle(f), buf, count, type);
  }

  /**
   * {@code MPI_File_write_at_all_begin}: begins to write at an offset; collective.
   *
   * @param offset where, in elements of the view
   * @param buf the elements, direct; not to be touched until {@link #writeAtAllEnd}
   * @param count how many
   * @param type their type
   * @throws MPIException if an argument is wrong, another operation has begun, or MPI refuses
   * @throws IllegalArgumentException if the buffer is not direct
   */
  public void writeAtAllBegin(long offset, Object buf, int count, Datatype type)
      throws MPIException {
    String f = "MPI_File_write_at_all_begin";
    access.beginWrite(
        f,
        "MPI_File_write_at_all_end",
        MpiFileSplits::writeAtAllBegin,
        handle(f),
        offset,
        buf,
        count,
        type);
  }

  /**
   * {@code MPI_File_write_at_all_end}: ends what {@link #writeAtAllBegin} began; collective.
   *
   * @param buf as it was begun with
   * @return how many elements it were
   * @throws MPIException if it is another buffer, that has not begun, or MPI refuses
   */
  public Status writeAtAllEnd(Object buf) throws MPIException {
    String f = "MPI_File_write_at_all_end";
    return access.end(f, MpiFileSplits::writeAtAllEnd, handle(f), buf);
  }

  /**
   * {@code MPI_File_write_all_begin}: begins to write at this process's pointer; collective.
   *
   * @param buf the elements, direct; not to be touched until {@link #writeAllEnd}
   * @param count how many
   * @param type their type
   * @throws MPIException if an argument is wrong, another operation has begun, or MPI refuses
   * @throws IllegalArgumentException if the buffer is not direct
   */
  public void writeAllBegin(Object buf, int count, Datatype type) throws MPIException {
    String f = "MPI_File_write_all_begin";
    access.beginWrite(
        f, "MPI_File_write_all_end", MpiFileSplits::writeAllBegin, handle(f), buf, count, type);
  }

  /**
   * {@code MPI_File_write_all_end}: ends what {@link #writeAllBegin} began; collective.
   *
   * @param buf as it was begun with
   * @return how many elements it were
   * @throws MPIException if it is another buffer, that has not begun, or MPI refuses
   */
  public Status writeAllEnd(Object buf) throws MPIException {
    String f = "MPI_File_write_all_end";
    return access.end(f, MpiFileSplits::writeAllEnd, handle(f), buf);
  }

  /**
   * {@code MPI_File_write_ordered_begin}: begins to write at the pointer that all share, in the
   * order of ranks; collective.
   *
   * @param buf the elements, direct; not to be touched until {@link #writeOrderedEnd}
   * @param count how many
   * @param type their type
   * @throws MPIException if an argument is wrong, another operation has begun, or MPI refuses
   * @throws IllegalArgumentException if the buffer is not direct
   */
  public void writeOrderedBegin(Object buf, int count, Datatype type) throws MPIException {
    String f = "MPI_File_write_ordered_begin";
    access.beginWrite(
        f,
        "MPI_File_write_ordered_end",
        MpiFileSplits::writeOrderedBegin,
        handle(f),
        buf,
        count,
        type);
  }

  /**
   * {@code MPI_File_write_ordered_end}: ends what {@link #writeOrderedBegin} began; collective.
   *
   * @param buf as it was begun with
   * @return how many elements it were
   * @throws MPIException if it is another buffer, that has not begun, or MPI refuses
   */
  public Status writeOrderedEnd(Object buf) throws MPIException {
    String f = "MPI_File_write_ordered_end";
    return access.end(f, MpiFileSplits::writeOrderedEnd, handle(f), buf);
  }

  /**
   * {@code MPI_File_seek}: moves this process's pointer.
   *
   * @param offset how far, in elements of the view
   * @param whence {@link MPI#SEEK_SET}, {@link MPI#SEEK_CUR} or {@link MPI#SEEK_END}
   * @throws MPIException if that would be before the start, or MPI refuses
   */
  public void seek(long offset, int whence) throws MPIException {
    call("MPI_File_seek", h -> MpiFiles.seek(h, offset, whence));
  }

  /**
   * {@code MPI_File_get_position}.
   *
   * @return this process's pointer, in elements of the view
   * @throws MPIException if the file is closed
   */
  public long getPosition() throws MPIException {
    long h = handle("MPI_File_get_position");
    return Calls.answerLong(answer -> MpiFiles.getPosition(h, answer));
  }

  /**
   * {@code MPI_File_get_byte_offset}.
   *
   * @param offset an element of the view
   * @return where it lies in the file, in bytes
   * @throws MPIException if it is negative, or the file is closed
   */
  public long getByteOffset(long offset) throws MPIException {
    String function = "MPI_File_get_byte_offset";
    long h = handle(function);
    length(function, "offset", offset);
    return Calls.answerLong(answer -> MpiFiles.getByteOffset(h, offset, answer));
  }

  /**
   * {@code MPI_File_seek_shared}: moves the pointer that all processes share; collective.
   *
   * @param offset how far, in elements of the view; the same on all processes
   * @param whence {@link MPI#SEEK_SET}, {@link MPI#SEEK_CUR} or {@link MPI#SEEK_END}
   * @throws MPIException if that would be before the start, or MPI refuses
   */
  public void seekShared(long offset, int whence) throws MPIException {
    call("MPI_File_seek_shared", h -> MpiFiles.seekShared(h, offset, whence));
  }

  /**
   * {@code MPI_File_get_position_shared}.
   *
   * @return the pointer that all processes share, in elements of the view
   * @throws MPIException if the file is closed
   */
  public long getPositionShared() throws MPIException {
    long h = handle("MPI_File_get_position_shared");
    return Calls.answerLong(answer -> MpiFiles.getPositionShared(h, answer));
  }

  /**
   * {@code MPI_File_get_type_extent}: how far an element is from the next in the file.
   *
   * @param type the element's type
   * @return in elements of the primitive type that the datatype is made of
   * @throws MPIException if the file is closed, or the type freed
   */
  public int getTypeExtent(Datatype type) throws MPIException {
    String function = "MPI_File_get_type_extent";
    long h = handle(function);
    long t = Errors.notNull(function, "type", type).handle(function);
    long bytes = Calls.answerLong(answer -> MpiFiles.getTypeExtent(h, t, answer));
    return type.elements(function, bytes);
  }

  /**
   * {@code MPI_File_set_atomicity}: whether operations that overlap are as if one came after the
   * other; collective.
   *
   * @param atomicity the same on all processes
   * @throws MPIException if the file is closed, or MPI refuses
   */
  public void setAtomicity(boolean atomicity) throws MPIException {
    call("MPI_File_set_atomicity", h -> MpiFiles.setAtomicity(h, atomicity ? 1 : 0));
  }

  /**
   * {@code MPI_File_get_atomicity}.
   *
   * @return as it was set; false at first
   * @throws MPIException if the file is closed
   */
  public boolean getAtomicity() throws MPIException {
    long h = handle("MPI_File_get_atomicity");
    return Calls.flag(answer -> MpiFiles.getAtomicity(h, answer));
  }

  /**
   * {@code MPI_File_sync}: what was written is in the file, and others' is seen; collective.
   *
   * @throws MPIException if the file is closed, or MPI refuses
   */
  public void sync() throws MPIException {
    call("MPI_File_sync", MpiFiles::sync);
  }

  /**
   * {@code MPI_File_set_errhandler}.
   *
   * @param errhandler what is done about errors of this file
   * @throws MPIException if the file is closed
   */
  public void setErrhandler(Errhandler errhandler) throws MPIException {
    String function = "MPI_File_set_errhandler";
    long handler = Errors.notNull(function, "errhandler", errhandler).handle(function);
    call(function, h -> MpiFiles.setErrhandler(h, handler));
  }

  /**
   * {@code MPI_File_get_errhandler}.
   *
   * @return what is done about errors of this file
   * @throws MPIException if the file is closed
   */
  public Errhandler getErrhandler() throws MPIException {
    long h = handle("MPI_File_get_errhandler");
    return new Errhandler(Calls.handle(answer -> MpiFiles.getErrhandler(h, answer)));
  }

  /**
   * {@code MPI_File_call_errhandler}: has the error handler called.
   *
   * @param errorCode a code or class
   * @throws MPIException if the file is closed
   */
  public void callErrhandler(int errorCode) throws MPIException {
    call("MPI_File_call_errhandler", h -> MpiErrorHandlers.fileCallErrhandler(h, errorCode));
  }
}
