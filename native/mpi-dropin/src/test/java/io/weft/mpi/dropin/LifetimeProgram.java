package io.weft.mpi.dropin;

import java.io.IOException;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mpi.CartComm;
import mpi.Comm;
import mpi.Count;
import mpi.Datatype;
import mpi.Errhandler;
import mpi.File;
import mpi.GraphComm;
import mpi.Group;
import mpi.Info;
import mpi.Intercomm;
import mpi.Intracomm;
import mpi.MPI;
import mpi.MPIException;
import mpi.Message;
import mpi.Op;
import mpi.Prequest;
import mpi.Request;
import mpi.Status;
import mpi.UserFunction;
import mpi.Win;

/**
 * Calls every public method before {@code MPI.Init} or after {@code MPI.Finalize}, with arguments
 * that are right otherwise: {@link LifetimeTest} starts it on two ranks. Libraries end the process
 * where such a call reaches them, and say which it was.
 */
final class LifetimeProgram {
  private static final List<Class<?>> CLASSES =
      List.of(
          MPI.class,
          Comm.class,
          Intracomm.class,
          CartComm.class,
          GraphComm.class,
          Intercomm.class,
          Group.class,
          Datatype.class,
          Op.class,
          Info.class,
          Request.class,
          Prequest.class,
          Message.class,
          Status.class,
          Win.class,
          File.class);

  /** Methods that ask MPI nothing, or what may be asked at any time. */
  private static final Set<String> AT_ANY_TIME =
      Set.of(
          "isNull",
          "isNoProc",
          "isCommutative",
          "isInitialized",
          "isFinalized",
          "getVersion",
          "getLibVersion",
          "getRequest",
          "getView",
          "getSource",
          "getTag",
          "getError",
          "getIndex",
          "slice",
          "newByteBuffer",
          "newCharBuffer",
          "newShortBuffer",
          "newIntBuffer",
          "newLongBuffer",
          "newFloatBuffer",
          "newDoubleBuffer");

  /** They start MPI, or end the process by their nature. */
  private static final Set<String> NEVER = Set.of("Init", "InitThread", "abort");

  private static final Map<Class<?>, Object> OBJECTS = new HashMap<>();

  private LifetimeProgram() {}

  /**
   * Prints each method that did not refuse, and how many did.
   *
   * @param args {@code before} or {@code after}
   */
  public static void main(String[] args) throws Exception {
    boolean after = args[0].equals("after");
    OBJECTS.put(Datatype.class, MPI.INT);
    OBJECTS.put(Op.class, MPI.SUM);
    OBJECTS.put(Info.class, MPI.INFO_NULL);
    OBJECTS.put(Comm.class, MPI.COMM_WORLD);
    OBJECTS.put(Intracomm.class, MPI.COMM_WORLD);
    OBJECTS.put(Group.class, MPI.GROUP_EMPTY);
    OBJECTS.put(Errhandler.class, MPI.ERRORS_RETURN);
    OBJECTS.put(Count.class, new Count(1));
    OBJECTS.put(UserFunction.class, new Nothing());
    if (after) {
      MPI.Init(args);
      make(MPI.COMM_WORLD);
      MPI.Finalize();
    }
    int refused = 0;
    for (Class<?> each : CLASSES) {
      for (Method method : each.getDeclaredMethods()) {
        if (Modifier.isPublic(method.getModifiers())
            && !method.isSynthetic()
            && !AT_ANY_TIME.contains(method.getName())
            && !NEVER.contains(method.getName())
            && (Modifier.isStatic(method.getModifiers()) || OBJECTS.containsKey(each))) {
          refused += refuses(method, OBJECTS.get(each), after) ? 1 : 0;
        }
      }
    }
    System.out.println("refused " + refused);
  }

  private static final class Nothing extends UserFunction {
    @Override
    public void call(Object in, Object inOut, int count, Datatype datatype) {}
  }

  /** What only a running MPI can make. */
  private static void make(Intracomm world) throws MPIException, IOException {
    OBJECTS.put(CartComm.class, world.createCart(new int[] {2}, new boolean[] {true}, false));
    OBJECTS.put(GraphComm.class, world.createGraph(new int[] {1, 2}, new int[] {1, 0}, false));
    int other = 1 - world.getRank();
    OBJECTS.put(Intercomm.class, world.createIntercomm(MPI.COMM_SELF, 0, other, 0));
    OBJECTS.put(Group.class, world.getGroup());
    OBJECTS.put(Info.class, new Info());
    IntBuffer buffer = MPI.newIntBuffer(64);
    Request request = world.iSend(buffer, 1, MPI.INT, MPI.PROC_NULL, 0);
    OBJECTS.put(Status.class, request.waitStatus());
    OBJECTS.put(Request.class, request);
    OBJECTS.put(Prequest.class, world.sendInit(buffer, 1, MPI.INT, MPI.PROC_NULL, 0));
    OBJECTS.put(Message.class, new Message());
    Win win = new Win(buffer, 64, 1, MPI.INFO_NULL, world);
    OBJECTS.put(Win.class, win);
    win.free();
    Path path = Files.createTempFile("lifetime", ".bin");
    File file = new File(MPI.COMM_SELF, path.toString(), MPI.MODE_RDWR, MPI.INFO_NULL);
    OBJECTS.put(File.class, file);
    file.close();
    Files.delete(path);
  }

  private static boolean refuses(Method method, Object object, boolean after) throws Exception {
    Class<?>[] types = method.getParameterTypes();
    Object[] arguments = new Object[types.length];
    for (int i = 0; i < types.length; i++) {
      arguments[i] = argument(types[i]);
    }
    String expected = after ? "MPI is finalized" : "MPI is not initialized";
    try {
      Object result = method.invoke(object, arguments);
      System.out.println("WRONG " + method + " returned " + result);
    } catch (InvocationTargetException thrown) {
      if (String.valueOf(thrown.getCause().getMessage()).startsWith(expected)) {
        return true;
      }
      System.out.println("WRONG " + method + " threw " + thrown.getCause());
    }
    return false;
  }

  private static Object argument(Class<?> type) {
    Object known = OBJECTS.get(type);
    if (known != null) {
      return known;
    }
    if (type == String.class) {
      return "name";
    }
    if (type.isArray()) {
      Class<?> component = type.getComponentType();
      Object array = Array.newInstance(component, 4);
      for (int i = 0; i < 4 && !component.isPrimitive(); i++) {
        Array.set(array, i, argument(component));
      }
      return array;
    }
    if (type.isPrimitive()) {
      return Array.get(Array.newInstance(type, 1), 0);
    }
    if (type == IntBuffer.class) {
      return MPI.newIntBuffer(64);
    }
    return type.isAssignableFrom(ByteBuffer.class) ? MPI.newByteBuffer(256) : null;
  }
}
