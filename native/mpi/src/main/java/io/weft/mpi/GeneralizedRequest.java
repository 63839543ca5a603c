package io.weft.mpi;

import io.weft.ffi.CType;
import io.weft.ffi.NativeMemory;
import io.weft.ffi.Upcall;
import io.weft.mpi.ffm.MpiGeneralizedRequests;
import io.weft.mpi.ffm.PredefinedHandle;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A request for an operation of the program's own (MPI-4.0 section 13.2): awaited together with
 * MPI's. Active from when {@link Comm#newGeneralizedRequest} makes it; used once.
 */
public final class GeneralizedRequest extends Operation {
  /** Those that C may still ask about, by what C passes back. */
  private static final Map<Long, GeneralizedRequest> BY_NUMBER = new ConcurrentHashMap<>();

  private static final AtomicLong LAST = new AtomicLong();

  private static final long QUERIED = upcall("queried", CType.POINTER, CType.POINTER);
  private static final long FREED = upcall("freed", CType.POINTER);
  private static final long CANCELLED = upcall("cancelled", CType.POINTER, CType.INT);

  private final GeneralizedOperation operation;
  private final long number = LAST.incrementAndGet();
  private boolean active;
  private boolean complete;
  private Throwable thrown;

  GeneralizedRequest(Comm comm, GeneralizedOperation operation) {
    super(comm);
    this.operation = operation;
    BY_NUMBER.put(number, this);
    try {
      MpiGeneralizedRequests.start(QUERIED, FREED, CANCELLED, number, comm.requestCell());
    } catch (RuntimeException | Error failure) {
      BY_NUMBER.remove(number);
      throw failure;
    }
    handle = comm.placedRequest();
    active = true;
    comm.active.add(this);
  }

  /** For the life of the process: C may call them for any request. */
  private static long upcall(String name, MemoryLayout... parameters) {
    FunctionDescriptor type = CType.intFunction(parameters);
    MethodType signature = type.toMethodType();
    try {
      return Upcall.of(
          MethodHandles.lookup().findStatic(GeneralizedRequest.class, name, signature),
          type,
          Arena.global());
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  private void keep(Throwable t) {
    if (thrown == null) {
      thrown = t;
    }
  }

  /** Called by C; nothing may leave it. */
  private static int queried(long number, long status) {
    GeneralizedRequest of = BY_NUMBER.get(number);
    try {
      Status answer = Status.empty(of.comm);
      try {
        of.operation.query(answer);
      } finally {
        answer.write(NativeMemory.EVERYTHING, status);
      }
    } catch (Throwable t) {
      of.keep(t);
    }
    return 0;
  }

  /** Called by C, last. */
  private static int freed(long number) {
    GeneralizedRequest of = BY_NUMBER.remove(number);
    try {
      of.operation.free();
    } catch (Throwable t) {
      of.keep(t);
    }
    return 0;
  }

  /** Called by C. */
  private static int cancelled(long number, int complete) {
    GeneralizedRequest of = BY_NUMBER.get(number);
    try {
      of.operation.cancel(complete != 0);
    } catch (Throwable t) {
      of.keep(t);
    }
    return 0;
  }

  /**
   * {@code MPI_Grequest_complete}: the operation is over; does not block. From another thread only
   * where the {@linkplain Mpi#threadLevel thread level} allows it.
   *
   * @throws IllegalStateException if it was over before
   */
  public void complete() {
    check();
    if (complete) {
      throw new IllegalStateException("MPI_Grequest_complete: the request is complete already");
    }
    MpiGeneralizedRequests.complete(handle);
    complete = true;
  }

  @Override
  public boolean isActive() {
    return active;
  }

  @Override
  void ended(long written) {
    if (written == abi.handle(PredefinedHandle.MPI_REQUEST_NULL)) {
      active = false;
      comm.active.remove(this);
    }
  }

  @Override
  Throwable thrown() {
    Throwable t = thrown;
    thrown = null;
    return t;
  }
}
