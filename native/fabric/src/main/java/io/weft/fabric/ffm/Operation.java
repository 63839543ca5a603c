package io.weft.fabric.ffm;

import io.weft.ffi.NativeMemory;
import java.lang.foreign.MemorySegment;

/**
 * A function that C reaches through an operation table: the object points to the table, the table
 * to the function.
 *
 * @param name the inline function of libfabric's headers
 * @param table where in the object the pointer to the table lies
 * @param entry where in the table the pointer to the function lies
 */
public record Operation(String name, long table, long entry) {
  /**
   * The function that an object's provider has for this operation. Read it once, when the object
   * opens: a provider may exchange tables while it sets an endpoint up, not afterwards.
   *
   * @param fid the object's address
   * @return the function's address
   * @throws UnsupportedOperationException if the table is older than the entry or the entry is
   *     empty
   */
  public MemorySegment of(long fid) {
    long ops = NativeMemory.pointerAt(fid + table);
    // A table starts with its size in bytes: one of an older version ends before a late entry.
    long function =
        ops == 0 || NativeMemory.pointerAt(ops) <= entry ? 0 : NativeMemory.pointerAt(ops + entry);
    if (function == 0) {
      throw new UnsupportedOperationException("this provider has no " + name);
    }
    return MemorySegment.ofAddress(function);
  }
}
