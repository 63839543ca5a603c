package mpi;

import io.weft.ffi.CType;
import io.weft.ffi.NativeMemory;
import io.weft.ffi.Upcall;
import io.weft.mpi.MpiException;
import io.weft.mpi.ffm.MpiAttributes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Values that communicators, datatypes or windows carry, serialised: C carries a number for each,
 * and tells when it copies or drops one.
 */
enum Attributes {
  COMM("MPI_Comm"),
  TYPE("MPI_Type"),
  WIN("MPI_Win");

  private static final FunctionDescriptor COPY =
      CType.intFunction(
          CType.POINTER, CType.INT, CType.POINTER, CType.POINTER, CType.POINTER, CType.POINTER);

  private static final FunctionDescriptor DELETE =
      CType.intFunction(CType.POINTER, CType.INT, CType.POINTER, CType.POINTER);

  /** Serialised values by the numbers that C carries. */
  private static final Map<Long, byte[]> VALUES = new ConcurrentHashMap<>();

  private static final AtomicLong LAST = new AtomicLong();

  private final String prefix;

  Attributes(String prefix) {
    this.prefix = prefix;
  }

  /** The C functions; they live as long as the process, for MPI may call them to its end. */
  private static final class Callbacks {
    static final long COPIED = of("copied", COPY);
    static final long DELETED = of("deleted", DELETE);

    private Callbacks() {}

    private static long of(String name, FunctionDescriptor type) {
      try {
        MethodHandle method =
            MethodHandles.lookup().findStatic(Attributes.class, name, type.toMethodType());
        return Upcall.of(method, type, Arena.global());
      } catch (ReflectiveOperationException impossible) {
        throw new ExceptionInInitializerError(impossible);
      }
    }
  }

  /** Called by C; nothing in it throws. */
  private static int copied(long object, int keyval, long extra, long in, long out, long flag) {
    byte[] value = VALUES.get(in);
    if (value != null) {
      NativeMemory.EVERYTHING.set(ValueLayout.JAVA_LONG, out, keep(value));
    }
    Lib.writeInt(flag, value == null ? 0 : 1);
    return 0;
  }

  /** Called by C; nothing in it throws. */
  private static int deleted(long object, int keyval, long value, long extra) {
    VALUES.remove(value);
    return 0;
  }

  private static long keep(byte[] value) {
    long number = LAST.incrementAndGet();
    VALUES.put(number, value);
    return number;
  }

  int createKeyval() throws MPIException {
    State.check(prefix + "_create_keyval");
    long place = Scratch.begin().cell;
    try {
      switch (this) {
        case COMM -> MpiAttributes.commCreateKeyval(Callbacks.COPIED, Callbacks.DELETED, place, 0);
        case TYPE -> MpiAttributes.typeCreateKeyval(Callbacks.COPIED, Callbacks.DELETED, place, 0);
        case WIN -> MpiAttributes.winCreateKeyval(Callbacks.COPIED, Callbacks.DELETED, place, 0);
      }
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return Lib.readInt(place);
  }

  void freeKeyval(int keyval) throws MPIException {
    State.check(prefix + "_free_keyval");
    long place = Scratch.begin().cell;
    Lib.writeInt(place, keyval);
    try {
      switch (this) {
        case COMM -> MpiAttributes.commFreeKeyval(place);
        case TYPE -> MpiAttributes.typeFreeKeyval(place);
        case WIN -> MpiAttributes.winFreeKeyval(place);
      }
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
  }

  void set(long object, int keyval, Object value) throws MPIException {
    long number = keep(serialised(value));
    try {
      switch (this) {
        case COMM -> MpiAttributes.commSetAttr(object, keyval, number);
        case TYPE -> MpiAttributes.typeSetAttr(object, keyval, number);
        case WIN -> MpiAttributes.winSetAttr(object, keyval, number);
      }
    } catch (MpiException failed) {
      VALUES.remove(number);
      throw Errors.of(failed);
    }
  }

  /** What was set, or null. */
  Object get(long object, int keyval) throws MPIException {
    Scratch scratch = Scratch.begin();
    if (!find(object, keyval, scratch)) {
      return null;
    }
    byte[] value = VALUES.get(Lib.readLong(scratch.cell));
    return value == null ? null : deserialised(value);
  }

  /**
   * Asks C for what an object carries, MPI's own attributes too.
   *
   * @return whether there is something; what C carries is then in the first cell
   */
  boolean find(long object, int keyval, Scratch scratch) throws MPIException {
    try {
      switch (this) {
        case COMM -> MpiAttributes.commGetAttr(object, keyval, scratch.cell, scratch.cell2);
        case TYPE -> MpiAttributes.typeGetAttr(object, keyval, scratch.cell, scratch.cell2);
        case WIN -> MpiAttributes.winGetAttr(object, keyval, scratch.cell, scratch.cell2);
      }
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return Lib.readFlag(scratch.cell2);
  }

  void delete(long object, int keyval) throws MPIException {
    try {
      switch (this) {
        case COMM -> MpiAttributes.commDeleteAttr(object, keyval);
        case TYPE -> MpiAttributes.typeDeleteAttr(object, keyval);
        case WIN -> MpiAttributes.winDeleteAttr(object, keyval);
      }
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
  }

  private static byte[] serialised(Object value) throws MPIException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    } catch (IOException failed) {
      throw new MPIException(failed);
    }
    return bytes.toByteArray();
  }

  private static Object deserialised(byte[] value) throws MPIException {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(value))) {
      return in.readObject();
    } catch (IOException | ClassNotFoundException failed) {
      throw new MPIException(failed);
    }
  }
}
