package io.weft.mpi;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** Bad arguments of windows and files; all ranks make the same calls, which are refused on each. */
final class BadTargets {
  private static final int FAR = 1_234_567;

  private final Mpi mpi;
  private final Comm comm;
  private final Info closedInfo;
  private final MemorySegment buffer;

  BadTargets(Mpi mpi, Comm comm) {
    this.mpi = mpi;
    this.comm = comm;
    this.buffer = mpi.allocate(256);
    this.closedInfo = mpi.newInfo();
    closedInfo.close();
  }

  private static void add(List<BadCase> to, String method, Object value, BadCase.Call call) {
    to.add(new BadCase(method, value.toString(), call));
  }

  List<BadCase> windowsThatAreMade() {
    List<BadCase> to = new ArrayList<>();
    MemorySegment heap = MemorySegment.ofArray(new long[4]);
    add(to, "allocateWin", "-1", () -> comm.allocateWin(-1));
    add(to, "allocateWin", Long.MAX_VALUE, () -> comm.allocateWin(Long.MAX_VALUE));
    add(to, "allocateSharedWin", "-1", () -> comm.allocateSharedWin(-1, null));
    add(to, "allocateSharedWin", "closed", () -> comm.allocateSharedWin(8, closedInfo));
    add(to, "createWin", "heap", () -> comm.createWin(heap, null));
    add(to, "createWin", "read-only", () -> comm.createWin(buffer.asReadOnly(), null));
    add(to, "createWin", "closed", () -> comm.createWin(buffer, closedInfo));
    add(to, "createWin", " is null", () -> comm.createWin(null, null));
    add(to, "createDynamicWin", "closed", () -> comm.createDynamicWin(closedInfo));
    return to;
  }

  /** In an epoch of fences of a window of 64 bytes a rank. */
  List<BadCase> windows(Win win) {
    List<BadCase> to = new ArrayList<>();
    int me = comm.rank();
    MemorySegment own = win.memory();
    Datatype i = Datatype.INT;
    Request request = comm.newRequest();
    for (long at = 0; at < 8; at += 4) {
      long offset = at;
      add(to, "put", "overlap", () -> win.put(own, 0, 2, i, me, offset));
      add(to, "get", "overlap", () -> win.get(own, offset, 2, i, me, 4));
      add(to, "rput", "overlap", () -> win.rput(own, 0, 2, i, me, offset, request));
      add(to, "rget", "overlap", () -> win.rget(own, offset, 2, i, me, 4, request));
      add(
          to,
          "getAccumulate",
          "overlap",
          () -> win.getAccumulate(buffer, 0, buffer, offset, 2, i, Op.SUM, me, 0));
    }
    add(to, "fetchAndOp", "overlap", () -> win.fetchAndOp(buffer, 0, buffer, 0, i, Op.SUM, me, 0));
    MemorySegment b = buffer;
    add(to, "compareAndSwap", "overlap", () -> win.compareAndSwap(b, 0, b, 8, b, 0, i, me, 0));
    add(to, "compareAndSwap", "overlap", () -> win.compareAndSwap(b, 0, b, 8, b, 8, i, me, 0));
    add(to, "put", FAR, () -> win.put(b, 0, 1, i, FAR, 0));
    add(to, "put", "-1", () -> win.put(b, 0, 1, i, -1, 0));
    add(to, "put", "64 bytes", () -> win.put(b, 0, 1, i, me, 64));
    add(to, "get", "offset -4", () -> win.get(b, 0, 1, i, me, -4));
    add(to, "get", "read-only", () -> win.get(b.asReadOnly(), 0, 1, i, me, 0));
    add(to, "rget", "read-only", () -> win.rget(b.asReadOnly(), 0, 1, i, me, 0, request));
    add(to, "accumulate", "MPI_NO_OP", () -> win.accumulate(b, 0, 1, i, Op.NO_OP, me, 0));
    add(to, "attach", "not dynamic", () -> win.attach(b));
    add(to, "detach", "not attached", () -> win.detach(b));
    add(to, "addRemoteMemory", "not dynamic", () -> win.addRemoteMemory(me, 0, 8));
    for (int rank : new int[] {-1, comm.size(), FAR}) {
      add(to, "lengthBytes", rank, () -> win.lengthBytes(rank));
      add(to, "sharedMemory", rank, () -> win.sharedMemory(rank));
    }
    add(to, "setInfo", "closed", () -> win.setInfo(closedInfo));
    add(to, "setErrorHandler", " is null", () -> win.setErrorHandler(null));
    return to;
  }

