package mpi;

import io.weft.ffi.NativeMemory;
import io.weft.mpi.MpiException;
import io.weft.mpi.ffm.LibmpiFile;
import io.weft.mpi.ffm.MpiClock;
import io.weft.mpi.ffm.MpiConstant;
import io.weft.mpi.ffm.MpiEnvironment;
import io.weft.mpi.ffm.MpiErrorClass;
import io.weft.mpi.ffm.MpiStart;
import io.weft.mpi.ffm.MpiThreads;
import io.weft.mpi.ffm.PredefinedHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;

/**
 * MPI from its start to its end, and its constants, which have the values of the library that was
 * found: the one that {@code WEFT_MPI_LIB} names, else that of the launcher that started this
 * process, else what the system has. Where there is none, touching this class throws {@link
 * ExceptionInInitializerError} whose cause says what was looked for.
 */
public final class MPI {
  /** All ranks, {@code MPI_COMM_WORLD}. */
  public static final Intracomm COMM_WORLD =
      new Intracomm(Lib.handle(PredefinedHandle.MPI_COMM_WORLD));

  /** This rank alone, {@code MPI_COMM_SELF}. */
  public static final Intracomm COMM_SELF =
      new Intracomm(Lib.handle(PredefinedHandle.MPI_COMM_SELF));

  /** {@code MPI_MAX}. */
  public static final Op MAX = new Op(PredefinedHandle.MPI_MAX);

  /** {@code MPI_MIN}. */
  public static final Op MIN = new Op(PredefinedHandle.MPI_MIN);

  /** {@code MPI_SUM}. */
  public static final Op SUM = new Op(PredefinedHandle.MPI_SUM);

  /** {@code MPI_PROD}. */
  public static final Op PROD = new Op(PredefinedHandle.MPI_PROD);

  /** {@code MPI_LAND}. */
  public static final Op LAND = new Op(PredefinedHandle.MPI_LAND);

  /** {@code MPI_BAND}. */
  public static final Op BAND = new Op(PredefinedHandle.MPI_BAND);

  /** {@code MPI_LOR}. */
  public static final Op LOR = new Op(PredefinedHandle.MPI_LOR);

  /** {@code MPI_BOR}. */
  public static final Op BOR = new Op(PredefinedHandle.MPI_BOR);

  /** {@code MPI_LXOR}. */
  public static final Op LXOR = new Op(PredefinedHandle.MPI_LXOR);

  /** {@code MPI_BXOR}. */
  public static final Op BXOR = new Op(PredefinedHandle.MPI_BXOR);

  /** {@code MPI_REPLACE}. */
  public static final Op REPLACE = new Op(PredefinedHandle.MPI_REPLACE);

  /** {@code MPI_NO_OP}. */
  public static final Op NO_OP = new Op(PredefinedHandle.MPI_NO_OP);

  /** {@code MPI_MINLOC}. */
  public static final Op MINLOC = new Op(PredefinedHandle.MPI_MINLOC);

  /** {@code MPI_MAXLOC}. */
  public static final Op MAXLOC = new Op(PredefinedHandle.MPI_MAXLOC);

  /** No datatype, {@code MPI_DATATYPE_NULL}. */
  public static final Datatype DATATYPE_NULL =
      new Datatype(PredefinedHandle.MPI_DATATYPE_NULL, Base.BYTE);

  /**
   * Java's {@code byte}, as {@code MPI_UINT8_T}: {@link #MAX} and {@link #MIN} take it for a number
   * from 0 to 255.
   */
  public static final Datatype BYTE = new Datatype(PredefinedHandle.MPI_UINT8_T, Base.BYTE);

  /** Java's {@code char}, as {@code MPI_UINT16_T}. */
  public static final Datatype CHAR = new Datatype(PredefinedHandle.MPI_UINT16_T, Base.CHAR);

  /** Java's {@code short}, as {@code MPI_INT16_T}. */
  public static final Datatype SHORT = new Datatype(PredefinedHandle.MPI_INT16_T, Base.SHORT);

  /** Java's {@code boolean}, as {@code MPI_UINT8_T}: 0 or 1. */
  public static final Datatype BOOLEAN = new Datatype(PredefinedHandle.MPI_UINT8_T, Base.BOOLEAN);

  /** Java's {@code int}, as {@code MPI_INT32_T}. */
  public static final Datatype INT = new Datatype(PredefinedHandle.MPI_INT32_T, Base.INT);

  /** Java's {@code long}, as {@code MPI_INT64_T}. */
  public static final Datatype LONG = new Datatype(PredefinedHandle.MPI_INT64_T, Base.LONG);

  /** Java's {@code float}, as {@code MPI_FLOAT}. */
  public static final Datatype FLOAT = new Datatype(PredefinedHandle.MPI_FLOAT, Base.FLOAT);

  /** Java's {@code double}, as {@code MPI_DOUBLE}. */
  public static final Datatype DOUBLE = new Datatype(PredefinedHandle.MPI_DOUBLE, Base.DOUBLE);

  /** What {@link Comm#pack} makes, {@code MPI_PACKED}. */
  public static final Datatype PACKED = new Datatype(PredefinedHandle.MPI_PACKED, Base.BYTE);

  /** Two floats, {@code MPI_C_FLOAT_COMPLEX}; see {@link FloatComplex}. */
  public static final Datatype FLOAT_COMPLEX =
      new Datatype(PredefinedHandle.MPI_C_FLOAT_COMPLEX, Base.FLOAT);

