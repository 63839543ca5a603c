package mpi;

import io.weft.ffi.NativeMemory;
import io.weft.mpi.MpiException;
import io.weft.mpi.ffm.MpiConstant;
import io.weft.mpi.ffm.MpiEpochs;
import io.weft.mpi.ffm.MpiErrorClass;
import io.weft.mpi.ffm.MpiErrorHandlers;
import io.weft.mpi.ffm.MpiWindows;
import io.weft.mpi.ffm.PredefinedHandle;
import java.lang.ref.Reference;
import java.nio.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;

/**
 * Memory that the processes of a communicator read and write in each other (MPI-4.0 chapter 12).
 *
 * <p>Buffers are direct. The library may use those of an operation until the synchronisation that
 * completes it, and they stay reachable until then. Where an operation would go past the end of the
 * target's memory, it is refused.
 */
public final class Win implements Freeable {
  /** Not used by this API; 0. */
  public static final int WIN_NULL = 0;

  /** For a window of memory that the library allocates, {@code MPI_Win_allocate}. */
  public static final int FLAVOR_PRIVATE = 0;

  /** For one whose memory lies together on each host, {@code MPI_Win_allocate_shared}. */
  public static final int FLAVOR_SHARED = 1;

  private static final long NULL = Lib.handle(PredefinedHandle.MPI_WIN_NULL);

  /** Keeps memory reachable that others may use, also where the program forgot the window. */
  private static final Set<Win> OPEN = ConcurrentHashMap.newKeySet();

  private long handle;
  final WinTargets targets;
  final WinBuffers buffers = new WinBuffers();

  /** What the window was made of, or nothing where the library has allocated it. */
  private final Buffer memory;

  private final List<Buffer> attached = new ArrayList<>();

  /**
   * {@code MPI_Win_create}: a window of a buffer; collective.
   *
   * @param base the memory, direct
   * @param size how much of it, in elements of the buffer
   * @param dispUnit what displacements are counted in, in elements of the buffer
   * @param info hints
   * @param comm the processes
   * @throws MPIException if the buffer is shorter, or MPI refuses
   * @throws IllegalArgumentException if the buffer is not direct
   */
  public Win(Buffer base, int size, int dispUnit, Info info, Comm comm) throws MPIException {
    String function = "MPI_Win_create";
    long c = Errors.notNull(function, "comm", comm).handle(function);
    long hints = Errors.notNull(function, "info", info).handle(function);
    Errors.notNull(function, "base", base);
    Errors.count(function, "size", size);
    long width = Buffers.elementBytes(base);
    long address = Buffers.directTarget(function, "base", base, 0, size * width);
    int unit = unit(function, dispUnit, width);
    this.memory = base;
    this.targets = WinTargets.exchanged(c, comm.size(function), size * width, unit);
    this.handle =
        Calls.handle(answer -> MpiWindows.create(address, size * width, unit, hints, c, answer));
    OPEN.add(this);
  }

  /**
   * {@code MPI_Win_allocate} or {@code MPI_Win_allocate_shared}: a window of memory that the
   * library allocates; collective.
   *
   * @param size how much memory, in elements of the buffer
   * @param dispUnit what displacements are counted in, in elements of the buffer
   * @param info hints
   * @param comm the processes
   * @param base direct; is not the window's memory: its first 8 bytes are given the address of
   *     that, if it has as many
   * @param flavor {@link #FLAVOR_PRIVATE} or {@link #FLAVOR_SHARED}
   * @throws MPIException if an argument is wrong, or MPI refuses
   * @throws IllegalArgumentException if the buffer is not direct
   */
  public Win(int size, int dispUnit, Info info, Comm comm, Buffer base, int flavor)
      throws MPIException {
    String function = flavor == FLAVOR_SHARED ? "MPI_Win_allocate_shared" : "MPI_Win_allocate";
    long c = Errors.notNull(function, "comm", comm).handle(function);
    long hints = Errors.notNull(function, "info", info).handle(function);
    Errors.notNull(function, "base", base);
    Errors.count(function, "size", size);
    if (flavor != FLAVOR_PRIVATE && flavor != FLAVOR_SHARED) {
      throw Errors.argument(function, MpiErrorClass.MPI_ERR_ARG, "flavor is " + flavor);
    }
    long width = Buffers.elementBytes(base);
    boolean told = base.capacity() * width >= Long.BYTES;
    long place = Buffers.directTarget(function, "base", base, 0, told ? Long.BYTES : 0);
    int unit = unit(function, dispUnit, width);
    this.memory = null;
    this.targets = WinTargets.exchanged(c, comm.size(function), size * width, unit);
    long start = Scratch.get().cell2;
    this.handle =
        Calls.handle(
            answer -> {
              if (flavor == FLAVOR_SHARED) {
                MpiWindows.allocateShared(size * width, unit, hints, c, start, answer);
              } else {
                MpiWindows.allocate(size * width, unit, hints, c, start, answer);
              }
            });
    if (told) {
      Lib.writeLong(place, Lib.readLong(start));
      Reference.reachabilityFence(base);
    }
    OPEN.add(this);
  }

