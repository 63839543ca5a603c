package io.weft.mpi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.testing.MpiBuild;
import io.weft.testing.MultiRank;
import io.weft.testing.RankContext;
import io.weft.testing.RankFixture;
import io.weft.testing.RankTest;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Every method that takes a buffer, with one bad argument at a time; every method of every object,
 * when it is closed and when MPI is finalised. Each is a Java exception that says what is wrong;
 * libmpi never gets to see what would end the process. On one rank, so that what should have been
 * refused hangs nobody else.
 */
@MultiRank(
    ranks = {1},
    variantProvider = MpiBuild.All.class,
    deadlineSeconds = 120,
    // Each call is made once.
    jvm = "-XX:TieredStopAtLevel=1")
class BadInputTest implements RankFixture {
  /** The exceptions that a wrong use may be. */
  private static final List<Class<?>> REFUSALS =
      List.of(
          IllegalArgumentException.class,
          IllegalStateException.class,
          IndexOutOfBoundsException.class,
          NullPointerException.class,
          MpiException.class);

  /** What may be asked of an object that is closed, or after MPI: it is known without C. */
  private static final Set<String> HARMLESS =
      Set.of(
          "toString",
          "hashCode",
          "equals",
          "getClass",
          "close",
          "rank",
          "size",
          "isInter",
          "root",
          "procNull",
          "remoteSize",
          "anySource",
          "anyTag",
          "errorHandler",
          "noCheck",
          "noStore",
          "noPut",
          "noPrecede",
          "noSucceed",
          "sizeBytes",
          "extentBytes",
          "trueLowerBound",
          "trueUpperBound",
          "isActive",
          "dims",
          "periodic",
          "coords",
          "notify",
          "notifyAll",
          "wait",
          "inDegree",
          "outDegree");

  private Mpi mpi;
  private Comm comm;
  private Comm other;
  private Win win;
  private MpiFile file;
  private MemorySegment buffer;
  private MemorySegment closedBuffer;
  private DerivedType uncommitted;
  private DerivedType closedType;
  private UserOp closedOp;
  private Info closedInfo;
  private Request active;
  private int cases;

  @Override
  public void open(RankContext context) {
    mpi = Mpi.initialize(ThreadLevel.FUNNELED);
    other = mpi.world().dup();
    int[] itself = {0};
    comm = other.createDistGraphAdjacent(itself, null, itself, null, null, false);
    win = comm.allocateWin(64);
    win.lock(0, false, 0);
    String path = context.scratch().resolve("bad").toString();
    file = MpiFile.open(comm, path, null, FileMode.READ_WRITE, FileMode.CREATE);
    buffer = mpi.allocate(64);
    try (Arena arena = Arena.ofConfined()) {
      closedBuffer = arena.allocate(64);
    }
    uncommitted = mpi.types().contiguous(1, Datatype.INT);
    closedType = mpi.types().contiguous(1, Datatype.INT).commit();
    closedType.close();
    closedOp = mpi.createOp((in, inOut, count, type) -> {}, true);
    closedOp.close();
    closedInfo = mpi.newInfo();
    closedInfo.close();
    active = comm.newRequest();
    comm.irecv(buffer, 0, 1, Datatype.INT, 0, 99, active);
  }