  /** Two doubles, {@code MPI_C_DOUBLE_COMPLEX}; see {@link DoubleComplex}. */
  public static final Datatype DOUBLE_COMPLEX =
      new Datatype(PredefinedHandle.MPI_C_DOUBLE_COMPLEX, Base.DOUBLE);

  /** {@code MPI_2INT}; see {@link #int2}. */
  public static final Datatype INT2 = new Datatype(PredefinedHandle.MPI_2INT, Base.BYTE);

  /** {@code MPI_SHORT_INT}; see {@link #shortInt}. */
  public static final Datatype SHORT_INT = new Datatype(PredefinedHandle.MPI_SHORT_INT, Base.BYTE);

  /** {@code MPI_LONG_INT}; see {@link #longInt}. */
  public static final Datatype LONG_INT = new Datatype(PredefinedHandle.MPI_LONG_INT, Base.BYTE);

  /** {@code MPI_FLOAT_INT}; see {@link #floatInt}. */
  public static final Datatype FLOAT_INT = new Datatype(PredefinedHandle.MPI_FLOAT_INT, Base.BYTE);

  /** {@code MPI_DOUBLE_INT}; see {@link #doubleInt}. */
  public static final Datatype DOUBLE_INT =
      new Datatype(PredefinedHandle.MPI_DOUBLE_INT, Base.BYTE);

  /** Reads and writes what {@link #INT2} sends. */
  public static final Int2 int2 = new Int2();

  /** Reads and writes what {@link #SHORT_INT} sends. */
  public static final ShortInt shortInt = new ShortInt();

  /** Reads and writes what {@link #LONG_INT} sends. */
  public static final LongInt longInt = new LongInt();

  /** Reads and writes what {@link #FLOAT_INT} sends. */
  public static final FloatInt floatInt = new FloatInt();

  /** Reads and writes what {@link #DOUBLE_INT} sends. */
  public static final DoubleInt doubleInt = new DoubleInt();

  /** No operation, {@code MPI_REQUEST_NULL}. */
  public static final Request REQUEST_NULL = new Request(Lib.REQUEST_NULL);

  /** No processes, {@code MPI_GROUP_EMPTY}. */
  public static final Group GROUP_EMPTY = new Group(Lib.handle(PredefinedHandle.MPI_GROUP_EMPTY));

  /** How this process was started, {@code MPI_INFO_ENV}. */
  public static final Info INFO_ENV = new Info(Lib.handle(PredefinedHandle.MPI_INFO_ENV));

  /** No hints, {@code MPI_INFO_NULL}. */
  public static final Info INFO_NULL = new Info(Lib.INFO_NULL);

  /** Errors end the job, {@code MPI_ERRORS_ARE_FATAL}; so it is unless another is set. */
  public static final Errhandler ERRORS_ARE_FATAL =
      new Errhandler(Lib.handle(PredefinedHandle.MPI_ERRORS_ARE_FATAL));

  /**
   * Errors end the processes of the communicator, window or file, {@code MPI_ERRORS_ABORT}. Setting
   * it is an error over Open MPI 4.1, which does not have it, and MPICH 4.0, where it does not
   * work.
   */
  public static final Errhandler ERRORS_ABORT =
      new Errhandler(
          Lib.ABI.lacks(PredefinedHandle.MPI_ERRORS_ABORT)
              ? Errhandler.NONE
              : Lib.handle(PredefinedHandle.MPI_ERRORS_ABORT));

  /** Errors are exceptions, {@code MPI_ERRORS_RETURN}. */
  public static final Errhandler ERRORS_RETURN =
      new Errhandler(Lib.handle(PredefinedHandle.MPI_ERRORS_RETURN));

  /** {@code MPI_THREAD_SINGLE}. */
  public static final int THREAD_SINGLE = Constant.of(MpiConstant.MPI_THREAD_SINGLE);

  /** {@code MPI_THREAD_FUNNELED}. */
  public static final int THREAD_FUNNELED = Constant.of(MpiConstant.MPI_THREAD_FUNNELED);

  /** {@code MPI_THREAD_SERIALIZED}. */
  public static final int THREAD_SERIALIZED = Constant.of(MpiConstant.MPI_THREAD_SERIALIZED);

  /** {@code MPI_THREAD_MULTIPLE}. */
  public static final int THREAD_MULTIPLE = Constant.of(MpiConstant.MPI_THREAD_MULTIPLE);

  /** {@code MPI_GRAPH}. */
  public static final int GRAPH = Constant.of(MpiConstant.MPI_GRAPH);

  /** {@code MPI_DIST_GRAPH}. */
  public static final int DIST_GRAPH = Constant.of(MpiConstant.MPI_DIST_GRAPH);

  /** {@code MPI_CART}. */
  public static final int CART = Constant.of(MpiConstant.MPI_CART);

  /** {@code MPI_ANY_SOURCE}. */
  public static final int ANY_SOURCE = Constant.of(MpiConstant.MPI_ANY_SOURCE);

  /** {@code MPI_ANY_TAG}. */
  public static final int ANY_TAG = Constant.of(MpiConstant.MPI_ANY_TAG);

  /** {@code MPI_PROC_NULL}. */
  public static final int PROC_NULL = Constant.of(MpiConstant.MPI_PROC_NULL);

  /** {@code MPI_UNDEFINED}. */
  public static final int UNDEFINED = Constant.of(MpiConstant.MPI_UNDEFINED);

  /** {@code MPI_IDENT}. */
  public static final int IDENT = Constant.of(MpiConstant.MPI_IDENT);

  /** {@code MPI_CONGRUENT}. */
  public static final int CONGRUENT = Constant.of(MpiConstant.MPI_CONGRUENT);

