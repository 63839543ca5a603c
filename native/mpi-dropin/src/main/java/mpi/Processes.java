package mpi;

import io.weft.ffi.NativeMemory;
import io.weft.mpi.MpiException;
import io.weft.mpi.ffm.MpiConstant;
import io.weft.mpi.ffm.MpiInterComms;

/** Processes that are started by others, or meet at a port (MPI-4.0 chapter 11). */
final class Processes {
  private Processes() {}

  /** Hints as C takes them. */
  static long info(String function, Info info) throws MPIException {
    return info == null || info.isNull() ? Lib.INFO_NULL : info.handle(function);
  }

  private static long portRoom(Scratch scratch) {
    return scratch.bytes(Lib.value(MpiConstant.MPI_MAX_PORT_NAME) + 1L);
  }

  private static String text(String function, String name, String value) {
    return Errors.notNull(function, name, value);
  }

  static String openPort(Info info) throws MPIException {
    String f = "MPI_Open_port";
    State.check(f);
    long hints = info(f, info);
    Scratch scratch = Scratch.begin();
    long name = portRoom(scratch);
    try {
      MpiInterComms.openPort(hints, name);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return NativeMemory.stringAt(name);
  }

  static void closePort(String name) throws MPIException {
    String f = "MPI_Close_port";
    State.check(f);
    Scratch scratch = Scratch.begin();
    long port = scratch.text(text(f, "name", name));
    try {
      MpiInterComms.closePort(port);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
  }

  static Intercomm accept(Comm comm, String port, Info info, int root) throws MPIException {
    String f = "MPI_Comm_accept";
    long c = comm.root(f, root);
    long hints = info(f, info);
    String name = comm.isRoot(root) ? text(f, "port", port) : "";
    Scratch scratch = Scratch.begin();
    try {
      MpiInterComms.accept(scratch.text(name), hints, root, c, scratch.cell);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return new Intercomm(Lib.readHandle(scratch.cell));
  }

  static Intercomm connect(Comm comm, String port, Info info, int root) throws MPIException {
    String f = "MPI_Comm_connect";
    long c = comm.root(f, root);
    long hints = info(f, info);
    String name = comm.isRoot(root) ? text(f, "port", port) : "";
    Scratch scratch = Scratch.begin();
    try {
      MpiInterComms.connect(scratch.text(name), hints, root, c, scratch.cell);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return new Intercomm(Lib.readHandle(scratch.cell));
  }

  static void publishName(String service, Info info, String port) throws MPIException {
    String f = "MPI_Publish_name";
    State.check(f);
    long hints = info(f, info);
    Scratch scratch = Scratch.begin();
    long name = scratch.text(text(f, "service", service));
    long at = scratch.text(text(f, "port", port));
    try {
      MpiInterComms.publishName(name, hints, at);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
  }

  static void unpublishName(String service, Info info, String port) throws MPIException {
    String f = "MPI_Unpublish_name";
    State.check(f);
    long hints = info(f, info);
    Scratch scratch = Scratch.begin();
    long name = scratch.text(text(f, "service", service));
    long at = scratch.text(text(f, "port", port));
    try {
      MpiInterComms.unpublishName(name, hints, at);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
  }

  static String lookupName(String service, Info info) throws MPIException {
    String f = "MPI_Lookup_name";
    State.check(f);
    long hints = info(f, info);
    Scratch scratch = Scratch.begin();
    long name = scratch.text(text(f, "service", service));
    long port = portRoom(scratch);
    try {
      MpiInterComms.lookupName(name, hints, port);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return NativeMemory.stringAt(port);
  }

  static Intercomm spawn(
      Comm comm, String command, String[] argv, int maxprocs, Info info, int root, int[] errcodes)
      throws MPIException {
    String f = "MPI_Comm_spawn";
    long c = comm.root(f, root);
    boolean atRoot = comm.isRoot(root);
    long hints = info(f, info);
    if (atRoot) {
      Errors.count(f, "maxprocs", maxprocs);
    }
    Scratch scratch = Scratch.begin();
    long program = scratch.text(atRoot ? text(f, "command", command) : "");
    long arguments = strings(f, "argv", scratch, atRoot ? argv : null);
    long codes = codes(f, scratch, errcodes, atRoot ? maxprocs : 0);
    try {
      MpiInterComms.spawn(program, arguments, maxprocs, hints, root, c, scratch.cell, codes);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return spawned(scratch, codes, errcodes);
  }

  static Intercomm spawnMultiple(
      Comm comm,
      String[] commands,
      String[][] argv,
      int[] maxprocs,
      Info[] info,
      int root,
      int[] errcodes)
      throws MPIException {
    String f = "MPI_Comm_spawn_multiple";
    long c = comm.root(f, root);
    boolean atRoot = comm.isRoot(root);
    int count = atRoot ? Errors.notNull(f, "commands", commands).length : 0;
    long all = atRoot ? Sides.sum(f, "maxprocs", maxprocs, count) : 0;
    Scratch scratch = Scratch.begin();
    long programs = 0;
    long arguments = 0;
    long processes = 0;
    long hints = 0;
    if (atRoot) {
      programs = strings(f, "commands", scratch, commands);
      processes = scratch.ints(maxprocs, count);
      if (argv != null) {
        Errors.length(f, "argv", argv.length, count);
        arguments = scratch.bytes((long) count * Long.BYTES);
        for (int i = 0; i < count; i++) {
          long each = strings(f, "argv", scratch, argv[i] == null ? new String[0] : argv[i]);
          Lib.writeLong(arguments + (long) i * Long.BYTES, each);
        }
      }
      Errors.length(f, "info", Errors.notNull(f, "info", info).length, count);
      hints = scratch.bytes((long) count * Lib.HANDLE_BYTES);
      for (int i = 0; i < count; i++) {
        Lib.writeHandle(hints + (long) i * Lib.HANDLE_BYTES, info(f, info[i]));
      }
    }
    long codes = codes(f, scratch, errcodes, Math.toIntExact(all));
    try {
      MpiInterComms.spawnMultiple(
          count, programs, arguments, processes, hints, root, c, scratch.cell, codes);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return spawned(scratch, codes, errcodes);
  }

  /** Room for a code of each process; {@code MPI_ERRCODES_IGNORE}, 0, where none are wanted. */
  private static long codes(String function, Scratch scratch, int[] errcodes, int processes) {
    if (errcodes == null) {
      return 0;
    }
    Errors.length(function, "errcodes", errcodes.length, processes);
    return scratch.ints(errcodes);
  }

  private static Intercomm spawned(Scratch scratch, long codes, int[] errcodes) {
    if (errcodes != null) {
      int[] written = Scratch.readInts(codes, errcodes.length);
      System.arraycopy(written, 0, errcodes, 0, written.length);
    }
    return new Intercomm(Lib.readHandle(scratch.cell));
  }

  /** An array of strings that ends with null; {@code MPI_ARGV_NULL}, 0, for none. */
  private static long strings(String function, String name, Scratch scratch, String[] strings) {
    if (strings == null) {
      return 0;
    }
    long array = scratch.bytes((strings.length + 1L) * Long.BYTES);
    for (int i = 0; i < strings.length; i++) {
      long each = scratch.text(text(function, name + "[" + i + "]", strings[i]));
      Lib.writeLong(array + (long) i * Long.BYTES, each);
    }
    Lib.writeLong(array + (long) strings.length * Long.BYTES, 0);
    return array;
  }
}