  @Override
  public void close() {
    comm.send(buffer, 32, 1, Datatype.INT, 0, 99);
    active.await(null);
    win.unlock(0);
    Map<String, Object> objects = new LinkedHashMap<>();
    objects.put("Comm", comm);
    objects.put("Win", win);
    objects.put("MpiFile", file);
    objects.put("Group", comm.group());
    objects.put("Info", mpi.newInfo());
    objects.put("UserOp", mpi.createOp((in, inOut, count, type) -> {}, true));
    objects.put("ErrorHandler", mpi.createErrorHandler(ErrorHandler.Kind.COMM, code -> {}));
    objects.put("AttributeKey", mpi.createAttributeKey(AttributeKey.Kind.COMM, null, null));
    objects.put("DerivedType", uncommitted.commit());
    objects.put("PersistentRequest", comm.sendInit(buffer, 0, 1, Datatype.INT, 0, 1));
    List<Map.Entry<String, Object>> inReverse = new ArrayList<>(objects.entrySet()).reversed();
    for (Map.Entry<String, Object> each : inReverse) {
      try {
        ((AutoCloseable) each.getValue()).close();
        ((AutoCloseable) each.getValue()).close();
      } catch (Exception failed) {
        throw new IllegalStateException(each.getKey() + " does not close twice", failed);
      }
      refuses(each.getKey() + ", closed", each.getValue());
    }
    // Open until MPI has gone.
    Map<String, Object> left = new LinkedHashMap<>();
    left.put("Comm", other);
    left.put("Group", other.group());
    left.put("Info", mpi.newInfo());
    left.put("UserOp", mpi.createOp((in, inOut, count, type) -> {}, true));
    left.put("DerivedTypes", mpi.types());
    left.put("DerivedType", mpi.types().contiguous(1, Datatype.INT).commit());
    left.put("Request", other.newRequest());
    left.put("RequestSet", other.newRequestSet(List.of(other.newRequest())));
    mpi.close();
    left.forEach((name, object) -> refuses(name + ", after MPI_Finalize", object));
    refuses("Mpi, after MPI_Finalize", mpi);
    assertTrue(cases > 1000, cases + " cases");
  }

  /** Good arguments for a method. */
  private Object[] good(Method method, Comm layoutsOf) {
    Class<?>[] types = method.getParameterTypes();
    Object[] result = new Object[types.length];
    int segments = 0;
    for (int i = 0; i < types.length; i++) {
      Class<?> type = types[i];
      if (type == MemorySegment.class) {
        result[i] = buffer.asSlice(16L * segments++, 16);
      } else if (type == long.class) {
        // Past a buffer stands its offset; what else is long is a count, or an offset of a file.
        boolean offset = i > 0 && types[i - 1] == MemorySegment.class;
        result[i] = offset || isOffset(types, i) ? 0L : 1L;
      } else if (type == int.class) {
        // What follows an offset is a count.
        boolean count = i > 1 && types[i - 1] == long.class && types[i - 2] == MemorySegment.class;
        result[i] = count ? 1 : 0;
      } else if (type == boolean.class) {
        result[i] = false;
      } else if (type == Datatype.class) {
        result[i] = Datatype.INT;
      } else if (type == Op.class) {
        result[i] = Op.SUM;
      } else if (type == Request.class) {
        result[i] = layoutsOf == null ? null : layoutsOf.newRequest();
      } else if (type == BlockLayout.class && layoutsOf != null) {
        BlockLayout layout = layoutsOf.newBlockLayout();
        layout.set(0, 0, 1);
        result[i] = layout;
      } else if (type == TypedBlockLayout.class && layoutsOf != null) {
        TypedBlockLayout layout = layoutsOf.newTypedBlockLayout(1);
        layout.set(0, 0, 1, Datatype.INT);
        result[i] = layout;
      } else if (type == String.class) {
        result[i] = "x";
      } else if (type == int[].class) {
        result[i] = new int[1];
      } else if (type == boolean[].class) {
        result[i] = new boolean[1];
      } else if (type == long[].class) {
        result[i] = new long[1];
      } else if (type == List.class) {
        result[i] = List.of();
      }
    }
    return result;
  }

  /** Before the buffer of a file stands where in the file, after the target of a window where. */
  private static boolean isOffset(Class<?>[] types, int i) {
    boolean first = i == 0 && types.length > 1 && types[1] == MemorySegment.class;
    return first || i > 1 && types[i - 1] == int.class && types[i - 2] != long.class;
  }

  private String call(String name, Object object, Method method, Object[] arguments) {
    cases++;
    String what = name + "." + method.getName() + Arrays.toString(arguments);
    try {
      method.invoke(object, arguments);
    } catch (IllegalAccessException impossible) {
      throw new IllegalStateException(what, impossible);
    } catch (InvocationTargetException thrown) {
      Throwable cause = thrown.getCause();
      if (cause instanceof UnsupportedOperationException) {
        return "lacking";
      }
      assertTrue(REFUSALS.contains(cause.getClass()), () -> what + ": " + cause);
      assertTrue(cause.getMessage() != null && !cause.getMessage().isBlank(), () -> what);
      return cause.getMessage();
    }
    return null;
  }