  /**
   * {@code MPI_Win_create_dynamic}: a window whose memory is attached later; collective. Operations
   * on it are refused: their displacements are addresses, for which this API's {@code int} is too
   * short.
   *
   * @param info hints
   * @param comm the processes
   * @throws MPIException if MPI refuses
   */
  public Win(Info info, Comm comm) throws MPIException {
    String function = "MPI_Win_create_dynamic";
    long c = Errors.notNull(function, "comm", comm).handle(function);
    long hints = Errors.notNull(function, "info", info).handle(function);
    this.memory = null;
    this.targets = WinTargets.dynamic(comm.size(function));
    this.handle = Calls.handle(answer -> MpiWindows.createDynamic(hints, c, answer));
    OPEN.add(this);
  }

  private static int unit(String function, int dispUnit, long width) throws MPIException {
    if (dispUnit < 1 || dispUnit * width > Integer.MAX_VALUE) {
      throw Errors.argument(function, MpiErrorClass.MPI_ERR_DISP, "dispUnit is " + dispUnit);
    }
    return (int) (dispUnit * width);
  }

  /** Refuses what is freed. */
  long handle(String function) throws MPIException {
    State.check(function);
    if (handle == NULL) {
      throw Errors.argument(function, MpiErrorClass.MPI_ERR_WIN, "the window is freed");
    }
    return handle;
  }

  /** The handle, of a window with such a rank. */
  private long handle(String function, int rank) throws MPIException {
    long h = handle(function);
    targets.rank(function, "rank", rank);
    return h;
  }

