package io.weft.mpi;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.testing.RankContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/** Files, whose bytes are compared with what {@code java.nio} reads. */
final class FileChecks extends Checks {
  private static final Datatype I = Datatype.INT;

  private final Path folder;
  private final Status status = new Status();
  private final Request request;

  FileChecks(Mpi mpi, Comm comm, RankContext context) {
    super(mpi, comm);
    this.folder = context.scratch();
    this.request = comm.newRequest();
  }

  private Path path(String name) {
    return folder.resolve(name);
  }

  private MpiFile open(String name) {
    MpiFile file =
        MpiFile.open(comm, path(name).toString(), null, FileMode.READ_WRITE, FileMode.CREATE);
    file.setView(0, I, I, "native", null);
    return file;
  }

  /** Ints of this rank: 100 rank + i. */
  private void fill() {
    for (int i = 0; i < 16; i++) {
      send.setAtIndex(JAVA_INT, i, 100 * rank + i);
      recv.setAtIndex(JAVA_INT, i, -1);
    }
  }

  private int[] ints(String name) {
    try {
      ByteBuffer bytes =
          ByteBuffer.wrap(Files.readAllBytes(path(name))).order(ByteOrder.nativeOrder());
      int[] result = new int[bytes.remaining() / 4];
      bytes.asIntBuffer().get(result);
      return result;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Blocks of 4 ints of each rank, in their order. */
  private void expectBlocks(String name) {
    comm.barrier();
    int[] found = ints(name);
    assertEquals(4 * size, found.length);
    for (int k = 0; k < found.length; k++) {
      assertEquals(100 * (k / 4) + k % 4, found[k], name + " " + k);
    }
    comm.barrier();
  }

  private void expectMine() {
    assertEquals(16, status.lengthBytes());
    for (int i = 0; i < 4; i++) {
      assertEquals(100 * rank + i, recv.getAtIndex(JAVA_INT, i));
    }
    assertEquals(-1, recv.getAtIndex(JAVA_INT, 4));
    fill();
  }

  void readsAndWritesAtOffsets() {
    fill();
    try (MpiFile file = open("offsets")) {
      assertTrue(file.toString().startsWith("file opened "), file.toString());
      file.writeAt(4L * rank, send, 0, 4, I, status);
      assertEquals(4, status.count(I));
      expectBlocks("offsets");
      file.readAt(4L * rank, recv, 0, 4, I, status);
      expectMine();
      file.writeAtAll(4L * rank, send, 0, 4, I, status);
      file.readAtAll(4L * rank, recv, 0, 4, I, status);
      expectMine();
      file.iwriteAt(4L * rank, send, 0, 4, I, request);
      request.await(status);
      file.ireadAt(4L * rank, recv, 0, 4, I, request);
      request.await(status);
      expectMine();
      file.iwriteAtAll(4L * rank, send, 0, 4, I, request);
      request.await(status);
      file.ireadAtAll(4L * rank, recv, 0, 4, I, request);
      request.await(status);
      expectMine();
      file.writeAtAllBegin(4L * rank, send, 0, 4, I);
      assertThrows(IllegalStateException.class, () -> file.readAllBegin(recv, 0, 4, I));
      assertThrows(IllegalStateException.class, file::close);
      file.writeAtAllEnd(status);
      assertThrows(IllegalStateException.class, () -> file.writeAtAllEnd(null));
      file.readAtAllBegin(4L * rank, recv, 0, 4, I);
      file.readAtAllEnd(status);
      expectMine();
      // From and to the heap.
      int[] heap = {1, 2, 3, 4};
      file.readAt(4L * rank, MemorySegment.ofArray(heap), 4, 2, I, null);
      assertArrayEquals(new int[] {1, 100 * rank, 100 * rank + 1, 4}, heap);
      assertThrows(
          IllegalArgumentException.class,
          () -> file.ireadAt(0, MemorySegment.ofArray(heap), 0, 1, I, request));
      assertThrows(IllegalArgumentException.class, () -> file.readAt(-1, recv, 0, 1, I, null));
      // Past the end there is nothing.
      file.readAt(4L * size, recv, 0, 4, I, status);
      assertEquals(0, status.lengthBytes());
    }
    expectBlocks("offsets");
  }

  void readsAndWritesByPointers() {
    fill();
    try (MpiFile file = open("pointers")) {
      file.seek(4L * rank, Whence.START);
      file.write(send, 0, 2, I, status);
      assertEquals(4L * rank + 2, file.position());
      file.iwrite(send, 8, 2, I, request);
      request.await(status);
      expectBlocks("pointers");
      file.seek(-4, Whence.CURRENT);
      file.read(recv, 0, 2, I, status);
      assertEquals(2, status.count(I));
      file.iread(recv, 8, 2, I, request);
      request.await(status);
      file.seek(-4, Whence.CURRENT);
      file.readAll(recv, 0, 4, I, status);
      expectMine();
      file.seek(-4, Whence.CURRENT);
      file.writeAll(send, 0, 4, I, status);
      file.seek(4L * (rank - size), Whence.END);
      assertEquals(4L * rank, file.position());
      file.iwriteAll(send, 0, 4, I, request);
      request.await(status);
      file.seek(4L * rank, Whence.START);
      file.ireadAll(recv, 0, 4, I, request);
      request.await(status);
      expectMine();
      file.seek(4L * rank, Whence.START);
      file.writeAllBegin(send, 0, 4, I);
      file.writeAllEnd(status);
      file.seek(4L * rank, Whence.START);
      file.readAllBegin(recv, 0, 4, I);
      file.readAllEnd(status);
      expectMine();
    }
    expectBlocks("pointers");
  }

  void readsAndWritesBySharedPointer() {
    fill();
    try (MpiFile file = open("shared")) {
      file.writeOrdered(send, 0, 4, I, status);
      expectBlocks("shared");
      comm.barrier();
      assertEquals(4L * size, file.sharedPosition());
      comm.barrier();
      file.seekShared(0, Whence.START);
      file.readOrdered(recv, 0, 4, I, status);
      expectMine();
      file.seekShared(0, Whence.START);
      file.writeOrderedBegin(send, 0, 4, I);
      file.writeOrderedEnd(status);
      file.seekShared(0, Whence.START);
      file.readOrderedBegin(recv, 0, 4, I);
      file.readOrderedEnd(status);
      expectMine();
      // In any order: each block is one rank's, and each rank's is there once.
      file.seekShared(0, Whence.START);
      comm.barrier();
      file.writeShared(send, 0, 4, I, status);
      comm.barrier();
      file.iwriteShared(send, 0, 4, I, request);
      request.await(status);
      comm.barrier();
      int[] found = ints("shared");
      assertEquals(8 * size, found.length);
      int[] seen = new int[size];
      for (int block = 0; block < 2 * size; block++) {
        seen[found[4 * block] / 100]++;
        assertEquals(found[4 * block] + 3, found[4 * block + 3]);
      }
      for (int times : seen) {
        assertEquals(2, times);
      }
      file.seekShared(0, Whence.START);
      comm.barrier();
      file.readShared(recv, 0, 4, I, status);
      comm.barrier();
      file.ireadShared(recv, 16, 4, I, request);
      request.await(status);
      assertEquals(4, status.count(I));
      assertEquals(recv.getAtIndex(JAVA_INT, 0) + 3, recv.getAtIndex(JAVA_INT, 3));
      comm.barrier();
      assertEquals(8L * size, file.sharedPosition());
    }
  }

  /** Each rank sees every size-th pair. */
  void views() {
    fill();
    try (MpiFile file = open("views");
        DerivedType pair = mpi.types().contiguous(2, I);
        DerivedType mine = mpi.types().resized(pair, 0, 8L * size).commit()) {
      file.setView(8L * rank, I, mine, "native", null);
      assertEquals(8L * rank, file.viewDisplacement());
      file.writeAll(send, 0, 6, I, status);
      assertEquals(6, file.position());
      assertEquals(8L * rank + 8L * size + 4, file.byteOffset(3));
      assertEquals(4, file.typeExtent(I));
      comm.barrier();
      int[] found = ints("views");
      assertEquals(6 * size, found.length);
      for (int k = 0; k < found.length; k++) {
        int pairOf = k / 2;
        assertEquals(100 * (pairOf % size) + 2 * (pairOf / size) + k % 2, found[k]);
      }
      assertThrows(IllegalStateException.class, () -> file.setView(0, I, pair, "native", null));
      MpiException none =
          assertThrows(MpiException.class, () -> file.setView(0, I, I, "runes", null));
      assertEquals("MPI_File_set_view", none.function());
    }
  }

  void whatAFileIs() {
    try (MpiFile file = open("about")) {
      file.setSize(1000);
      comm.barrier();
      assertEquals(1000, file.size());
      // One rank may do it for all, before another has asked.
      comm.barrier();
      file.preallocate(2000);
      comm.barrier();
      assertEquals(2000, file.size());
      assertFalse(file.isAtomic());
      boolean atomic = true;
      try {
        file.setAtomic(true);
      } catch (MpiException refused) {
        // Open MPI's own way to files has no atomic mode.
        atomic = false;
        assertEquals("MPI_File_set_atomicity", refused.function());
        assertEquals("openmpi", mpi.abiName());
      }
      assertEquals(atomic, file.isAtomic());
      if (atomic) {
        file.setAtomic(false);
        assertFalse(file.isAtomic());
      }
      file.sync();
      assertEquals(EnumSet.of(FileMode.READ_WRITE, FileMode.CREATE), file.modes());
      try (Group group = file.group();
          Group all = comm.group();
          Info info = file.info()) {
        assertEquals(Comparison.IDENT, group.compare(all));
        assertNotNull(info.toMap());
        file.setInfo(info);
      }
    }
    MpiFile gone =
        MpiFile.open(
            comm,
            path("gone").toString(),
            null,
            FileMode.WRITE_ONLY,
            FileMode.CREATE,
            FileMode.DELETE_ON_CLOSE);
    send.set(JAVA_LONG, 0, 1);
    gone.writeAt(0, send, 0, 8, Datatype.BYTE, null);
    comm.barrier();
    assertTrue(Files.exists(path("gone")));
    comm.barrier();
    gone.close();
    gone.close();
    comm.barrier();
    assertFalse(Files.exists(path("gone")));
    assertThrows(IllegalStateException.class, gone::size);
  }

  void whatIsWrongWithFiles() {
    MpiException none =
        assertThrows(
            MpiException.class,
            () -> MpiFile.open(comm, path("none").toString(), null, FileMode.READ_ONLY));
    assertEquals("MPI_File_open", none.function());
    assertEquals("MPI_ERR_NO_SUCH_FILE", none.errorClass());
    assertThrows(MpiException.class, () -> MpiFile.delete(mpi, path("none").toString()));
    List<String> seen = new ArrayList<>();
    try (MpiFile file = open("wrong");
        ErrorHandler handler =
            mpi.createErrorHandler(
                ErrorHandler.Kind.FILE, code -> seen.add(mpi.errorClass(code)))) {
      file.setErrorHandler(handler);
      file.callErrorHandler(none.code());
      assertEquals(List.of("MPI_ERR_NO_SUCH_FILE"), seen);
      file.setErrorHandler(ErrorHandler.RETURN);
      assertThrows(IllegalArgumentException.class, () -> file.setSize(-1));
      assertThrows(
          IndexOutOfBoundsException.class, () -> file.write(send.asSlice(0, 8), 0, 3, I, null));
    }
    comm.barrier();
    if (rank == 0) {
      MpiFile.delete(mpi, path("wrong").toString());
      assertFalse(Files.exists(path("wrong")));
    }
    comm.barrier();
  }
}