  private static List<Method> methods(Object object) {
    return Arrays.stream(object.getClass().getMethods())
        .filter(each -> !Modifier.isStatic(each.getModifiers()))
        .filter(each -> each.getDeclaringClass() != Object.class)
        .sorted((a, b) -> a.toString().compareTo(b.toString()))
        .toList();
  }

  /** Every method of an object that may not be used is refused. */
  private void refuses(String name, Object object) {
    List<String> went = new ArrayList<>();
    for (Method method : methods(object)) {
      if (HARMLESS.contains(method.getName())
          || object instanceof Mpi && !needsMpi(method.getName())) {
        continue;
      }
      if (call(name, object, method, good(method, null)) == null) {
        went.add(method.getName());
      }
    }
    assertEquals(List.of(), went, name + ": methods that were not refused");
  }

  /** What is not known of the library alone. */
  private static boolean needsMpi(String method) {
    return !Set.of(
            "allocate",
            "threadLevel",
            "vendor",
            "abiName",
            "libraryPath",
            "libraryVersion",
            "standardVersion",
            "bufferOverhead",
            "errorClass",
            "errorString")
        .contains(method);
  }

  /** The bad values for one parameter, by what they are. */
  private Map<String, Object> bad(Method method, int i, boolean blocks) {
    Class<?>[] types = method.getParameterTypes();
    Class<?> type = types[i];
    Map<String, Object> result = new LinkedHashMap<>();
    if (type == MemorySegment.class) {
      result.put("null", null);
      result.put("short", buffer.asSlice(0, 3));
      result.put("closed", closedBuffer);
      if (!blocks) {
        result.put("heap", MemorySegment.ofArray(new int[4]));
      }
      if (isWritten(method, i)) {
        result.put("read-only", buffer.asSlice(32, 16).asReadOnly());
        if (blocks) {
          result.put("read-only heap", MemorySegment.ofArray(new int[4]).asReadOnly());
        }
      }
      if (isWritten(method, i) && overlaps(method)) {
        // By half an element.
        result.put("overlapping", buffer.asSlice(2, 16));
      }
    } else if (type == long.class) {
      result.put("negative", -3L);
      if (!isFileOffset(types, i)) {
        result.put("past the end", 1_234_567L);
        result.put("huge", Long.MAX_VALUE - 5);
      }
    } else if (type == int.class) {
      result.put("negative", -99);
      result.put("large", 1_234_567_890);
    } else if (type == Datatype.class) {
      result.put("null", null);
      result.put("uncommitted", uncommitted);
      result.put("closed", closedType);
    } else if (type == Op.class) {
      result.put("null", null);
      result.put("closed", closedOp);
    } else if (type == Request.class) {
      result.put("null", null);
      result.put("of another communicator", other.newRequest());
      result.put("active", active);
    } else if (type == BlockLayout.class) {
      result.put("null", null);
      result.put("of 3 blocks", comm.newBlockLayout(3));
      BlockLayout far = comm.newBlockLayout(1);
      far.set(0, 0, 77_777);
      result.put("past the end", far);
    } else if (type == TypedBlockLayout.class) {
      result.put("null", null);
      result.put("of 3 blocks", comm.newTypedBlockLayout(3));
      TypedBlockLayout far = comm.newTypedBlockLayout(1);
      far.set(0, 0, 77_777, Datatype.INT);
      result.put("past the end", far);
    } else if (type == Info.class) {
      result.put("closed", closedInfo);
    }
    return result;
  }

  /** Whether C writes to a buffer: the last of those that a method takes, or none. */
  private static boolean isWritten(Method method, int i) {
    List<Class<?>> after = Arrays.asList(method.getParameterTypes());
    boolean last = !after.subList(i + 1, after.size()).contains(MemorySegment.class);
    boolean first = after.indexOf(MemorySegment.class) == i;
    // At the root, which the one rank is, a broadcast reads.
    String name = method.getName();
    boolean receives = name.matches("(?i).*(recv|read).*|get|rget|sendrecvReplace");
    return last && (receives || !first);
  }