  /** {@code MPI_SIMILAR}. */
  public static final int SIMILAR = Constant.of(MpiConstant.MPI_SIMILAR);

  /** {@code MPI_UNEQUAL}. */
  public static final int UNEQUAL = Constant.of(MpiConstant.MPI_UNEQUAL);

  /** {@code MPI_TAG_UB}. */
  public static final int TAG_UB = Constant.of(MpiConstant.MPI_TAG_UB);

  /** {@code MPI_HOST}. */
  public static final int HOST = Constant.of(MpiConstant.MPI_HOST);

  /** {@code MPI_IO}. */
  public static final int IO = Constant.of(MpiConstant.MPI_IO);

  /** {@code MPI_WTIME_IS_GLOBAL}. */
  public static final int WTIME_IS_GLOBAL = Constant.of(MpiConstant.MPI_WTIME_IS_GLOBAL);

  /** {@code MPI_APPNUM}. */
  public static final int APPNUM = Constant.of(MpiConstant.MPI_APPNUM);

  /** {@code MPI_LASTUSEDCODE}. */
  public static final int LASTUSEDCODE = Constant.of(MpiConstant.MPI_LASTUSEDCODE);

  /** {@code MPI_UNIVERSE_SIZE}. */
  public static final int UNIVERSE_SIZE = Constant.of(MpiConstant.MPI_UNIVERSE_SIZE);

  /** {@code MPI_WIN_BASE}. */
  public static final int WIN_BASE = Constant.of(MpiConstant.MPI_WIN_BASE);

  /** {@code MPI_WIN_SIZE}. */
  public static final int WIN_SIZE = Constant.of(MpiConstant.MPI_WIN_SIZE);

  /** {@code MPI_WIN_DISP_UNIT}. */
  public static final int WIN_DISP_UNIT = Constant.of(MpiConstant.MPI_WIN_DISP_UNIT);

  /** The MPI standard's version, before the point. */
  public static final int VERSION = Constant.standard()[0];

  /** The MPI standard's version, behind the point. */
  public static final int SUBVERSION = Constant.standard()[1];

  /** {@code MPI_ROOT}. */
  public static final int ROOT = Constant.of(MpiConstant.MPI_ROOT);

  /** {@code MPI_KEYVAL_INVALID}. */
  public static final int KEYVAL_INVALID = Constant.of(MpiConstant.MPI_KEYVAL_INVALID);

  /** {@code MPI_BSEND_OVERHEAD}. */
  public static final int BSEND_OVERHEAD = Constant.of(MpiConstant.MPI_BSEND_OVERHEAD);

  /** {@code MPI_MAX_OBJECT_NAME}. */
  public static final int MAX_OBJECT_NAME = Constant.of(MpiConstant.MPI_MAX_OBJECT_NAME);

  /** {@code MPI_MAX_PORT_NAME}. */
  public static final int MAX_PORT_NAME = Constant.of(MpiConstant.MPI_MAX_PORT_NAME);

  /** {@code MPI_MAX_DATAREP_STRING}. */
  public static final int MAX_DATAREP_STRING = Constant.of(MpiConstant.MPI_MAX_DATAREP_STRING);

  /** {@code MPI_MAX_INFO_KEY}. */
  public static final int MAX_INFO_KEY = Constant.of(MpiConstant.MPI_MAX_INFO_KEY);

  /** {@code MPI_MAX_INFO_VAL}. */
  public static final int MAX_INFO_VAL = Constant.of(MpiConstant.MPI_MAX_INFO_VAL);

  /** {@code MPI_ORDER_C}. */
  public static final int ORDER_C = Constant.of(MpiConstant.MPI_ORDER_C);

  /** {@code MPI_ORDER_FORTRAN}. */
  public static final int ORDER_FORTRAN = Constant.of(MpiConstant.MPI_ORDER_FORTRAN);

  /** {@code MPI_DISTRIBUTE_BLOCK}. */
  public static final int DISTRIBUTE_BLOCK = Constant.of(MpiConstant.MPI_DISTRIBUTE_BLOCK);

  /** {@code MPI_DISTRIBUTE_CYCLIC}. */
  public static final int DISTRIBUTE_CYCLIC = Constant.of(MpiConstant.MPI_DISTRIBUTE_CYCLIC);

  /** {@code MPI_DISTRIBUTE_NONE}. */
  public static final int DISTRIBUTE_NONE = Constant.of(MpiConstant.MPI_DISTRIBUTE_NONE);

  /** {@code MPI_DISTRIBUTE_DFLT_DARG}. */
  public static final int DISTRIBUTE_DFLT_DARG = Constant.of(MpiConstant.MPI_DISTRIBUTE_DFLT_DARG);

  /** {@code MPI_MODE_CREATE}. */
  public static final int MODE_CREATE = Constant.of(MpiConstant.MPI_MODE_CREATE);

  /** {@code MPI_MODE_RDONLY}. */
  public static final int MODE_RDONLY = Constant.of(MpiConstant.MPI_MODE_RDONLY);

  /** {@code MPI_MODE_WRONLY}. */
  public static final int MODE_WRONLY = Constant.of(MpiConstant.MPI_MODE_WRONLY);

  /** {@code MPI_MODE_RDWR}. */
  public static final int MODE_RDWR = Constant.of(MpiConstant.MPI_MODE_RDWR);

  /** {@code MPI_MODE_DELETE_ON_CLOSE}. */
  public static final int MODE_DELETE_ON_CLOSE = Constant.of(MpiConstant.MPI_MODE_DELETE_ON_CLOSE);

  /** {@code MPI_MODE_UNIQUE_OPEN}. */
  public static final int MODE_UNIQUE_OPEN = Constant.of(MpiConstant.MPI_MODE_UNIQUE_OPEN);

