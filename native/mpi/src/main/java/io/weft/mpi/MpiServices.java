package io.weft.mpi;

import io.weft.ffi.NativeMemory;
import io.weft.mpi.ffm.MpiAbi;
import io.weft.mpi.ffm.MpiAttributes;
import io.weft.mpi.ffm.MpiConstant;
import io.weft.mpi.ffm.MpiEnvironment;
import io.weft.mpi.ffm.MpiErrorHandlers;
import io.weft.mpi.ffm.MpiErrors;
import io.weft.mpi.ffm.MpiInfos;
import io.weft.mpi.ffm.MpiInterComms;
import io.weft.mpi.ffm.MpiStatuses;
import io.weft.mpi.ffm.MpiTopologies;
import io.weft.mpi.ffm.MpiTypeQueries;
import io.weft.mpi.ffm.PredefinedHandle;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.UnaryOperator;

/** What {@link Mpi} makes, and what it says of itself. */
abstract class MpiServices {
  /** The one representation that the standard names. */
  private static final String EXTERNAL = "external32";

  private MemorySegment attached = MemorySegment.NULL;

  MpiServices() {}

  abstract void check();

  abstract MpiAbi abi();

  abstract Arena arena();

  /**
   * This rank alone, {@code MPI_COMM_SELF}.
   *
   * @return the communicator; closing it does nothing
   */
  public abstract Comm self();

  private Mpi mpi() {
    return self().mpi;
  }

  /**
   * Makes datatypes of others.
   *
   * @return what makes them
   */
  public DerivedTypes types() {
    check();
    return new DerivedTypes(mpi());
  }

  /**
   * Makes an operation for reductions, {@code MPI_Op_create}.
   *
   * @param function what it does
   * @param commutative whether the order of operands does not matter
   * @return the operation, to be closed
   */
  public UserOp createOp(ReductionFunction function, boolean commutative) {
    check();
    return new UserOp(mpi(), Objects.requireNonNull(function, "function"), commutative);
  }

  /**
   * Makes an error handler in Java, {@code MPI_Comm_create_errhandler} and its like.
   *
   * @param kind what it is for
   * @param function called with the error code; must not call MPI
   * @return the handler, to be closed
   */
  public ErrorHandler createErrorHandler(ErrorHandler.Kind kind, IntConsumer function) {
    check();
    return new ErrorHandler(mpi(), kind, Objects.requireNonNull(function, "function"));
  }

  /**
   * Makes a name for values that communicators, datatypes or windows carry, {@code
   * MPI_Comm_create_keyval} and its like.
   *
   * @param <T> the values
   * @param kind what carries them
   * @param copy gives the value that a duplicate carries, or null for none; may be null for never
   * @param delete is told when a value is no longer carried; may be null
   * @return the key, to be closed
   */
  public <T> AttributeKey<T> createAttributeKey(
      AttributeKey.Kind kind, UnaryOperator<T> copy, Consumer<T> delete) {
    check();
    return new AttributeKey<>(mpi(), kind, copy, delete);
  }

