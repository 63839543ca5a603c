package io.weft.mpi;

import io.weft.mpi.ffm.MpiInterComms;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/** Starting processes and meeting others (MPI-4.0 sections 11.8 to 11.10). */
abstract class CommProcesses extends CommManagement {
  CommProcesses(Mpi mpi, long handle) {
    super(mpi, handle);
  }

  /**
   * What one program of {@link #spawn} is.
   *
   * @param command the program; read at the root
   * @param arguments its arguments; read at the root
   * @param processes how many; read at the root
   * @param info hints, such as {@code wdir}; may be null; read at the root
   */
  public record Program(String command, List<String> arguments, int processes, Info info) {
    /** Copies what could change. */
    public Program {
      Arguments.notNull("command", command);
      arguments = List.copyOf(Arguments.notNull("arguments", arguments));
      if (processes < 1) {
        throw new IllegalArgumentException("processes is " + processes + ", less than 1");
      }
    }
  }

  /** An {@code argv}: without the program, with null at the end. */
  private static MemorySegment argv(Arena arena, List<String> arguments) {
    MemorySegment result = arena.allocate(8L * arguments.size() + 8, 8);
    for (int i = 0; i < arguments.size(); i++) {
      MemorySegment text = arena.allocateFrom(arguments.get(i));
      result.setAtIndex(ValueLayout.JAVA_LONG, i, text.address());
    }
    return result;
  }

  private void checkRoot(int root) {
    Arguments.rank("root", root, size);
  }

  /** Open MPI waits for ever for an empty port. */
  private static MemorySegment portName(Arena arena, String port) {
    if (Arguments.notNull("port", port).isEmpty()) {
      throw new IllegalArgumentException("port is empty; Mpi.openPort gives one");
    }
    return arena.allocateFrom(port);
  }

  /** Errors return there too: nothing is inherited from here. */
  private Comm returning(MemorySegment place) {
    return made(place, ErrorHandler.RETURN);
  }

  /**
   * {@code MPI_Comm_spawn_multiple}, or {@code MPI_Comm_spawn} of one program: starts processes;
   * collective. They find this side by {@link Mpi#parent}.
   *
   * @param root who says what to start
   * @param programs what; at least one at the root. The others say as many, which are not read
   * @return the inter-communicator to them, to be {@linkplain Comm#disconnect disconnected}
   */
  public Comm spawn(int root, Program... programs) {
    check();
    checkRoot(root);
    if (rank == root && programs.length == 0) {
      throw new IllegalArgumentException("no program to spawn");
    }
    try (Arena arena = Arena.ofConfined()) {
      int n = rank == root ? programs.length : 1;
      MemorySegment commands = arena.allocate(8L * n, 8);
      MemorySegment arguments = arena.allocate(8L * n, 8);
      MemorySegment processes = arena.allocate(4L * n, 8);
      MemorySegment infos = arena.allocate(8L * n, 8);
      for (int i = 0; i < n; i++) {
        Program each = rank == root ? programs[i] : new Program("", List.of(), 1, null);
        commands.setAtIndex(ValueLayout.JAVA_LONG, i, arena.allocateFrom(each.command()).address());
        arguments.setAtIndex(ValueLayout.JAVA_LONG, i, argv(arena, each.arguments()).address());
        processes.setAtIndex(ValueLayout.JAVA_INT, i, each.processes());
        abi.writeHandle(infos, (long) i * abi.handleBytes(), Info.handle(mpi, each.info()));
      }
      // MPI_ERRCODES_IGNORE, in every ABI: who is not the root does not know how many there are,
      // and
      // MPICH writes them on all ranks.
      long codes = 0;
      if (programs.length <= 1) {
        MpiInterComms.spawn(
            commands.get(ValueLayout.JAVA_LONG, 0),
            arguments.get(ValueLayout.JAVA_LONG, 0),
            processes.get(ValueLayout.JAVA_INT, 0),
            abi.readHandle(infos, 0),
            root,
            handle,
            scratch.address(),
            codes);
      } else {
        MpiInterComms.spawnMultiple(
            n,
            commands.address(),
            arguments.address(),
            processes.address(),
            infos.address(),
            root,
            handle,
            scratch.address(),
            codes);
      }
    }
    return returning(scratch);
  }

  /**
   * {@code MPI_Comm_accept}: waits for other processes that {@link #connect}; collective.
   *
   * @param port of {@link Mpi#openPort}; read at the root
   * @param root whose port it is
   * @return the inter-communicator to them, to be {@linkplain Comm#disconnect disconnected}
   */
  public Comm accept(String port, int root) {
    check();
    checkRoot(root);
    try (Arena arena = Arena.ofConfined()) {
      long name = rank == root ? portName(arena, port).address() : 0;
      MpiInterComms.accept(name, Info.handle(mpi, null), root, handle, scratch.address());
    }
    return returning(scratch);
  }

  /**
   * {@code MPI_Comm_connect}: meets the processes that {@link #accept}; collective.
   *
   * @param port the other side's; read at the root
   * @param root who knows it
   * @return the inter-communicator to them, to be {@linkplain Comm#disconnect disconnected}
   */
  public Comm connect(String port, int root) {
    check();
    checkRoot(root);
    try (Arena arena = Arena.ofConfined()) {
      long name = rank == root ? portName(arena, port).address() : 0;
      MpiInterComms.connect(name, Info.handle(mpi, null), root, handle, scratch.address());
    }
    return returning(scratch);
  }
}