  /** {@code MPI_MODE_EXCL}. */
  public static final int MODE_EXCL = Constant.of(MpiConstant.MPI_MODE_EXCL);

  /** {@code MPI_MODE_APPEND}. */
  public static final int MODE_APPEND = Constant.of(MpiConstant.MPI_MODE_APPEND);

  /** {@code MPI_MODE_SEQUENTIAL}. */
  public static final int MODE_SEQUENTIAL = Constant.of(MpiConstant.MPI_MODE_SEQUENTIAL);

  /** {@code MPI_DISPLACEMENT_CURRENT}. */
  public static final int DISPLACEMENT_CURRENT = Constant.of(MpiConstant.MPI_DISPLACEMENT_CURRENT);

  /** {@code MPI_SEEK_SET}. */
  public static final int SEEK_SET = Constant.of(MpiConstant.MPI_SEEK_SET);

  /** {@code MPI_SEEK_CUR}. */
  public static final int SEEK_CUR = Constant.of(MpiConstant.MPI_SEEK_CUR);

  /** {@code MPI_SEEK_END}. */
  public static final int SEEK_END = Constant.of(MpiConstant.MPI_SEEK_END);

  /** {@code MPI_MODE_NOCHECK}. */
  public static final int MODE_NOCHECK = Constant.of(MpiConstant.MPI_MODE_NOCHECK);

  /** {@code MPI_MODE_NOPRECEDE}. */
  public static final int MODE_NOPRECEDE = Constant.of(MpiConstant.MPI_MODE_NOPRECEDE);

  /** {@code MPI_MODE_NOPUT}. */
  public static final int MODE_NOPUT = Constant.of(MpiConstant.MPI_MODE_NOPUT);

  /** {@code MPI_MODE_NOSTORE}. */
  public static final int MODE_NOSTORE = Constant.of(MpiConstant.MPI_MODE_NOSTORE);

  /** {@code MPI_MODE_NOSUCCEED}. */
  public static final int MODE_NOSUCCEED = Constant.of(MpiConstant.MPI_MODE_NOSUCCEED);

  /** {@code MPI_LOCK_EXCLUSIVE}. */
  public static final int LOCK_EXCLUSIVE = Constant.of(MpiConstant.MPI_LOCK_EXCLUSIVE);

  /** {@code MPI_LOCK_SHARED}. */
  public static final int LOCK_SHARED = Constant.of(MpiConstant.MPI_LOCK_SHARED);

  /** {@code MPI_SUCCESS}. */
  public static final int SUCCESS = Constant.success();

  /** {@code MPI_ERR_BUFFER}. */
  public static final int ERR_BUFFER = Constant.of(MpiErrorClass.MPI_ERR_BUFFER);

  /** {@code MPI_ERR_COUNT}. */
  public static final int ERR_COUNT = Constant.of(MpiErrorClass.MPI_ERR_COUNT);

  /** {@code MPI_ERR_TYPE}. */
  public static final int ERR_TYPE = Constant.of(MpiErrorClass.MPI_ERR_TYPE);

  /** {@code MPI_ERR_TAG}. */
  public static final int ERR_TAG = Constant.of(MpiErrorClass.MPI_ERR_TAG);

  /** {@code MPI_ERR_COMM}. */
  public static final int ERR_COMM = Constant.of(MpiErrorClass.MPI_ERR_COMM);

  /** {@code MPI_ERR_RANK}. */
  public static final int ERR_RANK = Constant.of(MpiErrorClass.MPI_ERR_RANK);

  /** {@code MPI_ERR_REQUEST}. */
  public static final int ERR_REQUEST = Constant.of(MpiErrorClass.MPI_ERR_REQUEST);

  /** {@code MPI_ERR_ROOT}. */
  public static final int ERR_ROOT = Constant.of(MpiErrorClass.MPI_ERR_ROOT);

  /** {@code MPI_ERR_GROUP}. */
  public static final int ERR_GROUP = Constant.of(MpiErrorClass.MPI_ERR_GROUP);

  /** {@code MPI_ERR_OP}. */
  public static final int ERR_OP = Constant.of(MpiErrorClass.MPI_ERR_OP);

  /** {@code MPI_ERR_TOPOLOGY}. */
  public static final int ERR_TOPOLOGY = Constant.of(MpiErrorClass.MPI_ERR_TOPOLOGY);

  /** {@code MPI_ERR_DIMS}. */
  public static final int ERR_DIMS = Constant.of(MpiErrorClass.MPI_ERR_DIMS);

  /** {@code MPI_ERR_ARG}. */
  public static final int ERR_ARG = Constant.of(MpiErrorClass.MPI_ERR_ARG);

  /** {@code MPI_ERR_UNKNOWN}. */
  public static final int ERR_UNKNOWN = Constant.of(MpiErrorClass.MPI_ERR_UNKNOWN);

  /** {@code MPI_ERR_TRUNCATE}. */
  public static final int ERR_TRUNCATE = Constant.of(MpiErrorClass.MPI_ERR_TRUNCATE);

  /** {@code MPI_ERR_OTHER}. */
  public static final int ERR_OTHER = Constant.of(MpiErrorClass.MPI_ERR_OTHER);

  /** {@code MPI_ERR_INTERN}. */
  public static final int ERR_INTERN = Constant.of(MpiErrorClass.MPI_ERR_INTERN);

  /** {@code MPI_ERR_IN_STATUS}. */
  public static final int ERR_IN_STATUS = Constant.of(MpiErrorClass.MPI_ERR_IN_STATUS);

