package io.weft.mpi;

import io.weft.mpi.ffm.MpiAbi;
import io.weft.mpi.ffm.MpiFiles;
import java.lang.foreign.Arena;
import java.util.EnumSet;
import java.util.Set;

/**
 * A file that all ranks of a communicator have open (MPI-4.0 chapter 14). Its errors return.
 * Buffers, counts and checks are as {@link Comm}'s; offsets are elements of the view, which shows
 * all bytes at first. Requests are those of the communicator. Threads: as the communicator, which
 * is to be closed after it.
 */
public final class MpiFile extends FileSplitWrites implements AutoCloseable {
  private final Set<FileMode> modes;

  private MpiFile(Comm comm, String path, Set<FileMode> modes, Info info) {
    super(comm, path, bits(comm.abi, modes), info);
    this.modes = modes;
  }

  private static int bits(MpiAbi abi, Set<FileMode> modes) {
    int bits = 0;
    for (FileMode mode : modes) {
      bits |= abi.value(mode.constant());
    }
    return bits;
  }

  /**
   * {@code MPI_File_open}; collective.
   *
   * @param comm the ranks; kept open longer than the file
   * @param path the same file on all ranks
   * @param info hints; may be null
   * @param first how
   * @param more how, too
   * @return the file, to be closed
   * @throws MpiException such as {@code MPI_ERR_NO_SUCH_FILE}
   */
  public static MpiFile open(Comm comm, String path, Info info, FileMode first, FileMode... more) {
    comm.check();
    Set<FileMode> modes = EnumSet.of(first, more);
    return new MpiFile(comm, path, modes, info);
  }

  /**
   * {@code MPI_File_delete}; not collective.
   *
   * @param mpi MPI
   * @param path the file
   * @throws MpiException such as {@code MPI_ERR_NO_SUCH_FILE}
   */
  public static void delete(Mpi mpi, String path) {
    mpi.check();
    try (Arena arena = Arena.ofConfined()) {
      MpiFiles.delete(
          arena.allocateFrom(Arguments.notNull("path", path)).address(), Info.handle(mpi, null));
    }
  }

  /**
   * How it was opened, {@code MPI_File_get_amode}.
   *
   * @return a copy
   */
  public Set<FileMode> modes() {
    check();
    MpiFiles.getAmode(handle, comm.scratch().address());
    int bits = comm.answer();
    Set<FileMode> result = EnumSet.noneOf(FileMode.class);
    for (FileMode mode : FileMode.values()) {
      if ((bits & abi.value(mode.constant())) != 0) {
        result.add(mode);
      }
    }
    return result;
  }

  /** {@code MPI_File_close}; collective. Closing twice does nothing. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    check();
    closeHandle();
  }

  /** How it was opened. */
  @Override
  public String toString() {
    return "file opened " + modes;
  }
}