  /**
   * Makes hints, {@code MPI_Info_create}.
   *
   * @return none yet; to be closed
   */
  public Info newInfo() {
    check();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment answer = arena.allocate(Long.BYTES, Long.BYTES);
      MpiInfos.create(answer.address());
      return new Info(mpi(), abi().readHandle(answer, 0));
    }
  }

  /**
   * The group of no process, {@code MPI_GROUP_EMPTY}.
   *
   * @return the group; closing it does nothing
   */
  public Group emptyGroup() {
    check();
    return new Group(mpi(), abi().handle(PredefinedHandle.MPI_GROUP_EMPTY));
  }

  /**
   * Chooses the lengths of a grid, {@code MPI_Dims_create}.
   *
   * @param ranks how many ranks the grid has
   * @param dims lengths that are given; 0 for those to choose
   * @return all lengths, as equal as they can be
   */
  public int[] dims(int ranks, int... dims) {
    check();
    checkGrid(ranks, dims);
    try (Arena scratch = Arena.ofConfined()) {
      MemorySegment lengths = CommTopology.ints(scratch, dims);
      MpiTopologies.dimsCreate(ranks, dims.length, lengths.address());
      return CommTopology.read(lengths, dims.length);
    }
  }

  private static void checkGrid(int ranks, int[] dims) {
    long given = 1;
    for (int length : dims) {
      if (length < 0) {
        throw new IllegalArgumentException("a length of the grid is " + length + ", less than 0");
      }
      given *= Math.max(1, length);
      if (given > Integer.MAX_VALUE) {
        break; // A multiple of it would overflow.
      }
    }
    if (ranks < 1 || ranks % given != 0) {
      throw new IllegalArgumentException(
          ranks + " ranks do not fill a grid of " + Arrays.toString(dims) + "; 0 is free");
    }
  }

  /**
   * The largest tag, {@code MPI_TAG_UB}.
   *
   * @return at least 32767
   */
  public int tagUpperBound() {
    return predefinedAttribute(MpiConstant.MPI_TAG_UB, -1);
  }

  /**
   * How many processes this job may have in all, {@code MPI_UNIVERSE_SIZE}.
   *
   * @return the number, or -1 if the launcher does not say
   */
  public int universeSize() {
    return predefinedAttribute(MpiConstant.MPI_UNIVERSE_SIZE, -1);
  }

  /**
   * Which of the launcher's programs this process runs, {@code MPI_APPNUM}.
   *
   * @return the number, or -1 if the launcher does not say
   */
  public int applicationNumber() {
    return predefinedAttribute(MpiConstant.MPI_APPNUM, -1);
  }

  /** An attribute of the world that points to an {@code int}. */
  private int predefinedAttribute(MpiConstant key, int none) {
    check();
    try (Arena scratch = Arena.ofConfined()) {
      MemorySegment answer = scratch.allocate(16, 8);
      MpiAttributes.commGetAttr(
          abi().handle(PredefinedHandle.MPI_COMM_WORLD),
          abi().value(key),
          answer.address(),
          answer.address() + 8);
      return answer.get(ValueLayout.JAVA_INT, 8) == 0
          ? none
          : NativeMemory.EVERYTHING.get(ValueLayout.JAVA_INT, answer.get(ValueLayout.JAVA_LONG, 0));
    }
  }

  /**
   * Gives memory to buffered sends, {@code MPI_Buffer_attach}.
   *
   * @param lengthBytes of all messages that are under way, with {@link #bufferOverhead} for each
   */
  public void attachBuffer(int lengthBytes) {
    check();
    if (attached.byteSize() > 0) {
      throw new IllegalStateException("a buffer is attached; detach it first");
    }
    if (lengthBytes < 1) {
      throw new IllegalArgumentException("lengthBytes is " + lengthBytes + ", less than 1");
    }
    MemorySegment buffer = NativeMemory.allocatePages(Arena.ofAuto(), lengthBytes);
    MpiStatuses.bufferAttach(buffer.address(), lengthBytes);
    attached = buffer;
  }

  /** Takes it back, {@code MPI_Buffer_detach}: waits until all messages in it are on their way. */
  public void detachBuffer() {
    check();
    if (attached.byteSize() == 0) {
      throw new IllegalStateException("MPI_Buffer_detach: no buffer is attached");
    }
    try (Arena scratch = Arena.ofConfined()) {
      MemorySegment answer = scratch.allocate(16, 8);
      MpiStatuses.bufferDetach(answer.address(), answer.address() + 8);
    }
    attached = MemorySegment.NULL;
  }

  /**
   * What a buffered send needs beside its message, {@code MPI_BSEND_OVERHEAD}.
   *
   * @return bytes
   */
  public int bufferOverhead() {
    return abi().value(MpiConstant.MPI_BSEND_OVERHEAD);
  }

  /**
   * The name of an error code's class, {@code MPI_Error_class}.
   *
   * @param code what a function returned
   * @return such as {@code MPI_ERR_TRUNCATE}
   */
  public String errorClass(int code) {
    return MpiErrors.errorClass(code);
  }

  /**
   * The library's text for a code, {@code MPI_Error_string}.
   *
   * @param code what a function returned
   * @return the text
   */
  public String errorString(int code) {
    return MpiErrors.errorString(code);
  }

  /**
   * Makes an error class, {@code MPI_Add_error_class}.
   *
   * @return its number
   */
  public int addErrorClass() {
    check();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment answer = arena.allocate(ValueLayout.JAVA_INT);
      MpiErrorHandlers.addErrorClass(answer.address());
      return answer.get(ValueLayout.JAVA_INT, 0);
    }
  }

  /**
   * Makes an error code, {@code MPI_Add_error_code}.
   *
   * @param errorClass the class's number
   * @return the code
   */
  public int addErrorCode(int errorClass) {
    check();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment answer = arena.allocate(ValueLayout.JAVA_INT);
      MpiErrorHandlers.addErrorCode(errorClass, answer.address());
      return answer.get(ValueLayout.JAVA_INT, 0);
    }
  }

  /**
   * Gives a text to a class or code that was added, {@code MPI_Add_error_string}.
   *
   * @param code which
   * @param text the text; cut off where the library's longest ends
   */
  public void addErrorString(int code, String text) {
    check();
    int most = abi().maxErrorString() - 1;
    try (Arena scratch = Arena.ofConfined()) {
      String cut = text.substring(0, Math.min(text.length(), most / 3));
      MpiErrorHandlers.addErrorString(code, scratch.allocateFrom(cut).address());
    }
  }

  /**
   * {@code MPI_Pack_external_size}: the bytes that {@link #packExternal} needs.
   *
   * @param count elements
   * @param type their type
   * @return bytes
   */
  public long packExternalSize(int count, Datatype type) {
    check();
    Buffers.count(count);
    try (Arena scratch = Arena.ofConfined()) {
      MemorySegment answer = scratch.allocate(ValueLayout.JAVA_LONG);
      long name = scratch.allocateFrom(EXTERNAL).address();
      MpiTypeQueries.packExternalSize(name, count, type.handle(), answer.address());
      return answer.get(ValueLayout.JAVA_LONG, 0);
    }
  }

  /**
   * {@code MPI_Pack_external}: writes elements in the form {@code external32}, big-endian, that
   * every MPI on every machine reads (MPI-4.0 sections 5.3 and 14.5.2).
   *
   * @param buffer native memory
   * @param offsetBytes where the elements start
   * @param count how many
   * @param type their type
   * @param packed native memory
   * @param position where in it to write, in bytes
   * @return where the next may be written
   */
  public long packExternal(
      MemorySegment buffer,
      long offsetBytes,
      int count,
      Datatype type,
      MemorySegment packed,
      long position) {
    check();
    long from = Buffers.address(buffer, offsetBytes, count, type);
    Buffers.region(packed.byteSize(), position, packExternalSize(count, type), 1, Datatype.BYTE);
    long to = Buffers.target(packed, 0, packed.byteSize(), Datatype.BYTE);
    try (Arena scratch = Arena.ofConfined()) {
      MemorySegment at = scratch.allocateFrom(ValueLayout.JAVA_LONG, position);
      long name = scratch.allocateFrom(EXTERNAL).address();
      MpiTypeQueries.packExternal(
          name, from, count, type.handle(), to, packed.byteSize(), at.address());
      Reference.reachabilityFence(buffer);
      Reference.reachabilityFence(packed);
      return at.get(ValueLayout.JAVA_LONG, 0);
    }
  }

  /**
   * {@code MPI_Unpack_external}: reads elements that {@link #packExternal} wrote.
   *
   * @param packed native memory
   * @param position where in it to read, in bytes
   * @param buffer native memory
   * @param offsetBytes where the elements go
   * @param count how many
   * @param type their type
   * @return where the next may be read
   */
  public long unpackExternal(
      MemorySegment packed,
      long position,
      MemorySegment buffer,
      long offsetBytes,
      int count,
      Datatype type) {
    check();
    long to = Buffers.target(buffer, offsetBytes, count, type);
    Buffers.region(packed.byteSize(), position, packExternalSize(count, type), 1, Datatype.BYTE);
    long from = Buffers.address(packed, 0, packed.byteSize(), Datatype.BYTE);
    try (Arena scratch = Arena.ofConfined()) {
      MemorySegment at = scratch.allocateFrom(ValueLayout.JAVA_LONG, position);
      long name = scratch.allocateFrom(EXTERNAL).address();
      MpiTypeQueries.unpackExternal(
          name, from, packed.byteSize(), at.address(), to, count, type.handle());
      Reference.reachabilityFence(buffer);
      Reference.reachabilityFence(packed);
      return at.get(ValueLayout.JAVA_LONG, 0);
    }
  }

  /**
   * {@code MPI_Wtime}.
   *
   * @return seconds since some time in the past; to be compared on one rank
   */
  public double time() {
    check();
    return MpiEnvironment.wtime();
  }

  /**
   * {@code MPI_Wtick}.
   *
   * @return seconds between two values of {@link #time}
   */
  public double tick() {
    check();
    return MpiEnvironment.wtick();
  }

  /** A C function that writes a name, or reads some. */
  private interface PortCall {
    void to(Arena arena);
  }

  private void ports(PortCall call) {
    check();
    try (Arena scratch = Arena.ofConfined()) {
      call.to(scratch);
    }
  }

  private long noInfo() {
    return Info.handle(mpi(), null);
  }

  /**
   * Opens a port for others to meet this process at, {@code MPI_Open_port}; see {@link
   * Comm#accept}.
   *
   * @return its name, to be told to the others, and closed
   */
  public String openPort() {
    String[] name = new String[1];
    ports(
        scratch -> {
          MemorySegment text = scratch.allocate(abi().value(MpiConstant.MPI_MAX_PORT_NAME) + 1L);
          MpiInterComms.openPort(noInfo(), text.address());
          name[0] = text.getString(0);
        });
    return name[0];
  }

  /**
   * {@code MPI_Close_port}.
   *
   * @param port its name
   */
  public void closePort(String port) {
    ports(
        scratch ->
            MpiInterComms.closePort(
                scratch.allocateFrom(Arguments.notNull("port", port)).address()));
  }

  /**
   * Tells a port to all by a name, {@code MPI_Publish_name}; where the launcher has a name service.
   *
   * @param service the name
   * @param port of {@link #openPort}
   * @throws MpiException {@code MPI_ERR_SERVICE} and others, where there is none
   */
  public void publish(String service, String port) {
    ports(
        scratch ->
            MpiInterComms.publishName(
                scratch.allocateFrom(Arguments.notNull("service", service)).address(),
                noInfo(),
                scratch.allocateFrom(Arguments.notNull("port", port)).address()));
  }

  /**
   * {@code MPI_Unpublish_name}.
   *
   * @param service the name
   * @param port as it was published
   */
  public void unpublish(String service, String port) {
    ports(
        scratch ->
            MpiInterComms.unpublishName(
                scratch.allocateFrom(Arguments.notNull("service", service)).address(),
                noInfo(),
                scratch.allocateFrom(Arguments.notNull("port", port)).address()));
  }

  /**
   * {@code MPI_Lookup_name}.
   *
   * @param service a name that was published
   * @return the port
   * @throws MpiException {@code MPI_ERR_NAME} if there is none
   */
  public String lookUp(String service) {
    String[] name = new String[1];
    ports(
        scratch -> {
          MemorySegment text = scratch.allocate(abi().value(MpiConstant.MPI_MAX_PORT_NAME) + 1L);
          MpiInterComms.lookupName(
              scratch.allocateFrom(Arguments.notNull("service", service)).address(),
              noInfo(),
              text.address());
          name[0] = text.getString(0);
        });
    return name[0];
  }
}
