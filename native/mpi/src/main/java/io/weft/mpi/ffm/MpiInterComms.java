package io.weft.mpi.ffm;

import static io.weft.ffi.CType.INT;
import static io.weft.ffi.CType.POINTER;
import static io.weft.mpi.ffm.MpiFunction.HANDLE;

import io.weft.ffi.Unchecked;

/**
 * Inter-communicators and dynamic processes (MPI-4.0 chapters 7 and 11). Every method checks the
 * code that the C function returns and throws {@link io.weft.mpi.MpiException}; a function that the
 * library lacks, {@link UnsupportedOperationException}.
 */
public final class MpiInterComms {
  private static final MpiFunction TEST_INTER =
      MpiFunction.of("MPI_Comm_test_inter", HANDLE, POINTER);

  private static final MpiFunction REMOTE_SIZE =
      MpiFunction.of("MPI_Comm_remote_size", HANDLE, POINTER);

  private static final MpiFunction REMOTE_GROUP =
      MpiFunction.of("MPI_Comm_remote_group", HANDLE, POINTER);

  private static final MpiFunction INTERCOMM_CREATE =
      MpiFunction.of("MPI_Intercomm_create", HANDLE, INT, HANDLE, INT, INT, POINTER);

  private static final MpiFunction INTERCOMM_MERGE =
      MpiFunction.of("MPI_Intercomm_merge", HANDLE, INT, POINTER);

  private static final MpiFunction SPAWN =
      MpiFunction.of(
          "MPI_Comm_spawn", POINTER, POINTER, INT, HANDLE, INT, HANDLE, POINTER, POINTER);

  private static final MpiFunction SPAWN_MULTIPLE =
      MpiFunction.of(
          "MPI_Comm_spawn_multiple",
          INT,
          POINTER,
          POINTER,
          POINTER,
          POINTER,
          INT,
          HANDLE,
          POINTER,
          POINTER);

  private static final MpiFunction GET_PARENT = MpiFunction.of("MPI_Comm_get_parent", POINTER);

  private static final MpiFunction DISCONNECT = MpiFunction.of("MPI_Comm_disconnect", POINTER);

  private static final MpiFunction ACCEPT =
      MpiFunction.of("MPI_Comm_accept", POINTER, HANDLE, INT, HANDLE, POINTER);

  private static final MpiFunction CONNECT =
      MpiFunction.of("MPI_Comm_connect", POINTER, HANDLE, INT, HANDLE, POINTER);

  private static final MpiFunction JOIN = MpiFunction.of("MPI_Comm_join", INT, POINTER);

  private static final MpiFunction OPEN_PORT = MpiFunction.of("MPI_Open_port", HANDLE, POINTER);

  private static final MpiFunction CLOSE_PORT = MpiFunction.of("MPI_Close_port", POINTER);

  private static final MpiFunction PUBLISH_NAME =
      MpiFunction.of("MPI_Publish_name", POINTER, HANDLE, POINTER);

  private static final MpiFunction UNPUBLISH_NAME =
      MpiFunction.of("MPI_Unpublish_name", POINTER, HANDLE, POINTER);

  private static final MpiFunction LOOKUP_NAME =
      MpiFunction.of("MPI_Lookup_name", POINTER, HANDLE, POINTER);

  private MpiInterComms() {}

