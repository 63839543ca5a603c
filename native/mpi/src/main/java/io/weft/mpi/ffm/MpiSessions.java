package io.weft.mpi.ffm;

import static io.weft.ffi.CType.INT;
import static io.weft.ffi.CType.POINTER;
import static io.weft.mpi.ffm.MpiFunction.HANDLE;

import io.weft.ffi.Unchecked;

/**
 * Sessions (MPI-4.0 section 11.3). Every method checks the code that the C function returns and
 * throws {@link io.weft.mpi.MpiException}; a function that the library lacks, {@link
 * UnsupportedOperationException}.
 */
public final class MpiSessions {
  private static final MpiFunction INIT =
      MpiFunction.of("MPI_Session_init", HANDLE, HANDLE, POINTER);

  private static final MpiFunction FINALIZE = MpiFunction.of("MPI_Session_finalize", POINTER);

  private static final MpiFunction GET_NUM_PSETS =
      MpiFunction.of("MPI_Session_get_num_psets", HANDLE, HANDLE, POINTER);

  private static final MpiFunction GET_NTH_PSET =
      MpiFunction.of("MPI_Session_get_nth_pset", HANDLE, HANDLE, INT, POINTER, POINTER);

  private static final MpiFunction GET_INFO =
      MpiFunction.of("MPI_Session_get_info", HANDLE, POINTER);

  private static final MpiFunction GET_PSET_INFO =
      MpiFunction.of("MPI_Session_get_pset_info", HANDLE, POINTER, POINTER);

  private static final MpiFunction SET_ERRHANDLER =
      MpiFunction.of("MPI_Session_set_errhandler", HANDLE, HANDLE);

  private static final MpiFunction GROUP_FROM_SESSION_PSET =
      MpiFunction.of("MPI_Group_from_session_pset", HANDLE, POINTER, POINTER);

  private static final MpiFunction COMM_CREATE_FROM_GROUP =
      MpiFunction.of("MPI_Comm_create_from_group", HANDLE, POINTER, HANDLE, HANDLE, POINTER);

  private static final MpiFunction INTERCOMM_CREATE_FROM_GROUPS =
      MpiFunction.of(
          "MPI_Intercomm_create_from_groups",
          HANDLE,
          INT,
          HANDLE,
          INT,
          POINTER,
          HANDLE,
          HANDLE,
          POINTER);

  private MpiSessions() {}

  /**
   * {@code int (MPI_Info info, MPI_Errhandler errhandler, MPI_Session *session)}, MPI-4.0 section
   * 11.3.
   *
   * @param info the hints
   * @param errhandler the error handler
   * @param session the session
   */
  public static void init(long info, long errhandler, long session) {
    try {
      INIT.check((int) INIT.handle().invokeExact(info, errhandler, session));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Session *session)}, MPI-4.0 section 11.3.
   *
   * @param session the session
   */
  public static void finalizeMpi(long session) {
    try {
      FINALIZE.check((int) FINALIZE.handle().invokeExact(session));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Session session, MPI_Info info, int *npset_names)}, MPI-4.0 section 11.3.
   *
   * @param session the session
   * @param info the hints
   * @param npsetNames {@code npset_names} of the C function
   */
  public static void getNumPsets(long session, long info, long npsetNames) {
    try {
      GET_NUM_PSETS.check((int) GET_NUM_PSETS.handle().invokeExact(session, info, npsetNames));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Session session, MPI_Info info, int n, int *pset_len, char *pset_name)},
   * MPI-4.0 section 11.3.
   *
   * @param session the session
   * @param info the hints
   * @param n {@code n} of the C function
   * @param psetLen {@code pset_len} of the C function
   * @param psetName {@code pset_name} of the C function
   */
  public static void getNthPset(long session, long info, int n, long psetLen, long psetName) {
    try {
      GET_NTH_PSET.check(
          (int) GET_NTH_PSET.handle().invokeExact(session, info, n, psetLen, psetName));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "n", n);
    }
  }

  /**
   * {@code int (MPI_Session session, MPI_Info *info_used)}, MPI-4.0 section 11.3.
   *
   * @param session the session
   * @param infoUsed {@code info_used} of the C function
   */
  public static void getInfo(long session, long infoUsed) {
    try {
      GET_INFO.check((int) GET_INFO.handle().invokeExact(session, infoUsed));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Session session, const char *pset_name, MPI_Info *info)}, MPI-4.0 section 11.3.
   *
   * @param session the session
   * @param psetName {@code pset_name} of the C function
   * @param info the hints
   */
  public static void getPsetInfo(long session, long psetName, long info) {
    try {
      GET_PSET_INFO.check((int) GET_PSET_INFO.handle().invokeExact(session, psetName, info));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Session session, MPI_Errhandler errhandler)}, MPI-4.0 section 11.3.
   *
   * @param session the session
   * @param errhandler the error handler
   */
  public static void setErrhandler(long session, long errhandler) {
    try {
      SET_ERRHANDLER.check((int) SET_ERRHANDLER.handle().invokeExact(session, errhandler));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Session session, const char *pset_name, MPI_Group *newgroup)}, MPI-4.0 section
   * 11.3.
   *
   * @param session the session
   * @param psetName {@code pset_name} of the C function
   * @param newgroup the address for the new group
   */
  public static void groupFromSessionPset(long session, long psetName, long newgroup) {
    try {
      GROUP_FROM_SESSION_PSET.check(
          (int) GROUP_FROM_SESSION_PSET.handle().invokeExact(session, psetName, newgroup));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Group group, const char *stringtag, MPI_Info info, MPI_Errhandler errhandler,
   * MPI_Comm *newcomm)}, MPI-4.0 section 7.4.
   *
   * @param group the group
   * @param stringtag {@code stringtag} of the C function
   * @param info the hints
   * @param errhandler the error handler
   * @param newcomm the address for the new communicator
   */
  public static void commCreateFromGroup(
      long group, long stringtag, long info, long errhandler, long newcomm) {
    try {
      COMM_CREATE_FROM_GROUP.check(
          (int)
              COMM_CREATE_FROM_GROUP
                  .handle()
                  .invokeExact(group, stringtag, info, errhandler, newcomm));
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  /**
   * {@code int (MPI_Group local_group, int local_leader, MPI_Group remote_group, int remote_leader,
   * const char *stringtag, MPI_Info info, MPI_Errhandler errhandler, MPI_Comm *newintercomm)},
   * MPI-4.0 section 7.4.
   *
   * @param localGroup {@code local_group} of the C function
   * @param localLeader {@code local_leader} of the C function
   * @param remoteGroup {@code remote_group} of the C function
   * @param remoteLeader {@code remote_leader} of the C function
   * @param stringtag {@code stringtag} of the C function
   * @param info the hints
   * @param errhandler the error handler
   * @param newintercomm the address for the new inter-communicator
   */
  public static void intercommCreateFromGroups(
      long localGroup,
      int localLeader,
      long remoteGroup,
      int remoteLeader,
      long stringtag,
      long info,
      long errhandler,
      long newintercomm) {
    try {
      INTERCOMM_CREATE_FROM_GROUPS.check(
          (int)
              INTERCOMM_CREATE_FROM_GROUPS
                  .handle()
                  .invokeExact(
                      localGroup,
                      localLeader,
                      remoteGroup,
                      remoteLeader,
                      stringtag,
                      info,
                      errhandler,
                      newintercomm));
    } catch (Throwable t) {
      throw MpiErrors.told(t, "localLeader", localLeader, "remoteLeader", remoteLeader);
    }
  }
}
