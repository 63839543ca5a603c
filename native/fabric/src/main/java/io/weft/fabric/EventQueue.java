package io.weft.fabric;

import io.weft.fabric.ffm.Constants;
import io.weft.fabric.ffm.EventOperations;
import io.weft.fabric.ffm.Layouts.fi_eq_entry;
import io.weft.fabric.ffm.Layouts.fi_eq_err_entry;
import io.weft.fabric.ffm.Libfabric;
import io.weft.ffi.NativeMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Where a fabric's objects report what is no completion of an operation, fi_eq(3). Every call
 * allocates; none blocks. Confined to the thread that opened it.
 */
public final class EventQueue extends FabricObject {
  private static final long ROOM_BYTES = 256;
  private static final int TEXT_BYTES = 512;

  EventQueue(Fabric fabric, long address) {
    super("EventQueue", fabric, address);
  }

  /**
   * Takes the oldest event.
   *
   * @return the event, or null if there is none
   * @throws FabricException if it is a failure, which {@link #readError} then takes ({@code
   *     FI_EAVAIL}), or the queue itself fails
   */
  public Event read() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment type = arena.allocate(ValueLayout.JAVA_INT);
      MemorySegment entry = arena.allocate(ROOM_BYTES, 8);
      long result =
          EventOperations.fi_eq_read(address(), type.address(), entry.address(), ROOM_BYTES);
      if (result == -Constants.FI_EAGAIN) {
        return null;
      }
      FabricException.check(EventOperations.FI_EQ_READ.name(), result);
      return new Event(
          Libfabric.fi_tostr(type.address(), Constants.FI_TYPE_EQ_EVENT).strip(),
          entry.get(ValueLayout.JAVA_LONG, fi_eq_entry.context),
          entry.get(ValueLayout.JAVA_LONG, fi_eq_entry.data));
    }
  }

  /**
   * Takes the failure that made {@link #read} throw.
   *
   * @return the failure, or null if there is none
   * @throws FabricException if the queue itself fails
   */
  public EventError readError() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment entry = arena.allocate(ROOM_BYTES, 8);
      long result = EventOperations.fi_eq_readerr(address(), entry.address());
      if (result == -Constants.FI_EAGAIN || result == 0) {
        return null;
      }
      FabricException.check(EventOperations.FI_EQ_READERR.name(), result);
      int code = Math.abs(entry.get(ValueLayout.JAVA_INT, fi_eq_err_entry.err));
      MemorySegment text = arena.allocate(TEXT_BYTES);
      long own =
          EventOperations.fi_eq_strerror(
              address(),
              entry.get(ValueLayout.JAVA_INT, fi_eq_err_entry.prov_errno),
              entry.get(ValueLayout.JAVA_LONG, fi_eq_err_entry.err_data),
              text.address(),
              TEXT_BYTES);
      String providerText = NativeMemory.stringAt(own);
      return new EventError(
          entry.get(ValueLayout.JAVA_LONG, fi_eq_err_entry.context),
          entry.get(ValueLayout.JAVA_LONG, fi_eq_err_entry.data),
          code,
          Libfabric.fi_strerror(code),
          providerText == null ? "" : providerText);
    }
  }

  /**
   * Adds an event of the caller's own, {@code FI_NOTIFY}, for whoever reads the queue.
   *
   * @param context any number
   * @param data any number
   * @throws FabricException if the queue is full or fails
   */
  public void write(long context, long data) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment entry = arena.allocate(fi_eq_entry.sizeof, 8);
      entry.set(ValueLayout.JAVA_LONG, fi_eq_entry.context, context);
      entry.set(ValueLayout.JAVA_LONG, fi_eq_entry.data, data);
      long result =
          EventOperations.fi_eq_write(
              address(), Constants.FI_NOTIFY, entry.address(), fi_eq_entry.sizeof);
      FabricException.check(EventOperations.FI_EQ_WRITE.name(), result);
    }
  }
}
