package io.weft.mpi.ffm;

import io.weft.ffi.NativeMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * How many bytes came, as a status tells it. {@code MPI_Get_elements_x} of {@code MPI_BYTE} takes
 * longer to call from Java than a short message takes to arrive; where in its status a library
 * keeps the number is no part of the standard. So the library is asked once: it writes known
 * lengths into statuses, and where they are found as it then says they are read there; where they
 * are not, it is asked every time. To be used while MPI runs.
 */
public final class StatusLength {
  /** One of these is the place, or none. */
  private enum Form {
    /** A whole number of 64 bits. */
    WHOLE,
    /** The lower 32 bits; then the others, shifted left beside a bit that says "cancelled". */
    SPLIT,
    /** Not known. */
    ASKED
  }

  private static final MpiAbi ABI = LibmpiFile.current().abi();

  private static final long BYTE = ABI.handle(PredefinedHandle.MPI_BYTE);

  /** Lengths whose halves differ, past 31 and 32 bits too. */
  private static final long[] KNOWN = {
    0, 1, 0x12345678L, 0x7fff_ffffL, 0x9abc_def0L, 0x123_4567_89abL
  };

  private static final Form FORM;

  private static final int OFFSET;

  static {
    Form form = Form.ASKED;
    int place = 0;
    for (Form each : new Form[] {Form.WHOLE, Form.SPLIT}) {
      for (int offset = 0; offset + Long.BYTES <= ABI.statusBytes(); offset += Integer.BYTES) {
        if (form == Form.ASKED && holds(each, offset)) {
          form = each;
          place = offset;
        }
      }
    }
    FORM = form;
    OFFSET = place;
  }

  private StatusLength() {}

  /** Whether every known length that the library writes is found in a place. */
  private static boolean holds(Form form, int offset) {
    try (Arena arena = Arena.ofConfined()) {
      for (byte filler : new byte[] {0, 1}) {
        for (long length : KNOWN) {
          MemorySegment status = arena.allocate(ABI.statusBytes() + Long.BYTES, Long.BYTES);
          status.fill(filler);
          MpiStatuses.statusSetCancelled(status.address(), 0);
          MpiStatuses.statusSetElementsX(status.address(), BYTE, length);
          if (read(form, status.address() + offset) != length) {
            return false;
          }
        }
      }
    }
    return true;
  }

  private static long read(Form form, long address) {
    if (form == Form.WHOLE) {
      return NativeMemory.EVERYTHING.get(ValueLayout.JAVA_LONG_UNALIGNED, address);
    }
    long low = Integer.toUnsignedLong(word(address));
    return low | (long) (word(address + Integer.BYTES) >>> 1) << Integer.SIZE;
  }

  private static int word(long address) {
    return NativeMemory.EVERYTHING.get(ValueLayout.JAVA_INT, address);
  }

  /**
   * The length of a message.
   *
   * @param status the address of a status that the library filled
   * @param answer the address of 8 bytes for the library to answer in
   * @return bytes
   */
  public static long bytes(long status, long answer) {
    if (FORM != Form.ASKED) {
      return read(FORM, status + OFFSET);
    }
    MpiStatuses.getElementsX(status, BYTE, answer);
    return NativeMemory.EVERYTHING.get(ValueLayout.JAVA_LONG, answer);
  }

  /**
   * Whether the library has to be asked every time.
   *
   * @return true if its place in the status was not found
   */
  public static boolean isAsked() {
    return FORM == Form.ASKED;
  }

  /**
   * Where it is read, to be shown.
   *
   * @return the form and the offset in bytes
   */
  public static String place() {
    return FORM + " at " + OFFSET;
  }
}