  /** Whether a method reads one buffer and writes another, of elements at the start of both. */
  private static boolean overlaps(Method method) {
    List<Class<?>> types = Arrays.asList(method.getParameterTypes());
    return types.indexOf(MemorySegment.class) != types.lastIndexOf(MemorySegment.class)
        && !method.getName().matches("pack|unpack");
  }

  private static boolean isFileOffset(Class<?>[] types, int i) {
    return i == 0 && types.length > 1 && types[1] == MemorySegment.class;
  }

  /** A tag may be large, and a position of a message that is received be any. */
  private static boolean isAllowed(Method method, int i, Object value) {
    boolean lastInt = true;
    Class<?>[] types = method.getParameterTypes();
    for (int k = i + 1; k < types.length; k++) {
      lastInt &= types[k] != int.class;
    }
    int ints = (int) Arrays.stream(types).filter(each -> each == int.class).count();
    // sendrecvReplace has a tag in the middle.
    boolean tag =
        ints > 1 && lastInt
            || ints == 4 && i == 5
            || method.getName().startsWith("sendrecv") && lastInt;
    return tag && Integer.valueOf(1_234_567_890).equals(value);
  }

  private void sweep(String name, Object object) {
    List<String> accepted = new ArrayList<>();
    for (Method method : methods(object)) {
      Class<?>[] types = method.getParameterTypes();
      if (!Arrays.asList(types).contains(MemorySegment.class)
          || Set.of("attach", "detach", "createWin").contains(method.getName())) {
        continue;
      }
      boolean blocks =
          object != win
              && !Arrays.asList(types).contains(Request.class)
              && !Arrays.asList(types).contains(TypedBlockLayout.class)
              && method.getReturnType() == void.class
              && !method.getName().endsWith("Begin");
      for (int i = 0; i < types.length; i++) {
        for (Map.Entry<String, Object> each : bad(method, i, blocks).entrySet()) {
          if (isAllowed(method, i, each.getValue())) {
            continue;
          }
          Object[] arguments = good(method, comm);
          arguments[i] = each.getValue();
          String said = call(name, object, method, arguments);
          String which = method.getName() + ", argument " + i + " " + each.getKey();
          if (said == null) {
            accepted.add(which);
          } else if (each.getValue() instanceof Number number
              && !said.contains(number.toString())
              && !said.contains("MPI_")
              && !said.equals("lacking")) {
            accepted.add(which + " without its value: " + said);
          }
        }
      }
    }
    assertEquals(List.of(), accepted, name + ": what was not refused");
  }

  @RankTest
  void communicators() {
    sweep("Comm", comm);
  }

  @RankTest
  void windows() {
    sweep("Win", win);
  }

  @RankTest
  void files() {
    sweep("MpiFile", file);
  }

  /** MPICH ends the process where it is let see this. */
  @RankTest
  void overlaps() {
    for (long offset = 0; offset < 8; offset += 4) {
      long at = offset;
      IllegalArgumentException refused =
          assertThrows(
              IllegalArgumentException.class,
              () -> comm.sendrecv(buffer, 0, 2, 0, buffer, at, 2, 0, Datatype.INT, 1));
      assertTrue(refused.getMessage().contains("MPI_Sendrecv"), refused.getMessage());
    }
    comm.sendrecv(buffer, 0, 2, 0, buffer, 8, 2, 0, Datatype.INT, 1);
  }

  /** The arguments that the sweep calls good are: else it would find every method strict. */
  @RankTest
  void goodArgumentsAreTaken() throws ReflectiveOperationException {
    int taken = 0;
    for (Method method : methods(comm)) {
      boolean started =
          method.getParameterCount() > 2
              && Arrays.asList(method.getParameterTypes()).contains(Request.class)
              && !method.getName().contains("recv");
      if (started && method.getName().matches("i(all|scan|bcast|gather|scatter|neighbor).*")) {
        Object[] arguments = good(method, comm);
        method.invoke(comm, arguments);
        ((Request) arguments[arguments.length - 1]).await(null);
        taken++;
      }
    }
    assertTrue(taken >= 15, taken + " methods");
  }
}
