package mpi;

import io.weft.ffi.CType;
import io.weft.ffi.NativeMemory;
import io.weft.ffi.Unchecked;
import io.weft.ffi.Upcall;
import io.weft.mpi.MpiException;
import io.weft.mpi.ffm.MpiErrorClass;
import io.weft.mpi.ffm.MpiOps;
import io.weft.mpi.ffm.PredefinedHandle;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How reductions combine elements (MPI-4.0 section 6.9). */
public final class Op implements Freeable {
  private static final FunctionDescriptor TYPE =
      FunctionDescriptor.ofVoid(CType.POINTER, CType.POINTER, CType.POINTER, CType.POINTER);

  /** 0 before a user's operation is first used, and once it is freed. */
  private long handle;

  private boolean freed;
  private final UserFunction function;
  private final boolean commutative;

  /** Keeps the C function for as long as this object is reachable. */
  private Arena arena;

  /** The datatypes that the operation is used with, by the handles that C shows. */
  private final Map<Long, Datatype> types;

  /** The datatype that was put in last; most programs have one. */
  private volatile Datatype last;

  private volatile Throwable thrown;

  Op(PredefinedHandle predefined) {
    this.handle = Lib.handle(predefined);
    this.function = null;
    this.commutative = true;
    this.types = null;
  }

  /**
   * An operation of one's own, {@code MPI_Op_create} (MPI-4.0 section 6.9.5). May be made before
   * MPI is started.
   *
   * @param function what combines elements
   * @param commute whether MPI may change the order of operands
   */
  public Op(UserFunction function, boolean commute) {
    this.function = Errors.notNull("MPI_Op_create", "function", function);
    this.commutative = commute;
    this.types = new ConcurrentHashMap<>();
  }

  /** For every use; the datatype is what the function will be told. */
  long handle(String functionName, Datatype type) throws MPIException {
    if (function == null) {
      return handle;
    }
    if (freed) {
      throw Errors.argument(functionName, MpiErrorClass.MPI_ERR_OP, "the operation is freed");
    }
    if (handle == 0) {
      create();
    }
    long h = type.handle(functionName);
    if (type != last) {
      // Over an older one, too: C gives the handle of a freed datatype to the next one.
      types.put(h, type);
      last = type;
    }
    return handle;
  }

  boolean isUser() {
    return function != null;
  }

  private synchronized void create() throws MPIException {
    if (handle != 0) {
      return;
    }
    try {
      MethodHandle called =
          MethodHandles.lookup().findVirtual(Op.class, "called", TYPE.toMethodType());
      arena = Arena.ofAuto();
      long address = Upcall.of(called.bindTo(this), TYPE, arena);
      long place = Scratch.get().cell;
      MpiOps.create(address, commutative ? 1 : 0, place);
      handle = Lib.readHandle(place);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
  }

  /** {@code MPI_User_function}; nothing may leave it. */
  private void called(long in, long inOut, long length, long datatype) {
    if (thrown != null) {
      return;
    }
    Scratch outer = Scratch.enter();
    try {
      int count = Lib.readInt(length);
      Datatype type = types.get(Lib.readHandle(datatype));
      if (type == null) {
        // The library reduces by a datatype of its own making.
        type = new Datatype(Lib.readHandle(datatype), Base.BYTE, true);
      }
      type.committed("MPI_User_function");
      long bytes = Math.max(type.end(count), count * type.extentBytes());
      function.call(buffer(in, bytes), buffer(inOut, bytes), count, type);
    } catch (Throwable t) {
      thrown = t;
    } finally {
      Scratch.leave(outer);
    }
  }

  private static ByteBuffer buffer(long address, long bytes) {
    MemorySegment memory = NativeMemory.EVERYTHING.asSlice(address, bytes);
    return memory.asByteBuffer().order(ByteOrder.nativeOrder());
  }

  /** Throws what the function threw while C called it. */
  void rethrow() throws MPIException {
    Throwable t = thrown;
    if (t != null) {
      thrown = null;
      if (t instanceof MPIException refused) {
        throw refused;
      }
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * Whether MPI may change the order of operands.
   *
   * @return true of all that are predefined
   */
  public boolean isCommutative() {
    return commutative;
  }

  /**
   * Gives the operation back, {@code MPI_Op_free} (MPI-4.0 section 6.9.5).
   *
   * @throws MPIException if it is predefined, or freed already
   */
  @Override
  public void free() throws MPIException {
    String f = "MPI_Op_free";
    State.check(f);
    if (function == null || freed) {
      throw Errors.argument(
          f,
          MpiErrorClass.MPI_ERR_OP,
          freed ? "the operation is freed" : "a predefined operation cannot be freed");
    }
    if (handle != 0) {
      long place = Scratch.begin().cell;
      Lib.writeHandle(place, handle);
      try {
        MpiOps.free(place);
      } catch (MpiException failed) {
        throw Errors.of(failed);
      }
    }
    handle = 0;
    freed = true;
  }

  /**
   * Whether the operation is freed.
   *
   * @return true if it can no longer be used
   */
  public boolean isNull() {
    return freed;
  }
}