  /** {@code MPI_ERR_PENDING}. */
  public static final int ERR_PENDING = Constant.of(MpiErrorClass.MPI_ERR_PENDING);

  /** {@code MPI_ERR_ACCESS}. */
  public static final int ERR_ACCESS = Constant.of(MpiErrorClass.MPI_ERR_ACCESS);

  /** {@code MPI_ERR_AMODE}. */
  public static final int ERR_AMODE = Constant.of(MpiErrorClass.MPI_ERR_AMODE);

  /** {@code MPI_ERR_ASSERT}. */
  public static final int ERR_ASSERT = Constant.of(MpiErrorClass.MPI_ERR_ASSERT);

  /** {@code MPI_ERR_BAD_FILE}. */
  public static final int ERR_BAD_FILE = Constant.of(MpiErrorClass.MPI_ERR_BAD_FILE);

  /** {@code MPI_ERR_BASE}. */
  public static final int ERR_BASE = Constant.of(MpiErrorClass.MPI_ERR_BASE);

  /** {@code MPI_ERR_CONVERSION}. */
  public static final int ERR_CONVERSION = Constant.of(MpiErrorClass.MPI_ERR_CONVERSION);

  /** {@code MPI_ERR_DISP}. */
  public static final int ERR_DISP = Constant.of(MpiErrorClass.MPI_ERR_DISP);

  /** {@code MPI_ERR_DUP_DATAREP}. */
  public static final int ERR_DUP_DATAREP = Constant.of(MpiErrorClass.MPI_ERR_DUP_DATAREP);

  /** {@code MPI_ERR_FILE_EXISTS}. */
  public static final int ERR_FILE_EXISTS = Constant.of(MpiErrorClass.MPI_ERR_FILE_EXISTS);

  /** {@code MPI_ERR_FILE_IN_USE}. */
  public static final int ERR_FILE_IN_USE = Constant.of(MpiErrorClass.MPI_ERR_FILE_IN_USE);

  /** {@code MPI_ERR_FILE}. */
  public static final int ERR_FILE = Constant.of(MpiErrorClass.MPI_ERR_FILE);

  /** {@code MPI_ERR_INFO_KEY}. */
  public static final int ERR_INFO_KEY = Constant.of(MpiErrorClass.MPI_ERR_INFO_KEY);

  /** {@code MPI_ERR_INFO_NOKEY}. */
  public static final int ERR_INFO_NOKEY = Constant.of(MpiErrorClass.MPI_ERR_INFO_NOKEY);

  /** {@code MPI_ERR_INFO_VALUE}. */
  public static final int ERR_INFO_VALUE = Constant.of(MpiErrorClass.MPI_ERR_INFO_VALUE);

  /** {@code MPI_ERR_INFO}. */
  public static final int ERR_INFO = Constant.of(MpiErrorClass.MPI_ERR_INFO);

  /** {@code MPI_ERR_IO}. */
  public static final int ERR_IO = Constant.of(MpiErrorClass.MPI_ERR_IO);

  /** {@code MPI_ERR_KEYVAL}. */
  public static final int ERR_KEYVAL = Constant.of(MpiErrorClass.MPI_ERR_KEYVAL);

  /** {@code MPI_ERR_LOCKTYPE}. */
  public static final int ERR_LOCKTYPE = Constant.of(MpiErrorClass.MPI_ERR_LOCKTYPE);

  /** {@code MPI_ERR_NAME}. */
  public static final int ERR_NAME = Constant.of(MpiErrorClass.MPI_ERR_NAME);

  /** {@code MPI_ERR_NO_MEM}. */
  public static final int ERR_NO_MEM = Constant.of(MpiErrorClass.MPI_ERR_NO_MEM);

  /** {@code MPI_ERR_NOT_SAME}. */
  public static final int ERR_NOT_SAME = Constant.of(MpiErrorClass.MPI_ERR_NOT_SAME);

  /** {@code MPI_ERR_NO_SPACE}. */
  public static final int ERR_NO_SPACE = Constant.of(MpiErrorClass.MPI_ERR_NO_SPACE);

  /** {@code MPI_ERR_NO_SUCH_FILE}. */
  public static final int ERR_NO_SUCH_FILE = Constant.of(MpiErrorClass.MPI_ERR_NO_SUCH_FILE);

  /** {@code MPI_ERR_PORT}. */
  public static final int ERR_PORT = Constant.of(MpiErrorClass.MPI_ERR_PORT);

  /** {@code MPI_ERR_QUOTA}. */
  public static final int ERR_QUOTA = Constant.of(MpiErrorClass.MPI_ERR_QUOTA);

  /** {@code MPI_ERR_READ_ONLY}. */
  public static final int ERR_READ_ONLY = Constant.of(MpiErrorClass.MPI_ERR_READ_ONLY);

  /** {@code MPI_ERR_RMA_CONFLICT}. */
  public static final int ERR_RMA_CONFLICT = Constant.of(MpiErrorClass.MPI_ERR_RMA_CONFLICT);

  /** {@code MPI_ERR_RMA_SYNC}. */
  public static final int ERR_RMA_SYNC = Constant.of(MpiErrorClass.MPI_ERR_RMA_SYNC);

  /** {@code MPI_ERR_SERVICE}. */
  public static final int ERR_SERVICE = Constant.of(MpiErrorClass.MPI_ERR_SERVICE);

  /** {@code MPI_ERR_SIZE}. */
  public static final int ERR_SIZE = Constant.of(MpiErrorClass.MPI_ERR_SIZE);

  /** {@code MPI_ERR_SPAWN}. */
  public static final int ERR_SPAWN = Constant.of(MpiErrorClass.MPI_ERR_SPAWN);