  /**
   * {@code int (MPI_Comm comm, int *flag)}, MPI-4.0 section 7.6.
   *
   * @param comm the communicator
   * @param flag the address for the answer
   */
  public static void testInter(long comm, long flag) {
    try {
      TEST_INTER.check((int) TEST_INTER.handle().invokeExact(comm, flag));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Comm comm, int *size)}, MPI-4.0 section 7.6.
   *
   * @param comm the communicator
   * @param size the size
   */
  public static void remoteSize(long comm, long size) {
    try {
      REMOTE_SIZE.check((int) REMOTE_SIZE.handle().invokeExact(comm, size));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Comm comm, MPI_Group *group)}, MPI-4.0 section 7.6.
   *
   * @param comm the communicator
   * @param group the group
   */
  public static void remoteGroup(long comm, long group) {
    try {
      REMOTE_GROUP.check((int) REMOTE_GROUP.handle().invokeExact(comm, group));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Comm local_comm, int local_leader, MPI_Comm peer_comm, int remote_leader, int
   * tag, MPI_Comm *newintercomm)}, MPI-4.0 section 7.6.
   *
   * @param localComm {@code local_comm} of the C function
   * @param localLeader {@code local_leader} of the C function
   * @param peerComm {@code peer_comm} of the C function
   * @param remoteLeader {@code remote_leader} of the C function
   * @param tag the tag
   * @param newintercomm the address for the new inter-communicator
   */
  public static void intercommCreate(
      long localComm,
      int localLeader,
      long peerComm,
      int remoteLeader,
      int tag,
      long newintercomm) {
    try {
      INTERCOMM_CREATE.check(
          (int)
              INTERCOMM_CREATE
                  .handle()
                  .invokeExact(localComm, localLeader, peerComm, remoteLeader, tag, newintercomm));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "localLeader", localLeader, "remoteLeader", remoteLeader, "tag", tag);
    }
  }

  /**
   * {@code int (MPI_Comm intercomm, int high, MPI_Comm *newintracomm)}, MPI-4.0 section 7.6.
   *
   * @param intercomm {@code intercomm} of the C function
   * @param high {@code high} of the C function
   * @param newintracomm the address for the new communicator
   */
  public static void intercommMerge(long intercomm, int high, long newintracomm) {
    try {
      INTERCOMM_MERGE.check(
          (int) INTERCOMM_MERGE.handle().invokeExact(intercomm, high, newintracomm));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "high", high);
    }
  }

  /**
   * {@code int (const char *command, char *argv[], int maxprocs, MPI_Info info, int root, MPI_Comm
   * comm, MPI_Comm *intercomm, int array_of_errcodes[])}, MPI-4.0 section 11.8.
   *
   * @param command {@code command} of the C function
   * @param argv {@code argv} of the C function
   * @param maxprocs {@code maxprocs} of the C function
   * @param info the hints
   * @param root the root rank
   * @param comm the communicator
   * @param intercomm {@code intercomm} of the C function
   * @param arrayOfErrcodes {@code array_of_errcodes} of the C function
   */
  public static void spawn(
      long command,
      long argv,
      int maxprocs,
      long info,
      int root,
      long comm,
      long intercomm,
      long arrayOfErrcodes) {
    try {
      SPAWN.check(
          (int)
              SPAWN
                  .handle()
                  .invokeExact(
                      command, argv, maxprocs, info, root, comm, intercomm, arrayOfErrcodes));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "maxprocs", maxprocs, "root", root);
    }
  }

  /**
   * {@code int (int count, char *array_of_commands[], char **array_of_argv[], const int
   * array_of_maxprocs[], const MPI_Info array_of_info[], int root, MPI_Comm comm, MPI_Comm
   * *intercomm, int array_of_errcodes[])}, MPI-4.0 section 11.8.
   *
   * @param count elements
   * @param arrayOfCommands {@code array_of_commands} of the C function
   * @param arrayOfArgv {@code array_of_argv} of the C function
   * @param arrayOfMaxprocs {@code array_of_maxprocs} of the C function
   * @param arrayOfInfo {@code array_of_info} of the C function
   * @param root the root rank
   * @param comm the communicator
   * @param intercomm {@code intercomm} of the C function
   * @param arrayOfErrcodes {@code array_of_errcodes} of the C function
   */
  public static void spawnMultiple(
      int count,
      long arrayOfCommands,
      long arrayOfArgv,
      long arrayOfMaxprocs,
      long arrayOfInfo,
      int root,
      long comm,
      long intercomm,
      long arrayOfErrcodes) {
    try {
      SPAWN_MULTIPLE.check(
          (int)
              SPAWN_MULTIPLE
                  .handle()
                  .invokeExact(
                      count,
                      arrayOfCommands,
                      arrayOfArgv,
                      arrayOfMaxprocs,
                      arrayOfInfo,
                      root,
                      comm,
                      intercomm,
                      arrayOfErrcodes));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "count", count, "root", root);
    }
  }

  /**
   * {@code int (MPI_Comm *parent)}, MPI-4.0 section 11.8.
   *
   * @param parent {@code parent} of the C function
   */
  public static void getParent(long parent) {
    try {
      GET_PARENT.check((int) GET_PARENT.handle().invokeExact(parent));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Comm *comm)}, MPI-4.0 section 11.9.
   *
   * @param comm the communicator
   */
  public static void disconnect(long comm) {
    try {
      DISCONNECT.check((int) DISCONNECT.handle().invokeExact(comm));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (const char *port_name, MPI_Info info, int root, MPI_Comm comm, MPI_Comm *newcomm)},
   * MPI-4.0 section 11.9.
   *
   * @param portName {@code port_name} of the C function
   * @param info the hints
   * @param root the root rank
   * @param comm the communicator
   * @param newcomm the address for the new communicator
   */
  public static void accept(long portName, long info, int root, long comm, long newcomm) {
    try {
      ACCEPT.check((int) ACCEPT.handle().invokeExact(portName, info, root, comm, newcomm));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "root", root);
    }
  }

  /**
   * {@code int (const char *port_name, MPI_Info info, int root, MPI_Comm comm, MPI_Comm *newcomm)},
   * MPI-4.0 section 11.9.
   *
   * @param portName {@code port_name} of the C function
   * @param info the hints
   * @param root the root rank
   * @param comm the communicator
   * @param newcomm the address for the new communicator
   */
  public static void connect(long portName, long info, int root, long comm, long newcomm) {
    try {
      CONNECT.check((int) CONNECT.handle().invokeExact(portName, info, root, comm, newcomm));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "root", root);
    }
  }

  /**
   * {@code int (int fd, MPI_Comm *intercomm)}, MPI-4.0 section 11.9.
   *
   * @param fd {@code fd} of the C function
   * @param intercomm {@code intercomm} of the C function
   */
  public static void join(int fd, long intercomm) {
    try {
      JOIN.check((int) JOIN.handle().invokeExact(fd, intercomm));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "fd", fd);
    }
  }

  /**
   * {@code int (MPI_Info info, char *port_name)}, MPI-4.0 section 11.9.
   *
   * @param info the hints
   * @param portName {@code port_name} of the C function
   */
  public static void openPort(long info, long portName) {
    try {
      OPEN_PORT.check((int) OPEN_PORT.handle().invokeExact(info, portName));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (const char *port_name)}, MPI-4.0 section 11.9.
   *
   * @param portName {@code port_name} of the C function
   */
  public static void closePort(long portName) {
    try {
      CLOSE_PORT.check((int) CLOSE_PORT.handle().invokeExact(portName));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (const char *service_name, MPI_Info info, const char *port_name)}, MPI-4.0 section
   * 11.9.
   *
   * @param serviceName {@code service_name} of the C function
   * @param info the hints
   * @param portName {@code port_name} of the C function
   */
  public static void publishName(long serviceName, long info, long portName) {
    try {
      PUBLISH_NAME.check((int) PUBLISH_NAME.handle().invokeExact(serviceName, info, portName));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (const char *service_name, MPI_Info info, const char *port_name)}, MPI-4.0 section
   * 11.9.
   *
   * @param serviceName {@code service_name} of the C function
   * @param info the hints
   * @param portName {@code port_name} of the C function
   */
  public static void unpublishName(long serviceName, long info, long portName) {
    try {
      UNPUBLISH_NAME.check((int) UNPUBLISH_NAME.handle().invokeExact(serviceName, info, portName));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (const char *service_name, MPI_Info info, char *port_name)}, MPI-4.0 section 11.9.
   *
   * @param serviceName {@code service_name} of the C function
   * @param info the hints
   * @param portName {@code port_name} of the C function
   */
  public static void lookupName(long serviceName, long info, long portName) {
    try {
      LOOKUP_NAME.check((int) LOOKUP_NAME.handle().invokeExact(serviceName, info, portName));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }
}