  List<BadCase> files(MpiFile file, String path) {
    List<BadCase> to = new ArrayList<>();
    FileMode r = FileMode.READ_ONLY;
    add(to, "open", " is null", () -> MpiFile.open(null, path, null, r));
    add(to, "open", " is null", () -> MpiFile.open(comm, null, null, r));
    add(to, "open", "closed", () -> MpiFile.open(comm, path, closedInfo, r));
    add(to, "open", "MPI_File_open", () -> MpiFile.open(comm, path + ".none", null, r));
    add(to, "open", "MPI_File_open", () -> MpiFile.open(comm, path, null, FileMode.APPEND));
    add(to, "delete", "MPI_File_delete", () -> MpiFile.delete(mpi, path + ".none"));
    add(to, "delete", " is null", () -> MpiFile.delete(mpi, null));
    Datatype i = Datatype.INT;
    add(to, "setView", "-1", () -> file.setView(-1, i, i, "native", null));
    add(to, "setView", " is null", () -> file.setView(0, null, i, "native", null));
    add(to, "setView", " is null", () -> file.setView(0, i, null, "native", null));
    add(to, "setView", " is null", () -> file.setView(0, i, i, null, null));
    add(to, "setView", "closed", () -> file.setView(0, i, i, "native", closedInfo));
    add(to, "setSize", "-1", () -> file.setSize(-1));
    add(to, "preallocate", "-1", () -> file.preallocate(-1));
    add(to, "byteOffset", "-1", () -> file.byteOffset(-1));
    add(to, "seek", "MPI_File_seek", () -> file.seek(-1, Whence.START));
    add(to, "seek", " is null", () -> file.seek(0, null));
    add(to, "typeExtent", " is null", () -> file.typeExtent(null));
    add(to, "setErrorHandler", " is null", () -> file.setErrorHandler(null));
    return to;
  }

  /** What ends an operation in two steps, by the name of what begins it. */
  private static List<BadCase> ends(MpiFile file, String begun) {
    List<BadCase> to = new ArrayList<>();
    String none = begun.isEmpty() ? "no operation in two steps" : begun + "_begin";
    add(to, "readAtAllEnd", none, () -> file.readAtAllEnd(null));
    add(to, "readAllEnd", none, () -> file.readAllEnd(null));
    add(to, "readOrderedEnd", none, () -> file.readOrderedEnd(null));
    add(to, "writeAtAllEnd", none, () -> file.writeAtAllEnd(null));
    add(to, "writeAllEnd", none, () -> file.writeAllEnd(null));
    add(to, "writeOrderedEnd", none, () -> file.writeOrderedEnd(null));
    return to;
  }

  List<BadCase> endsWithoutBegin(MpiFile file) {
    return ends(file, "");
  }

  /** After a begin: every end but its own, another begin, and a close. */
  List<BadCase> endsOfOthers(MpiFile file, String begun, String own) {
    List<BadCase> to = new ArrayList<>(ends(file, begun));
    to.removeIf(each -> each.method().equals(own));
    String none = begun + "_begin";
    Datatype i = Datatype.INT;
    add(to, "readAllBegin", none, () -> file.readAllBegin(buffer, 128, 1, i));
    add(to, "writeAtAllBegin", none, () -> file.writeAtAllBegin(0, buffer, 128, 1, i));
    add(to, "close", none, file::close);
    return to;
  }
}