  /** {@code MPI_ERR_UNSUPPORTED_DATAREP}. */
  public static final int ERR_UNSUPPORTED_DATAREP =
      Constant.of(MpiErrorClass.MPI_ERR_UNSUPPORTED_DATAREP);

  /** {@code MPI_ERR_UNSUPPORTED_OPERATION}. */
  public static final int ERR_UNSUPPORTED_OPERATION =
      Constant.of(MpiErrorClass.MPI_ERR_UNSUPPORTED_OPERATION);

  /** {@code MPI_ERR_WIN}. */
  public static final int ERR_WIN = Constant.of(MpiErrorClass.MPI_ERR_WIN);

  /** {@code MPI_ERR_PROC_ABORTED}; Open MPI 4.1 gives it to no error. */
  public static final int ERR_PROC_ABORTED = Constant.of(MpiErrorClass.MPI_ERR_PROC_ABORTED);

  /** {@code MPI_ERR_LASTCODE}. */
  public static final int ERR_LASTCODE = Constant.of(MpiConstant.MPI_ERR_LASTCODE);

  /** Out of resources: {@code MPI_ERR_OTHER}, for MPI has no such class. */
  public static final int ERR_SYSRESOURCE = Constant.of(MpiErrorClass.MPI_ERR_OTHER);

  /** Not for programs: everything here is static. There because old programs may call it. */
  public MPI() {}

  /**
   * Starts MPI, {@code MPI_Init} (MPI-4.0 section 11.2). Called once, first of all. The JVM's
   * signal handlers stay in force. The library is told of one thread; programs that call from
   * others all the same, one at a time, are let through, as by Open MPI's bindings.
   *
   * @param args the program's arguments
   * @return a copy of them
   * @throws MPIException if MPI runs already or has ended, or the launcher is of another MPI
   */
  public static String[] Init(String[] args) throws MPIException {
    start(THREAD_SINGLE, true);
    return args == null ? null : args.clone();
  }

  /**
   * Starts MPI for several threads, {@code MPI_Init_thread} (MPI-4.0 section 11.6). If {@link
   * #THREAD_SINGLE} or {@link #THREAD_FUNNELED} is given, calls of other threads are an {@link
   * MPIException}, but for {@link Comm#abort}, the clock, and what asks for the thread level.
   *
   * @param args the program's arguments
   * @param required {@link #THREAD_SINGLE} to {@link #THREAD_MULTIPLE}
   * @return what MPI gives, which may be less or more
   * @throws MPIException if MPI runs already or has ended, or the launcher is of another MPI
   */
  public static int InitThread(String[] args, int required) throws MPIException {
    return start(required, false);
  }

