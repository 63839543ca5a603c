package io.weft.mpi;

import io.weft.ffi.NativeMemory;
import io.weft.ffi.Owner;
import io.weft.launch.MpiVendor;
import io.weft.mpi.ffm.LibmpiFile;
import io.weft.mpi.ffm.MpiAbi;
import io.weft.mpi.ffm.MpiComms;
import io.weft.mpi.ffm.MpiConstant;
import io.weft.mpi.ffm.MpiEnvironment;
import io.weft.mpi.ffm.MpiInterComms;
import io.weft.mpi.ffm.MpiStart;
import io.weft.mpi.ffm.MpiThreads;
import io.weft.mpi.ffm.PredefinedHandle;
import io.weft.mpi.ffm.Thrown;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * MPI, from {@code MPI_Init_thread} to {@code MPI_Finalize}. One per process, ever: MPI cannot be
 * initialised again.
 *
 * <p>Confined to the thread that initialised unless {@link ThreadLevel#SERIALIZED} or more was
 * given; {@link #abort} is safe from any thread.
 */
public final class Mpi extends MpiServices implements AutoCloseable {
  private static final System.Logger LOGGER = System.getLogger("io.weft.mpi");

  /**
   * What libmpi may touch hangs from here: communicators have their requests, windows and files,
   * and those their buffers. A program that forgets its own reference must not lose them.
   */
  private static Mpi current;

  private final LibmpiFile file;
  private final ThreadLevel threadLevel;
  private final Owner owner;

  /**
   * Shared, because above FUNNELED any thread may use what lies in it. Never closed: {@code
   * MPI_Finalize} may still touch buffers of operations in flight.
   */
  private final Arena arena = Arena.ofShared();

  private final Comm world;
  private final Comm self;

  /** Those who spawned this process, once asked for. */
  private Comm parent;

  /** Communicators that are open. */
  private final Set<Comm> comms = ConcurrentHashMap.newKeySet();

  /** Committed types by their handles, for operations in Java to be told. */
  private final Map<Long, DerivedType> typesByHandle = new ConcurrentHashMap<>();

  private volatile boolean closed;

  private Mpi(LibmpiFile file, ThreadLevel threadLevel) {
    this.file = file;
    this.threadLevel = threadLevel;
    this.owner =
        threadLevel.compareTo(ThreadLevel.FUNNELED) <= 0
            ? new Owner("MPI with thread level " + threadLevel)
            : null;
    this.world = new Comm(this, file.abi().handle(PredefinedHandle.MPI_COMM_WORLD), false);
    this.self = new Comm(this, file.abi().handle(PredefinedHandle.MPI_COMM_SELF), false);
  }

  /**
   * Opens libmpi and initialises it (MPI-4.0 section 11.6.2). The library that {@code WEFT_MPI_LIB}
   * names is taken, else the one of the launcher that started this process, else what the system
   * has. The JVM's signal handlers stay in force.
   *
   * @param required the thread level wanted
   * @return MPI; see {@link #threadLevel} for what was given
   * @throws MpiUnavailableException if there is no usable libmpi, or if the launcher and the
   *     library are of different MPIs
   * @throws MpiException if initialising failed
   * @throws IllegalStateException if MPI was initialised before
   */
  public static Mpi initialize(ThreadLevel required) {
    Objects.requireNonNull(required, "required");
    LibmpiFile file = LibmpiFile.current();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment answer = arena.allocate(ValueLayout.JAVA_INT);
      MpiEnvironment.initialized(answer.address());
      if (answer.get(ValueLayout.JAVA_INT, 0) != 0) {
        throw new IllegalStateException(
            "MPI is initialised already"
                + (current == null ? ", not by Mpi.initialize" : "")
                + "; it can be once per process: keep the first Mpi");
      }
      int provided = MpiStart.initThread(required.value(file.abi()));
      Mpi mpi = new Mpi(file, ThreadLevel.of(file.abi(), provided));
      current = mpi;
      mpi.returnErrors();
      mpi.checkLauncher(System.getenv());
      return mpi;
    }
  }

  /**
   * All ranks, {@code MPI_COMM_WORLD}.
   *
   * @return the communicator; closing it does nothing
   */
  public Comm world() {
    check();
    return world;
  }

  /**
   * This rank alone, {@code MPI_COMM_SELF}.
   *
   * @return the communicator; closing it does nothing
   */
  @Override
  public Comm self() {
    check();
    return self;
  }

  /**
   * The processes that spawned this one, {@code MPI_Comm_get_parent}. Its errors return.
   *
   * @return an inter-communicator to them, the same each time, to be {@linkplain Comm#disconnect
   *     disconnected}; null if a launcher started this process, or when it is disconnected
   */
  public Comm parent() {
    check();
    if (parent != null) {
      // A second object on its handle would outlive the first one's closing.
      return parent.closed ? null : parent;
    }
    MpiInterComms.getParent(self.scratch.address());
    parent = self.made(self.scratch, ErrorHandler.RETURN);
    return parent;
  }

  /**
   * Whether the calling thread initialised MPI, {@code MPI_Is_thread_main}.
   *
   * @return true if it did
   */
  public boolean isThreadMain() {
    if (closed) {
      check();
    }
    try (Arena scratch = Arena.ofConfined()) {
      MemorySegment answer = scratch.allocate(ValueLayout.JAVA_INT);
      MpiThreads.isThreadMain(answer.address());
      return answer.get(ValueLayout.JAVA_INT, 0) != 0;
    }
  }

  /**
   * The thread level that the library gave.
   *
   * @return may be less or more than was required
   */
  public ThreadLevel threadLevel() {
    return threadLevel;
  }

  /**
   * The library's family.
   *
   * @return the vendor
   */
  public MpiVendor vendor() {
    return file.abi().vendor();
  }

  /**
   * The library's binary interface; {@code WEFT_MPI_ABI} insists on one.
   *
   * @return {@code openmpi}, {@code mpich}, or {@code standard} for that of MPI-5.0
   */
  public String abiName() {
    return file.abi().label();
  }

  /**
   * The file that was opened.
   *
   * @return its path
   */
  public String libraryPath() {
    return file.path();
  }

  /**
   * What the library says of itself, {@code MPI_Get_library_version}, first line.
   *
   * @return such as {@code Open MPI v4.1.4, ...}
   */
  public String libraryVersion() {
    return file.version();
  }

  /**
   * The version of the MPI standard, {@code MPI_Get_version}.
   *
   * @return such as {@code 3.1}
   */
  public String standardVersion() {
    try (Arena scratch = Arena.ofConfined()) {
      MemorySegment version = scratch.allocate(ValueLayout.JAVA_INT);
      MemorySegment subversion = scratch.allocate(ValueLayout.JAVA_INT);
      MpiEnvironment.getVersion(version.address(), subversion.address());
      return version.get(ValueLayout.JAVA_INT, 0) + "." + subversion.get(ValueLayout.JAVA_INT, 0);
    }
  }

  /**
   * The host's name as MPI gives it, {@code MPI_Get_processor_name}.
   *
   * @return the name
   */
  public String processorName() {
    check();
    try (Arena scratch = Arena.ofConfined()) {
      MemorySegment name = scratch.allocate(file.abi().maxProcessorName() + 1L);
      MemorySegment length = scratch.allocate(ValueLayout.JAVA_INT);
      MpiEnvironment.getProcessorName(name.address(), length.address());
      return name.getString(0);
    }
  }

  /**
   * Allocates zeroed, page-aligned native memory that lives as long as the process; from 1 MiB on
   * the kernel is asked for huge pages, between which libraries copy twice as fast on one host.
   *
   * @param lengthBytes its length in bytes
   * @return the buffer
   */
  public MemorySegment allocate(long lengthBytes) {
    return NativeMemory.allocatePages(arena, lengthBytes);
  }

  /**
   * Ends every rank with {@code status}, {@code MPI_Abort}; does not return. Safe from any thread.
   *
   * @param status the job's exit status, 1 to 255
   * @throws IllegalStateException if MPI is finalised: there is no job to end
   */
  public void abort(int status) {
    if (closed) {
      throw new IllegalStateException("MPI_Abort: MPI is finalised");
    }
    MpiEnvironment.abort(file.abi().handle(PredefinedHandle.MPI_COMM_WORLD), status);
  }

  /**
   * {@code MPI_Finalize}: waits for the other ranks; closing twice does nothing. With MPICH it
   * takes 50 ms longer than the library's own, which hangs over TCP otherwise.
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    check();
    MpiStart.beQuiet(file.abi(), world.size());
    reportAbandoned();
    closed = true;
    MpiEnvironment.finalizeMpi();
    // MPI_Finalize deletes the attributes of the world and of self.
    Thrown.rethrow();
  }

  private void reportAbandoned() {
    for (Comm comm : comms) {
      for (String site : comm.active.sites()) {
        LOGGER.log(
            System.Logger.Level.WARNING,
            "a request that was made at " + site + " was never completed; MPI ends without it");
      }
      for (Object each : comm.opened) {
        LOGGER.log(
            System.Logger.Level.WARNING,
            each instanceof WinCore
                ? "a window was never closed; MPICH 4.0 ends the process at such"
                : "a " + each + " was never closed");
      }
    }
  }

  void opened(Comm comm) {
    comms.add(comm);
  }

  void closed(Comm comm) {
    comms.remove(comm);
  }

  Map<Long, DerivedType> typesByHandle() {
    return typesByHandle;
  }

  /** The type of a handle that C passes to Java. */
  Datatype typeOf(long handle) {
    Datatype type = Datatype.predefined(handle);
    if (type == null) {
      type = typesByHandle.get(handle);
    }
    return type != null ? type : DerivedType.of(this, "a type of the library's own", handle);
  }

  /** A name as C takes it, cut off where the longest ends. */
  MemorySegment objectName(Arena arena, String name) {
    int most = file.abi().value(MpiConstant.MPI_MAX_OBJECT_NAME) - 1;
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    MemorySegment text = arena.allocate(most + 1L);
    MemorySegment.copy(bytes, 0, text, ValueLayout.JAVA_BYTE, 0, Math.min(most, bytes.length));
    return text;
  }

  @Override
  MpiAbi abi() {
    return file.abi();
  }

  @Override
  Arena arena() {
    return arena;
  }

  /** Refuses use after close and from a thread that the level does not allow. */
  @Override
  void check() {
    if (closed) {
      throw new IllegalStateException("MPI is finalised");
    }
    if (owner != null) {
      owner.check();
    }
  }

  /** Without this, an error ends the job before Java hears of it. */
  private void returnErrors() {
    MpiAbi abi = file.abi();
    long handler = abi.handle(PredefinedHandle.MPI_ERRORS_RETURN);
    MpiComms.setErrhandler(abi.handle(PredefinedHandle.MPI_COMM_WORLD), handler);
    MpiComms.setErrhandler(abi.handle(PredefinedHandle.MPI_COMM_SELF), handler);
  }

  private void checkLauncher(Map<String, String> environment) {
    String problem = MpiStart.launcherProblem(file, world.size(), environment);
    if (problem != null) {
      close();
      throw new MpiUnavailableException(problem);
    }
  }
}