  /** A call of which only this process knows, or that has no answer. */
  private void call(String function, LongConsumer call) throws MPIException {
    long h = handle(function);
    try {
      call.accept(h);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
  }

  /**
   * {@code MPI_Win_attach}: adds memory to a dynamic window.
   *
   * @param base the memory, direct; stays reachable until {@link #detach}
   * @param size how much of it, in elements of the buffer
   * @throws MPIException if the buffer is shorter, or MPI refuses
   * @throws IllegalArgumentException if the buffer is not direct
   */
  public void attach(Buffer base, int size) throws MPIException {
    String function = "MPI_Win_attach";
    long h = handle(function);
    Errors.notNull(function, "base", base);
    Errors.count(function, "size", size);
    long bytes = (long) size * Buffers.elementBytes(base);
    long address = Buffers.directTarget(function, "base", base, 0, bytes);
    Calls.run(() -> MpiWindows.attach(h, address, bytes));
    attached.add(base);
  }

  /**
   * {@code MPI_Win_detach}: takes memory out of a dynamic window.
   *
   * @param base as it was attached
   * @throws MPIException if it is not attached, or MPI refuses
   */
  public void detach(Buffer base) throws MPIException {
    String function = "MPI_Win_detach";
    long h = handle(function);
    Errors.notNull(function, "base", base);
    long address = Buffers.direct(function, "base", base, 0, 0);
    int which = -1;
    for (int i = 0; i < attached.size(); i++) {
      if (Buffers.address(attached.get(i)) == address) {
        which = i;
      }
    }
    if (which < 0) {
      throw Errors.argument(function, MpiErrorClass.MPI_ERR_ARG, "base is not attached");
    }
    Calls.run(() -> MpiWindows.detach(h, address));
    attached.remove(which);
  }

  /**
   * {@code MPI_Win_get_group}.
   *
   * @return the processes, to be freed
   * @throws MPIException if this is freed
   */
  public Group getGroup() throws MPIException {
    long h = handle("MPI_Win_get_group");
    return new Group(Calls.handle(answer -> MpiWindows.getGroup(h, answer)));
  }

  /**
   * {@code MPI_Put}: writes to a rank's memory.
   *
   * @param origin what is written, direct
   * @param orgCount its elements
   * @param orgType their type
   * @param targetRank whose memory
   * @param targetDisp where in it, in displacement units of that rank
   * @param targetCount elements there
   * @param targetType their type
   * @throws MPIException if elements do not lie in the target's memory, or MPI refuses
   * @throws IllegalArgumentException if the buffer is not direct
   */
  public void put(
      Buffer origin,
      int orgCount,
      Datatype orgType,
      int targetRank,
      int targetDisp,
      int targetCount,
      Datatype targetType)
      throws MPIException {
    OneSided.put(
        false, this, origin, orgCount, orgType, targetRank, targetDisp, targetCount, targetType);
  }

  /**
   * {@code MPI_Get}: reads a rank's memory.
   *
   * @param origin where it goes, direct
   * @param orgCount its elements
   * @param orgType their type
   * @param targetRank whose memory
   * @param targetDisp where in it, in displacement units of that rank
   * @param targetCount elements there
   * @param targetType their type
   * @throws MPIException if elements do not lie in the target's memory, or MPI refuses
   * @throws IllegalArgumentException if the buffer is not direct
   */
  public void get(
      Buffer origin,
      int orgCount,
      Datatype orgType,
      int targetRank,
      int targetDisp,
      int targetCount,
      Datatype targetType)
      throws MPIException {
    OneSided.get(
        false, this, origin, orgCount, orgType, targetRank, targetDisp, targetCount, targetType);
  }

  /**
   * {@code MPI_Accumulate}: combines with a rank's memory, element by element atomically.
   *
   * @param origin what is combined with it, direct
   * @param orgCount its elements
   * @param orgType their type
   * @param targetRank whose memory
   * @param targetDisp where in it, in displacement units of that rank
   * @param targetCount elements there
   * @param targetType their type
   * @param op a predefined operation
   * @throws MPIException if elements do not lie in the target's memory, or MPI refuses
   * @throws IllegalArgumentException if the buffer is not direct
   */
  public void accumulate(
      Buffer origin,
      int orgCount,
      Datatype orgType,
      int targetRank,
      int targetDisp,
      int targetCount,
      Datatype targetType,
      Op op)
      throws MPIException {
    OneSided.accumulate(
        false,
        this,
        origin,
        orgCount,
        orgType,
        targetRank,
        targetDisp,
        targetCount,
        targetType,
        op);
  }

  /**
   * {@code MPI_Win_fence}: ends the operations of all processes, and begins the next; collective.
   *
   * @param assertion 0, or {@link MPI#MODE_NOSTORE} and its like, joined by {@code |}
   * @throws MPIException if MPI refuses
   */
  public void fence(int assertion) throws MPIException {
    long h = handle("MPI_Win_fence");
    try {
      MpiEpochs.fence(assertion, h);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    buffers.complete();
  }

  /**
   * {@code MPI_Win_start}: begins operations on some processes, which {@link #post}.
   *
   * @param group those processes
   * @param assertion 0 or {@link MPI#MODE_NOCHECK}
   * @throws MPIException if MPI refuses
   */
  public void start(Group group, int assertion) throws MPIException {
    String function = "MPI_Win_start";
    long processes = Errors.notNull(function, "group", group).handle(function);
    long h = handle(function);
    try {
      MpiEpochs.start(processes, assertion, h);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
  }

  /**
   * {@code MPI_Win_complete}: ends what {@link #start} began.
   *
   * @throws MPIException if nothing was begun, or MPI refuses
   */
  public void complete() throws MPIException {
    call("MPI_Win_complete", MpiEpochs::complete);
    buffers.complete();
  }

  /**
   * {@code MPI_Win_post}: lets some processes use this one's memory.
   *
   * @param group those processes
   * @param assertion 0, or {@link MPI#MODE_NOCHECK} and its like, joined by {@code |}
   * @throws MPIException if MPI refuses
   */
  public void post(Group group, int assertion) throws MPIException {
    String function = "MPI_Win_post";
    long processes = Errors.notNull(function, "group", group).handle(function);
    long h = handle(function);
    try {
      MpiEpochs.post(processes, assertion, h);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
  }

  /**
   * {@code MPI_Win_wait}: waits until those whom {@link #post} let in have completed.
   *
   * @throws MPIException if nobody was let in, or MPI refuses
   */
  public void waitFor() throws MPIException {
    call("MPI_Win_wait", MpiEpochs::await);
  }

  /**
   * {@code MPI_Win_test}: whether those whom {@link #post} let in have completed.
   *
   * @return true if they have; then this stands for {@link #waitFor}
   * @throws MPIException if nobody was let in, or MPI refuses
   */
  public boolean test() throws MPIException {
    long h = handle("MPI_Win_test");
    long answer = Scratch.get().cell;
    try {
      MpiEpochs.test(h, answer);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return Lib.readFlag(answer);
  }

  /**
   * {@code MPI_Win_lock}: begins operations on a rank, which does nothing for it.
   *
   * @param lockType {@link MPI#LOCK_EXCLUSIVE} or {@link MPI#LOCK_SHARED}
   * @param rank whose memory
   * @param assertion 0 or {@link MPI#MODE_NOCHECK}
   * @throws MPIException if an argument is wrong, or MPI refuses
   */
  public void lock(int lockType, int rank, int assertion) throws MPIException {
    String function = "MPI_Win_lock";
    long h = handle(function, rank);
    if (lockType != Lib.value(MpiConstant.MPI_LOCK_EXCLUSIVE)
        && lockType != Lib.value(MpiConstant.MPI_LOCK_SHARED)) {
      throw Errors.argument(function, MpiErrorClass.MPI_ERR_LOCKTYPE, "lockType is " + lockType);
    }
    try {
      MpiEpochs.lock(lockType, rank, assertion, h);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
  }

  /**
   * {@code MPI_Win_unlock}: ends what {@link #lock} began.
   *
   * @param rank whose memory
   * @throws MPIException if it is not locked, or MPI refuses
   */
  public void unlock(int rank) throws MPIException {
    long h = handle("MPI_Win_unlock", rank);
    try {
      MpiEpochs.unlock(rank, h);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    buffers.complete(rank);
  }

  /**
   * {@code MPI_Win_set_errhandler}.
   *
   * @param errhandler what is done about errors of this window
   * @throws MPIException if this is freed
   */
  public void setErrhandler(Errhandler errhandler) throws MPIException {
    String function = "MPI_Win_set_errhandler";
    long handler = Errors.notNull(function, "errhandler", errhandler).handle(function);
    call(function, h -> MpiWindows.setErrhandler(h, handler));
  }

  /**
   * {@code MPI_Win_get_errhandler}.
   *
   * @return what is done about errors of this window
   * @throws MPIException if this is freed
   */
  public Errhandler getErrhandler() throws MPIException {
    long h = handle("MPI_Win_get_errhandler");
    return new Errhandler(Calls.handle(answer -> MpiWindows.getErrhandler(h, answer)));
  }

  /**
   * {@code MPI_Win_call_errhandler}: has the error handler called.
   *
   * @param errorCode a code or class
   * @throws MPIException if this is freed
   */
  public void callErrhandler(int errorCode) throws MPIException {
    call("MPI_Win_call_errhandler", h -> MpiErrorHandlers.winCallErrhandler(h, errorCode));
  }

  /**
   * {@code MPI_Win_create_keyval}: makes a key for attributes of windows.
   *
   * @return the key
   * @throws MPIException if MPI does not run
   */
  public static int createKeyval() throws MPIException {
    return Attributes.WIN.createKeyval();
  }

  /**
   * {@code MPI_Win_free_keyval}: gives a key back.
   *
   * @param keyval the key
   * @throws MPIException if there is no such key
   */
  public static void freeKeyval(int keyval) throws MPIException {
    Attributes.WIN.freeKeyval(keyval);
  }

  /**
   * {@code MPI_Win_set_attr}: stores an attribute.
   *
   * @param keyval the key
   * @param value what is stored: it is serialised now, so that later changes do not show
   * @throws MPIException if there is no such key, or the value is not serialisable
   */
  public void setAttr(int keyval, Object value) throws MPIException {
    Attributes.WIN.set(handle("MPI_Win_set_attr"), keyval, value);
  }

  /**
   * {@code MPI_Win_get_attr}: an attribute.
   *
   * @param keyval the key; of MPI's own: {@link MPI#WIN_BASE}, {@link MPI#WIN_SIZE}, {@link
   *     MPI#WIN_DISP_UNIT}
   * @return a copy of what was stored, or null; of MPI's own the memory's address as {@link Long},
   *     its length and the displacement unit in bytes as {@link Integer}
   * @throws MPIException if there is no such key, or the length is no {@code int}
   */
  public Object getAttr(int keyval) throws MPIException {
    String function = "MPI_Win_get_attr";
    long h = handle(function);
    boolean base = keyval == Lib.value(MpiConstant.MPI_WIN_BASE);
    boolean size = keyval == Lib.value(MpiConstant.MPI_WIN_SIZE);
    boolean unit = keyval == Lib.value(MpiConstant.MPI_WIN_DISP_UNIT);
    if (!base && !size && !unit) {
      return Attributes.WIN.get(h, keyval);
    }
    Scratch scratch = Scratch.begin();
    if (!Attributes.WIN.find(h, keyval, scratch)) {
      return null;
    }
    long value = Lib.readLong(scratch.cell);
    if (base) {
      return value;
    }
    if (unit) {
      return Lib.readInt(value);
    }
    long bytes = Lib.readLong(value);
    if (bytes != (int) bytes) {
      throw Errors.argument(
          function, MpiErrorClass.MPI_ERR_SIZE, "WIN_SIZE, " + bytes + " bytes, is no int");
    }
    return (int) bytes;
  }

  /**
   * {@code MPI_Win_delete_attr}: removes an attribute.
   *
   * @param keyval the key
   * @throws MPIException if there is no such key, or nothing is stored
   */
  public void deleteAttr(int keyval) throws MPIException {
    Attributes.WIN.delete(handle("MPI_Win_delete_attr"), keyval);
  }

  /**
   * {@code MPI_Win_free}; collective.
   *
   * @throws MPIException if this is freed, or MPI refuses
   */
  @Override
  public void free() throws MPIException {
    Calls.free(MpiWindows::free, handle("MPI_Win_free"));
    handle = NULL;
    buffers.complete();
    attached.clear();
    OPEN.remove(this);
    Reference.reachabilityFence(memory);
  }

  /**
   * {@code MPI_Win_get_info}.
   *
   * @return the hints in force, to be freed
   * @throws MPIException if this is freed
   */
  public Info getInfo() throws MPIException {
    long h = handle("MPI_Win_get_info");
    return new Info(Calls.handle(answer -> MpiWindows.getInfo(h, answer)));
  }

  /**
   * {@code MPI_Win_set_info}: gives hints; collective.
   *
   * @param info the hints
   * @throws MPIException if this is freed, or MPI refuses
   */
  public void setInfo(Info info) throws MPIException {
    String function = "MPI_Win_set_info";
    long hints = Errors.notNull(function, "info", info).handle(function);
    call(function, h -> MpiWindows.setInfo(h, hints));
  }

  /**
   * {@code MPI_Rput}: as {@link #put}, with a request; between locks only.
   *
   * @param origin what is written, direct
   * @param orgCount its elements
   * @param orgType their type
   * @param targetRank whose memory
   * @param targetDisp where in it, in displacement units of that rank
   * @param targetCount elements there
   * @param targetType their type
   * @return complete when the buffer may be used again
   * @throws MPIException if elements do not lie in the target's memory, or MPI refuses
   * @throws IllegalArgumentException if the buffer is not direct
   */
  public final Request rPut(
      Buffer origin,
      int orgCount,
      Datatype orgType,
      int targetRank,
      int targetDisp,
      int targetCount,
      Datatype targetType)
      throws MPIException {
    return OneSided.put(
        true, this, origin, orgCount, orgType, targetRank, targetDisp, targetCount, targetType);
  }

  /**
   * {@code MPI_Rget}: as {@link #get}, with a request; between locks only.
   *
   * @param origin where it goes, direct
   * @param orgCount its elements
   * @param orgType their type
   * @param targetRank whose memory
   * @param targetDisp where in it, in displacement units of that rank
   * @param targetCount elements there
   * @param targetType their type
   * @return complete when the elements are there
   * @throws MPIException if elements do not lie in the target's memory, or MPI refuses
   * @throws IllegalArgumentException if the buffer is not direct
   */
  public final Request rGet(
      Buffer origin,
      int orgCount,
      Datatype orgType,
      int targetRank,
      int targetDisp,
      int targetCount,
      Datatype targetType)
      throws MPIException {
    return OneSided.get(
        true, this, origin, orgCount, orgType, targetRank, targetDisp, targetCount, targetType);
  }

  /**
   * {@code MPI_Raccumulate}: as {@link #accumulate}, with a request; between locks only.
   *
   * @param origin what is combined with the target's memory, direct
   * @param orgCount its elements
   * @param orgType their type
   * @param targetRank whose memory
   * @param targetDisp where in it, in displacement units of that rank
   * @param targetCount elements there
   * @param targetType their type
   * @param op a predefined operation
   * @return complete when the buffer may be used again
   * @throws MPIException if elements do not lie in the target's memory, or MPI refuses
   * @throws IllegalArgumentException if the buffer is not direct
   */
  public Request rAccumulate(
      Buffer origin,
      int orgCount,
      Datatype orgType,
      int targetRank,
      int targetDisp,
      int targetCount,
      Datatype targetType,
      Op op)
      throws MPIException {
    return OneSided.accumulate(
        true, this, origin, orgCount, orgType, targetRank, targetDisp, targetCount, targetType, op);
  }

  /**
   * {@code MPI_Get_accumulate}: reads a rank's memory and combines it with what is given, element
   * by element atomically.
   *
   * @param origin what is combined with it, direct; not looked at with {@link MPI#NO_OP}
   * @param orgCount its elements
   * @param orgType their type
   * @param resultAddr where the elements go that were there before, direct
   * @param resultCount how many
   * @param resultType their type
   * @param targetRank whose memory
   * @param targetDisp where in it, in displacement units of that rank
   * @param targetCount elements there
   * @param targetType their type
   * @param op a predefined operation
   * @throws MPIException if elements do not lie in the target's memory, or MPI refuses
   * @throws IllegalArgumentException if a buffer is not direct
   */
  public void getAccumulate(
      Buffer origin,
      int orgCount,
      Datatype orgType,
      Buffer resultAddr,
      int resultCount,
      Datatype resultType,
      int targetRank,
      int targetDisp,
      int targetCount,
      Datatype targetType,
      Op op)
      throws MPIException {
    OneSided.getAccumulate(
        false,
        this,
        origin,
        orgCount,
        orgType,
        resultAddr,
        resultCount,
        resultType,
        targetRank,
        targetDisp,
        targetCount,
        targetType,
        op);
  }

  /**
   * {@code MPI_Rget_accumulate}: as {@link #getAccumulate}, with a request; between locks only.
   *
   * @param origin what is combined with the target's memory, direct
   * @param orgCount its elements
   * @param orgType their type
   * @param resultAddr where the elements go that were there before, direct
   * @param resultCount how many
   * @param resultType their type
   * @param targetRank whose memory
   * @param targetDisp where in it, in displacement units of that rank
   * @param targetCount elements there
   * @param targetType their type
   * @param op a predefined operation
   * @return complete when the elements are there
   * @throws MPIException if elements do not lie in the target's memory, or MPI refuses
   * @throws IllegalArgumentException if a buffer is not direct
   */
  public Request rGetAccumulate(
      Buffer origin,
      int orgCount,
      Datatype orgType,
      Buffer resultAddr,
      int resultCount,
      Datatype resultType,
      int targetRank,
      int targetDisp,
      int targetCount,
      Datatype targetType,
      Op op)
      throws MPIException {
    return OneSided.getAccumulate(
        true,
        this,
        origin,
        orgCount,
        orgType,
        resultAddr,
        resultCount,
        resultType,
        targetRank,
        targetDisp,
        targetCount,
        targetType,
        op);
  }

  /**
   * {@code MPI_Win_lock_all}: begins operations on every rank, which do nothing for it.
   *
   * @param assertion 0 or {@link MPI#MODE_NOCHECK}
   * @throws MPIException if MPI refuses
   */
  public void lockAll(int assertion) throws MPIException {
    long h = handle("MPI_Win_lock_all");
    try {
      MpiEpochs.lockAll(assertion, h);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
  }

  /**
   * {@code MPI_Win_unlock_all}: ends what {@link #lockAll} began.
   *
   * @throws MPIException if nothing was begun, or MPI refuses
   */
  public void unlockAll() throws MPIException {
    call("MPI_Win_unlock_all", MpiEpochs::unlockAll);
    buffers.complete();
  }

  /**
   * {@code MPI_Win_sync}: orders what this process and others do in its memory.
   *
   * @throws MPIException if this is freed, or MPI refuses
   */
  public void sync() throws MPIException {
    call("MPI_Win_sync", MpiEpochs::sync);
  }

  /**
   * {@code MPI_Win_flush}: completes operations on a rank.
   *
   * @param targetRank which
   * @throws MPIException if its memory is not locked, or MPI refuses
   */
  public void flush(int targetRank) throws MPIException {
    long h = handle("MPI_Win_flush", targetRank);
    try {
      MpiEpochs.flush(targetRank, h);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    buffers.complete(targetRank);
  }

  /**
   * {@code MPI_Win_flush_all}: completes operations on every rank.
   *
   * @throws MPIException if no memory is locked, or MPI refuses
   */
  public void flushAll() throws MPIException {
    call("MPI_Win_flush_all", MpiEpochs::flushAll);
    buffers.complete();
  }

  /**
   * {@code MPI_Compare_and_swap}: writes one element to a rank's memory if another is there,
   * atomically.
   *
   * @param origin what is written, direct
   * @param compareAddr what must be there, direct
   * @param resultAddr where the element goes that was there before, direct
   * @param targetType the element's type, a predefined one of whole numbers
   * @param targetRank whose memory
   * @param targetDisp where in it, in displacement units of that rank
   * @throws MPIException if the element does not lie in the target's memory, or MPI refuses
   * @throws IllegalArgumentException if a buffer is not direct
   */
  public void compareAndSwap(
      Buffer origin,
      Buffer compareAddr,
      Buffer resultAddr,
      Datatype targetType,
      int targetRank,
      int targetDisp)
      throws MPIException {
    OneSided.compareAndSwap(
        this, origin, compareAddr, resultAddr, targetType, targetRank, targetDisp);
  }

  /**
   * {@code MPI_Fetch_and_op}: as {@link #getAccumulate}, of one element.
   *
   * @param origin what is combined with the target's memory, direct; not looked at with {@link
   *     MPI#NO_OP}
   * @param resultAddr where the element goes that was there before, direct
   * @param dataType the element's type, a predefined one
   * @param targetRank whose memory
   * @param targetDisp where in it, in displacement units of that rank
   * @param op a predefined operation
   * @throws MPIException if the element does not lie in the target's memory, or MPI refuses
   * @throws IllegalArgumentException if a buffer is not direct
   */
  public void fetchAndOp(
      Buffer origin, Buffer resultAddr, Datatype dataType, int targetRank, int targetDisp, Op op)
      throws MPIException {
    OneSided.fetchAndOp(this, origin, resultAddr, dataType, targetRank, targetDisp, op);
  }

  /**
   * {@code MPI_Win_flush_local}: completes operations on a rank at this one: their buffers may be
   * used again.
   *
   * @param targetRank which
   * @throws MPIException if its memory is not locked, or MPI refuses
   */
  public void flushLocal(int targetRank) throws MPIException {
    long h = handle("MPI_Win_flush_local", targetRank);
    try {
      MpiEpochs.flushLocal(targetRank, h);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    buffers.complete(targetRank);
  }

  /**
   * {@code MPI_Win_flush_local_all}: completes all operations at this rank: their buffers may be
   * used again.
   *
   * @throws MPIException if no memory is locked, or MPI refuses
   */
  public void flushLocalAll() throws MPIException {
    call("MPI_Win_flush_local_all", MpiEpochs::flushLocalAll);
    buffers.complete();
  }

  /**
   * {@code MPI_Win_get_name}.
   *
   * @return the window's name; what the library calls it if none was set
   * @throws MPIException if this is freed
   */
  public String getName() throws MPIException {
    long h = handle("MPI_Win_get_name");
    Scratch scratch = Scratch.begin();
    long name = scratch.bytes(Lib.value(MpiConstant.MPI_MAX_OBJECT_NAME) + 1L);
    Calls.run(() -> MpiWindows.getName(h, name, scratch.cell));
    return NativeMemory.stringAt(name);
  }

  /**
   * {@code MPI_Win_set_name}.
   *
   * @param name the name; cut off at {@link MPI#MAX_OBJECT_NAME}
   * @throws MPIException if this is freed
   */
  public void setName(String name) throws MPIException {
    String function = "MPI_Win_set_name";
    long h = handle(function);
    long text = Names.place(function, Scratch.begin(), name);
    Calls.run(() -> MpiWindows.setName(h, text));
  }
}