  private static synchronized int start(int required, boolean anyThread) throws MPIException {
    if (State.finalized() || State.initialized()) {
      throw new MPIException("MPI is already initialized: it can be once in a process");
    }
    int provided;
    try {
      provided = MpiStart.initThread(required);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    // By equality: nothing says that a library numbers them in the order of what they allow.
    boolean one = provided == THREAD_SINGLE || provided == THREAD_FUNNELED;
    State.started(provided, one && !anyThread);
    String problem =
        MpiStart.launcherProblem(LibmpiFile.current(), COMM_WORLD.getSize(), System.getenv());
    if (problem != null) {
      Finalize();
      throw new MPIException(problem);
    }
    return provided;
  }

  /**
   * The thread level, {@code MPI_Query_thread} (MPI-4.0 section 11.6).
   *
   * @return {@link #THREAD_SINGLE} to {@link #THREAD_MULTIPLE}
   * @throws MPIException if MPI does not run
   */
  public static int queryThread() throws MPIException {
    State.checkRunning("MPI_Query_thread");
    long place = Scratch.begin().cell;
    try {
      MpiThreads.queryThread(place);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return Lib.readInt(place);
  }

  /**
   * Whether the calling thread started MPI, {@code MPI_Is_thread_main} (MPI-4.0 section 11.6).
   *
   * @return true if it did
   * @throws MPIException if MPI does not run
   */
  public static boolean isThreadMain() throws MPIException {
    State.checkRunning("MPI_Is_thread_main");
    long place = Scratch.begin().cell;
    try {
      MpiThreads.isThreadMain(place);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return Lib.readFlag(place);
  }

  /**
   * Ends MPI, {@code MPI_Finalize} (MPI-4.0 section 11.2.2). Called by all ranks.
   *
   * @throws MPIException if MPI does not run
   */
  public static synchronized void Finalize() throws MPIException {
    State.check("MPI_Finalize");
    try {
      MpiStart.beQuiet(Lib.ABI, COMM_WORLD.getSize());
      State.ended();
      MpiEnvironment.finalizeMpi();
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
  }

  /**
   * MPI's clock, {@code MPI_Wtime} (MPI-4.0 section 9.6).
   *
   * @return seconds since a moment in the past
   * @throws MPIException if MPI does not run
   */
  public static double wtime() throws MPIException {
    State.checkRunning("MPI_Wtime");
    return MpiClock.wtime();
  }

  /**
   * The resolution of {@link #wtime}, {@code MPI_Wtick} (MPI-4.0 section 9.6).
   *
   * @return in seconds
   * @throws MPIException if MPI does not run
   */
  public static double wtick() throws MPIException {
    State.checkRunning("MPI_Wtick");
    return MpiClock.wtick();
  }

  /**
   * The version of the MPI standard, {@code MPI_Get_version} (MPI-4.0 section 9.1.1). Before {@link
   * #Init} too.
   *
   * @return such as 3.1
   */
  public static Version getVersion() {
    return new Version(VERSION, SUBVERSION);
  }

  /**
   * What the library says of itself, {@code MPI_Get_library_version} (MPI-4.0 section 9.1.1).
   * Before {@link #Init} too.
   *
   * @return such as {@code Open MPI v4.1.4, ...}
   */
  public static String getLibVersion() {
    Scratch scratch = Scratch.begin();
    long text = scratch.bytes(Lib.ABI.maxLibraryVersionString() + 1L);
    MpiEnvironment.getLibraryVersion(text, scratch.cell);
    return NativeMemory.stringAt(text);
  }

  /**
   * This host's name, {@code MPI_Get_processor_name} (MPI-4.0 section 9.1.2).
   *
   * @return as MPI gives it
   * @throws MPIException if MPI does not run
   */
  public static String getProcessorName() throws MPIException {
    State.check("MPI_Get_processor_name");
    Scratch scratch = Scratch.begin();
    long text = scratch.bytes(Lib.ABI.maxProcessorName() + 1L);
    try {
      MpiEnvironment.getProcessorName(text, scratch.cell);
    } catch (MpiException failed) {
      throw Errors.of(failed);
    }
    return NativeMemory.stringAt(text);
  }

  /**
   * Whether MPI was started, {@code MPI_Initialized} (MPI-4.0 section 11.4.1).
   *
   * @return true from then on, after {@link #Finalize} too
   * @throws MPIException if MPI fails
   */
  public static boolean isInitialized() throws MPIException {
    return State.initialized();
  }

  /**
   * Whether MPI has ended, {@code MPI_Finalized} (MPI-4.0 section 11.4.1).
   *
   * @return true after {@link #Finalize}
   * @throws MPIException if MPI fails
   */
  public static boolean isFinalized() throws MPIException {
    return State.finalized();
  }

  /**
   * Gives MPI room for {@link Comm#bSend}, {@code MPI_Buffer_attach} (MPI-4.0 section 3.6).
   *
   * @param buffer its length says how much; its elements are not touched
   * @throws MPIException if there is room already
   */
  public static void attachBuffer(byte[] buffer) throws MPIException {
    SendBuffer.attach(buffer);
  }

  /**
   * Waits until messages of {@link Comm#bSend} are gone, and takes the room back, {@code
   * MPI_Buffer_detach} (MPI-4.0 section 3.6).
   *
   * @return what {@link #attachBuffer} was given
   * @throws MPIException if there is none
   */
  public static byte[] detachBuffer() throws MPIException {
    return SendBuffer.detach();
  }

  /**
   * Tells a profiler something, {@code MPI_Pcontrol} (MPI-4.0 section 15.2.4).
   *
   * @param level what it is told
   * @param obj is not passed on
   */
  public static void pControl(int level, Object obj) {
    MpiClock.pcontrol(level);
  }

  /**
   * A direct buffer in native byte order, for every method here.
   *
   * @param capacity its elements
   * @return the buffer
   */
  public static ByteBuffer newByteBuffer(int capacity) {
    return MadeBuffers.add(NativeMemory.allocateDirect(capacity)).order(ByteOrder.nativeOrder());
  }

  /**
   * A direct buffer in native byte order, for every method here.
   *
   * @param capacity its elements
   * @return the buffer
   */
  public static CharBuffer newCharBuffer(int capacity) {
    return newByteBuffer(Math.multiplyExact(capacity, Character.BYTES)).asCharBuffer();
  }

  /**
   * A direct buffer in native byte order, for every method here.
   *
   * @param capacity its elements
   * @return the buffer
   */
  public static ShortBuffer newShortBuffer(int capacity) {
    return newByteBuffer(Math.multiplyExact(capacity, Short.BYTES)).asShortBuffer();
  }

  /**
   * A direct buffer in native byte order, for every method here.
   *
   * @param capacity its elements
   * @return the buffer
   */
  public static IntBuffer newIntBuffer(int capacity) {
    return newByteBuffer(Math.multiplyExact(capacity, Integer.BYTES)).asIntBuffer();
  }

  /**
   * A direct buffer in native byte order, for every method here.
   *
   * @param capacity its elements
   * @return the buffer
   */
  public static LongBuffer newLongBuffer(int capacity) {
    return newByteBuffer(Math.multiplyExact(capacity, Long.BYTES)).asLongBuffer();
  }

  /**
   * A direct buffer in native byte order, for every method here.
   *
   * @param capacity its elements
   * @return the buffer
   */
  public static FloatBuffer newFloatBuffer(int capacity) {
    return newByteBuffer(Math.multiplyExact(capacity, Float.BYTES)).asFloatBuffer();
  }

  /**
   * A direct buffer in native byte order, for every method here.
   *
   * @param capacity its elements
   * @return the buffer
   */
  public static DoubleBuffer newDoubleBuffer(int capacity) {
    return newByteBuffer(Math.multiplyExact(capacity, Double.BYTES)).asDoubleBuffer();
  }

  /**
   * The part of a buffer that starts at an element.
   *
   * @param buf the buffer
   * @param offset the element, counted from the first one
   * @return a buffer from there to the capacity's end that shares the content
   * @throws IndexOutOfBoundsException if it is not in the buffer
   */
  public static ByteBuffer slice(ByteBuffer buf, int offset) {
    checkSlice(offset, buf.capacity());
    return buf.slice(offset, buf.capacity() - offset).order(buf.order());
  }

  /**
   * The part of a buffer that starts at an element.
   *
   * @param buf the buffer
   * @param offset the element, counted from the first one
   * @return a buffer from there to the capacity's end that shares the content
   * @throws IndexOutOfBoundsException if it is not in the buffer
   */
  public static CharBuffer slice(CharBuffer buf, int offset) {
    checkSlice(offset, buf.capacity());
    return buf.slice(offset, buf.capacity() - offset);
  }

  /**
   * The part of a buffer that starts at an element.
   *
   * @param buf the buffer
   * @param offset the element, counted from the first one
   * @return a buffer from there to the capacity's end that shares the content
   * @throws IndexOutOfBoundsException if it is not in the buffer
   */
  public static ShortBuffer slice(ShortBuffer buf, int offset) {
    checkSlice(offset, buf.capacity());
    return buf.slice(offset, buf.capacity() - offset);
  }

  /**
   * The part of a buffer that starts at an element.
   *
   * @param buf the buffer
   * @param offset the element, counted from the first one
   * @return a buffer from there to the capacity's end that shares the content
   * @throws IndexOutOfBoundsException if it is not in the buffer
   */
  public static IntBuffer slice(IntBuffer buf, int offset) {
    checkSlice(offset, buf.capacity());
    return buf.slice(offset, buf.capacity() - offset);
  }

  /**
   * The part of a buffer that starts at an element.
   *
   * @param buf the buffer
   * @param offset the element, counted from the first one
   * @return a buffer from there to the capacity's end that shares the content
   * @throws IndexOutOfBoundsException if it is not in the buffer
   */
  public static LongBuffer slice(LongBuffer buf, int offset) {
    checkSlice(offset, buf.capacity());
    return buf.slice(offset, buf.capacity() - offset);
  }

  /**
   * The part of a buffer that starts at an element.
   *
   * @param buf the buffer
   * @param offset the element, counted from the first one
   * @return a buffer from there to the capacity's end that shares the content
   * @throws IndexOutOfBoundsException if it is not in the buffer
   */
  public static FloatBuffer slice(FloatBuffer buf, int offset) {
    checkSlice(offset, buf.capacity());
    return buf.slice(offset, buf.capacity() - offset);
  }

  /**
   * The part of a buffer that starts at an element.
   *
   * @param buf the buffer
   * @param offset the element, counted from the first one
   * @return a buffer from there to the capacity's end that shares the content
   * @throws IndexOutOfBoundsException if it is not in the buffer
   */
  public static DoubleBuffer slice(DoubleBuffer buf, int offset) {
    checkSlice(offset, buf.capacity());
    return buf.slice(offset, buf.capacity() - offset);
  }

  /**
   * The part of an array that starts at an element.
   *
   * @param buf the array
   * @param offset the element
   * @return a buffer from there to the array's end that shares the content
   * @throws IndexOutOfBoundsException if it is not in the array
   */
  public static ByteBuffer slice(byte[] buf, int offset) {
    checkSlice(offset, buf.length);
    return ByteBuffer.wrap(buf, offset, buf.length - offset).slice().order(ByteOrder.nativeOrder());
  }

  /**
   * The part of an array that starts at an element.
   *
   * @param buf the array
   * @param offset the element
   * @return a buffer from there to the array's end that shares the content
   * @throws IndexOutOfBoundsException if it is not in the array
   */
  public static CharBuffer slice(char[] buf, int offset) {
    checkSlice(offset, buf.length);
    return CharBuffer.wrap(buf, offset, buf.length - offset).slice();
  }

  /**
   * The part of an array that starts at an element.
   *
   * @param buf the array
   * @param offset the element
   * @return a buffer from there to the array's end that shares the content
   * @throws IndexOutOfBoundsException if it is not in the array
   */
  public static ShortBuffer slice(short[] buf, int offset) {
    checkSlice(offset, buf.length);
    return ShortBuffer.wrap(buf, offset, buf.length - offset).slice();
  }

  /**
   * The part of an array that starts at an element.
   *
   * @param buf the array
   * @param offset the element
   * @return a buffer from there to the array's end that shares the content
   * @throws IndexOutOfBoundsException if it is not in the array
   */
  public static IntBuffer slice(int[] buf, int offset) {
    checkSlice(offset, buf.length);
    return IntBuffer.wrap(buf, offset, buf.length - offset).slice();
  }

  /**
   * The part of an array that starts at an element.
   *
   * @param buf the array
   * @param offset the element
   * @return a buffer from there to the array's end that shares the content
   * @throws IndexOutOfBoundsException if it is not in the array
   */
  public static LongBuffer slice(long[] buf, int offset) {
    checkSlice(offset, buf.length);
    return LongBuffer.wrap(buf, offset, buf.length - offset).slice();
  }

  /**
   * The part of an array that starts at an element.
   *
   * @param buf the array
   * @param offset the element
   * @return a buffer from there to the array's end that shares the content
   * @throws IndexOutOfBoundsException if it is not in the array
   */
  public static FloatBuffer slice(float[] buf, int offset) {
    checkSlice(offset, buf.length);
    return FloatBuffer.wrap(buf, offset, buf.length - offset).slice();
  }

  /**
   * The part of an array that starts at an element.
   *
   * @param buf the array
   * @param offset the element
   * @return a buffer from there to the array's end that shares the content
   * @throws IndexOutOfBoundsException if it is not in the array
   */
  public static DoubleBuffer slice(double[] buf, int offset) {
    checkSlice(offset, buf.length);
    return DoubleBuffer.wrap(buf, offset, buf.length - offset).slice();
  }

  private static void checkSlice(int offset, int length) {
    if (offset < 0 || offset > length) {
      throw new IndexOutOfBoundsException("offset is " + offset + " of " + length + " elements");
    }
  }
}
