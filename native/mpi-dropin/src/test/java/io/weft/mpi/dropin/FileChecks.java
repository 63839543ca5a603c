package io.weft.mpi.dropin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.IntBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import mpi.Datatype;
import mpi.Errhandler;
import mpi.File;
import mpi.FileView;
import mpi.Group;
import mpi.Info;
import mpi.Intracomm;
import mpi.MPI;
import mpi.MPIException;
import mpi.Request;
import mpi.Status;

/** Files, whose bytes are compared with what {@code java.nio} reads. */
final class FileChecks extends Checks {
  private static final int BLOCK = 4;

  private final Path folder;
  private final int[] mine = new int[BLOCK];
  private final int[] got = new int[BLOCK];
  private final IntBuffer direct = MPI.newIntBuffer(BLOCK);
  private final IntBuffer back = MPI.newIntBuffer(BLOCK);

  FileChecks(Intracomm comm, Path folder) throws MPIException {
    super(comm);
    this.folder = folder;
    for (int i = 0; i < BLOCK; i++) {
      mine[i] = 100 * rank + i;
      direct.put(i, 100 * rank + i);
    }
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  /** To read and write, in elements of {@code int}. */
  private File open(String name) throws MPIException {
    Arrays.fill(got, -1);
    for (int i = 0; i < BLOCK; i++) {
      back.put(i, -1);
    }
    File file = new File(comm, path(name), MPI.MODE_CREATE | MPI.MODE_RDWR);
    file.setView(0, MPI.INT, MPI.INT, "native");
    return file;
  }

  private int[] ints(String name) {
    try {
      ByteBuffer bytes =
          ByteBuffer.wrap(Files.readAllBytes(folder.resolve(name))).order(ByteOrder.nativeOrder());
      int[] result = new int[bytes.remaining() / Integer.BYTES];
      bytes.asIntBuffer().get(result);
      return result;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private int[] block(int of) {
    int[] result = new int[BLOCK];
    for (int i = 0; i < BLOCK; i++) {
      result[i] = 100 * of + i;
    }
    return result;
  }

  /** A block of each rank, in their order. */
  private void expectBlocks(String name, File file) throws MPIException {
    file.sync();
    comm.barrier();
    int[] found = ints(name);
    assertEquals(BLOCK * size, found.length);
    for (int each = 0; each < size; each++) {
      assertArrayEquals(
          block(each), Arrays.copyOfRange(found, BLOCK * each, BLOCK * (each + 1)), name);
    }
    comm.barrier();
  }

  private static void expectCount(int count, Status status) throws MPIException {
    assertEquals(count, status.getCount(MPI.INT));
  }

  private void expectGot(int of) {
    assertArrayEquals(block(of), got);
    Arrays.fill(got, -1);
  }

  private void expectBack(int of) {
    for (int i = 0; i < BLOCK; i++) {
      assertEquals(100 * of + i, back.get(i));
      back.put(i, -1);
    }
  }

  void atOffsets() throws MPIException {
    File file = open("at");
    expectCount(BLOCK, file.writeAt(BLOCK * rank, mine, BLOCK, MPI.INT));
    expectBlocks("at", file);
    expectCount(BLOCK, file.readAt(BLOCK * next, got, BLOCK, MPI.INT));
    expectGot(next);
    expectCount(BLOCK, file.readAtAll(BLOCK * previous, got, BLOCK, MPI.INT));
    expectGot(previous);
    // Past the end there is less to read, and the rest of the array stays.
    expectCount(1, file.readAt(BLOCK * size - 1, got, BLOCK, MPI.INT));
    assertArrayEquals(new int[] {100 * (size - 1) + BLOCK - 1, -1, -1, -1}, got);
    comm.barrier();
    file.setSize(0);
    expectCount(BLOCK, file.writeAtAll(BLOCK * rank, direct, BLOCK, MPI.INT));
    expectBlocks("at", file);
    file.close();
  }

  void atPointers() throws MPIException {
    File file = open("pointer");
    file.seek(BLOCK * rank, MPI.SEEK_SET);
    expectCount(BLOCK, file.write(mine, BLOCK, MPI.INT));
    assertEquals(BLOCK * (rank + 1), file.getPosition());
    expectBlocks("pointer", file);
    file.seek(-BLOCK, MPI.SEEK_CUR);
    expectCount(BLOCK, file.read(got, BLOCK, MPI.INT));
    expectGot(rank);
    file.seek(BLOCK * next, MPI.SEEK_SET);
    expectCount(BLOCK, file.readAll(IntBuffer.wrap(got), BLOCK, MPI.INT));
    expectGot(next);
    comm.barrier();
    file.setSize(0);
    file.seek(BLOCK * rank, MPI.SEEK_SET);
    expectCount(BLOCK, file.writeAll(IntBuffer.wrap(mine), BLOCK, MPI.INT));
    expectBlocks("pointer", file);
    assertEquals(BLOCK * (rank + 1) * Integer.BYTES, file.getByteOffset(BLOCK * (rank + 1)));
    file.close();
  }

  void started() throws MPIException {
    File file = open("started");
    file.iWriteAt(BLOCK * rank, direct, BLOCK, MPI.INT).waitFor();
    expectBlocks("started", file);
    Request reading = file.iReadAt(BLOCK * next, back, BLOCK, MPI.INT);
    expectCount(BLOCK, reading.waitStatus());
    expectBack(next);
    file.iReadAtAll(BLOCK * previous, back, BLOCK, MPI.INT).waitFor();
    expectBack(previous);
    comm.barrier();
    file.setSize(0);
    file.iWriteAtAll(BLOCK * rank, direct, BLOCK, MPI.INT).waitFor();
    expectBlocks("started", file);
    file.seek(BLOCK * next, MPI.SEEK_SET);
    file.iRead(back, BLOCK, MPI.INT).waitFor();
    expectBack(next);
    file.seek(BLOCK * previous, MPI.SEEK_SET);
    file.iReadAll(back, BLOCK, MPI.INT).waitFor();
    expectBack(previous);
    comm.barrier();
    file.setSize(0);
    file.seek(BLOCK * rank, MPI.SEEK_SET);
    file.iWrite(direct, BLOCK, MPI.INT).waitFor();
    expectBlocks("started", file);
    comm.barrier();
    file.setSize(0);
    file.seek(BLOCK * rank, MPI.SEEK_SET);
    file.iWriteAll(direct, BLOCK, MPI.INT).waitFor();
    expectBlocks("started", file);
    file.close();
  }

  /** Which block a rank gets is open; that each is written and read once is not. */
  void atTheSharedPointer() throws MPIException {
    File file = open("shared");
    expectCount(BLOCK, file.writeShared(mine, BLOCK, MPI.INT));
    expectEachOnce("shared", file);
    assertEquals(BLOCK * size, file.getPositionShared());
    comm.barrier();
    file.seekShared(0, MPI.SEEK_SET);
    expectCount(BLOCK, file.readShared(got, BLOCK, MPI.INT));
    expectOneOfAll(got);
    comm.barrier();
    file.setSize(0);
    file.seekShared(0, MPI.SEEK_SET);
    file.iWriteShared(direct, BLOCK, MPI.INT).waitFor();
    expectEachOnce("shared", file);
    comm.barrier();
    file.seekShared(0, MPI.SEEK_SET);
    file.iReadShared(back, BLOCK, MPI.INT).waitFor();
    back.get(0, got);
    expectOneOfAll(got);
    file.close();
  }

  private void expectEachOnce(String name, File file) throws MPIException {
    file.sync();
    comm.barrier();
    int[] found = ints(name);
    assertEquals(BLOCK * size, found.length);
    Arrays.sort(found);
    int[] all = new int[BLOCK * size];
    for (int each = 0; each < size; each++) {
      System.arraycopy(block(each), 0, all, BLOCK * each, BLOCK);
    }
    assertArrayEquals(all, found);
    comm.barrier();
  }

  private void expectOneOfAll(int[] block) throws MPIException {
    int[] firsts = new int[size];
    comm.allGather(block, 1, MPI.INT, firsts, 1, MPI.INT);
    Arrays.sort(firsts);
    for (int each = 0; each < size; each++) {
      assertEquals(100 * each, firsts[each]);
    }
  }

  void inTheOrderOfRanks() throws MPIException {
    File file = open("ordered");
    expectCount(BLOCK, file.writeOrdered(mine, BLOCK, MPI.INT));
    expectBlocks("ordered", file);
    file.seekShared(0, MPI.SEEK_SET);
    expectCount(BLOCK, file.readOrdered(got, BLOCK, MPI.INT));
    expectGot(rank);
    comm.barrier();
    file.setSize(0);
    file.seekShared(0, MPI.SEEK_SET);
    file.writeOrderedBegin(direct, BLOCK, MPI.INT);
    expectCount(BLOCK, file.writeOrderedEnd(direct));
    expectBlocks("ordered", file);
    file.seekShared(0, MPI.SEEK_SET);
    file.readOrderedBegin(back, BLOCK, MPI.INT);
    expectCount(BLOCK, file.readOrderedEnd(back));
    expectBack(rank);
    file.close();
  }

  void inTwoSteps() throws MPIException {
    File file = open("steps");
    file.writeAtAllBegin(BLOCK * rank, direct, BLOCK, MPI.INT);
    expectCount(BLOCK, file.writeAtAllEnd(direct));
    expectBlocks("steps", file);
    file.readAtAllBegin(BLOCK * next, back, BLOCK, MPI.INT);
    refused(
        MPI.ERR_OTHER,
        "MPI_File_read_all_begin",
        "MPI_File_read_at_all_end is to end it",
        () -> file.readAllBegin(back, BLOCK, MPI.INT));
    refused(MPI.ERR_OTHER, "MPI_File_read_all_end", "", () -> file.readAllEnd(back));
    refused(MPI.ERR_BUFFER, "MPI_File_read_at_all_end", "", () -> file.readAtAllEnd(direct));
    refused(MPI.ERR_OTHER, "MPI_File_close", "is to end it", file::close);
    expectCount(BLOCK, file.readAtAllEnd(back));
    expectBack(next);
    refused(
        MPI.ERR_OTHER,
        "MPI_File_read_at_all_end",
        "nothing has begun",
        () -> file.readAtAllEnd(back));
    comm.barrier();
    file.setSize(0);
    file.seek(BLOCK * rank, MPI.SEEK_SET);
    file.writeAllBegin(direct, BLOCK, MPI.INT);
    expectCount(BLOCK, file.writeAllEnd(direct));
    expectBlocks("steps", file);
    file.seek(BLOCK * previous, MPI.SEEK_SET);
    file.readAllBegin(back, BLOCK, MPI.INT);
    expectCount(BLOCK, file.readAllEnd(back));
    expectBack(previous);
    assertThrows(IllegalArgumentException.class, () -> file.readAllBegin(got, BLOCK, MPI.INT));
    file.close();
  }

  void views() throws MPIException {
    File file = open("views");
    Datatype pair = Datatype.createContiguous(2, MPI.INT);
    Datatype seen = Datatype.createResized(pair, 0, 2 * Integer.BYTES * size);
    refused(
        MPI.ERR_TYPE,
        "MPI_File_set_view",
        "not committed",
        () -> file.setView(0, MPI.INT, seen, "native"));
    seen.commit();
    file.setView(2L * Integer.BYTES * rank, MPI.INT, seen, "native", MPI.INFO_NULL);
    FileView view = file.getView();
    assertEquals(2L * Integer.BYTES * rank, view.getDisp());
    assertSame(MPI.INT, view.getEType());
    assertSame(seen, view.getFileType());
    assertEquals("native", view.getDataRep());
    file.writeAll(mine, BLOCK, MPI.INT);
    assertEquals(2L * Integer.BYTES * (rank + size) + Integer.BYTES, file.getByteOffset(3));
    file.sync();
    comm.barrier();
    int[] found = ints("views");
    assertEquals(BLOCK * size, found.length);
    for (int k = 0; k < found.length; k++) {
      int of = k / 2 % size;
      assertEquals(100 * of + 2 * (k / 2 / size) + k % 2, found[k], "element " + k);
    }
    FileView given = new FileView(8, MPI.INT, pair, "internal");
    assertEquals(8, given.getDisp());
    assertSame(pair, given.getFileType());
    assertEquals("internal", given.getDataRep());
    refused("MPI_File_set_view", () -> file.setView(0, MPI.INT, MPI.INT, "runes"));
    assertSame(view, file.getView());
    comm.barrier();
    file.close();
    seen.free();
    pair.free();
  }

  void typesOfBuffers() throws MPIException {
    File file = new File(comm, path("types"), MPI.MODE_CREATE | MPI.MODE_RDWR, MPI.INFO_NULL);
    FileView plain = file.getView();
    assertEquals(0, plain.getDisp());
    assertSame(MPI.BYTE, plain.getEType());
    assertEquals("native", plain.getDataRep());
    long at = 100L * rank;
    file.writeAt(at, new double[] {0.5, -2}, 2, MPI.DOUBLE);
    DoubleBuffer doubles = DoubleBuffer.allocate(2);
    assertEquals(2, file.readAt(at, doubles, 2, MPI.DOUBLE).getCount(MPI.DOUBLE));
    assertEquals(-2, doubles.get(1));
    file.writeAt(at, new boolean[] {true, false, true}, 3, MPI.BOOLEAN);
    boolean[] truths = new boolean[3];
    file.readAt(at, truths, 3, MPI.BOOLEAN);
    assertArrayEquals(new boolean[] {true, false, true}, truths);
    file.writeAt(at, "weft".toCharArray(), 4, MPI.CHAR);
    char[] letters = new char[5];
    file.readAt(at, MPI.slice(letters, 1), 4, MPI.CHAR);
    assertEquals("\0weft", new String(letters));
    file.writeAt(at, new byte[] {1, 2, 3}, 3, MPI.BYTE);
    byte[] bytes = new byte[3];
    file.readAt(at, bytes, 3, MPI.BYTE);
    assertArrayEquals(new byte[] {1, 2, 3}, bytes);
    assertEquals(1, file.getTypeExtent(MPI.INT));
    assertEquals(1, file.getTypeExtent(MPI.DOUBLE));
    file.close();
  }

  void whatAFileIs() throws MPIException {
    File file = open("about");
    file.setSize(1000);
    comm.barrier();
    assertEquals(1000, file.getSize());
    comm.barrier();
    file.preallocate(2000);
    comm.barrier();
    assertEquals(2000, file.getSize());
    assertFalse(file.getAtomicity());
    boolean atomic = true;
    try {
      file.setAtomicity(true);
    } catch (MPIException refused) {
      // Open MPI's own way to files has no atomic mode, where there are several ranks.
      atomic = false;
      assertTrue(refused.getMessage().contains("MPI_File_set_atomicity"), refused::getMessage);
      assertTrue(MPI.getLibVersion().startsWith("Open MPI"), refused::getMessage);
    }
    assertEquals(atomic, file.getAtomicity());
    file.sync();
    assertEquals(MPI.MODE_CREATE | MPI.MODE_RDWR, file.getAMode());
    Group group = file.getGroup();
    assertEquals(size, group.getSize());
    assertEquals(rank, group.getRank());
    group.free();
    Info info = file.getInfo();
    assertFalse(info.isNull());
    file.setInfo(info);
    info.free();
    file.close();
    comm.barrier();
    if (rank == 0) {
      File.delete(path("about"));
      assertFalse(Files.exists(folder.resolve("about")));
    }
    comm.barrier();
  }

  /** Files begin with errors that return, whatever communicators do. */
  void errorHandlers() throws MPIException {
    File file = open("errors");
    Errhandler returned = file.getErrhandler();
    file.setErrhandler(MPI.ERRORS_ARE_FATAL);
    file.setErrhandler(returned);
    // Were it fatal still, this would end the job.
    file.callErrhandler(MPI.ERR_FILE);
    refused("MPI_File_seek", () -> file.seek(-1, MPI.SEEK_SET));
    file.setErrhandler(MPI.ERRORS_RETURN);
    file.close();
  }

  void whatIsWrong() throws MPIException {
    refused(
        MPI.ERR_NO_SUCH_FILE,
        "MPI_File_open",
        "",
        () -> new File(comm, path("none"), MPI.MODE_RDONLY));
    refused(MPI.ERR_NO_SUCH_FILE, "MPI_File_delete", "", () -> File.delete(path("none")));
    refused(
        MPI.ERR_NO_SUCH_FILE,
        "MPI_File_delete",
        "",
        () -> File.delete(path("none"), MPI.INFO_NULL));
    refused(MPI.ERR_BAD_FILE, "MPI_File_open", "empty", () -> new File(comm, "", MPI.MODE_RDONLY));
    assertThrows(NullPointerException.class, () -> new File(comm, null, MPI.MODE_RDONLY));
    File file = open("wrong");
    refused(MPI.ERR_ARG, "MPI_File_set_size", "size is -1", () -> file.setSize(-1));
    refused(MPI.ERR_ARG, "MPI_File_preallocate", "size is -1", () -> file.preallocate(-1));
    refused(
        MPI.ERR_ARG, "MPI_File_read_at", "offset is -1", () -> file.readAt(-1, got, 1, MPI.INT));
    refused(MPI.ERR_COUNT, "MPI_File_write", "count is -1", () -> file.write(mine, -1, MPI.INT));
    refused("MPI_File_seek", () -> file.seek(0, 12345));
    assertThrows(IndexOutOfBoundsException.class, () -> file.write(mine, BLOCK + 1, MPI.INT));
    assertThrows(IndexOutOfBoundsException.class, () -> file.write(mine, BLOCK, MPI.DOUBLE));
    assertThrows(IllegalArgumentException.class, () -> file.write("text", 1, MPI.BYTE));
    IntBuffer heap = IntBuffer.allocate(BLOCK);
    assertThrows(IllegalArgumentException.class, () -> file.iWrite(heap, BLOCK, MPI.INT));
    assertThrows(IllegalArgumentException.class, () -> file.iReadAt(0, heap, BLOCK, MPI.INT));
    assertThrows(NullPointerException.class, () -> file.write(mine, 1, null));
    comm.barrier();
    file.close();
    refused(MPI.ERR_FILE, "MPI_File_close", "closed", file::close);
    refused(MPI.ERR_FILE, "MPI_File_get_size", "closed", file::getSize);
    refused(MPI.ERR_FILE, "MPI_File_read", "closed", () -> file.read(got, 1, MPI.INT));
  }
}
