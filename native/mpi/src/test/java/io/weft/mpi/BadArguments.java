package io.weft.mpi;

import java.util.ArrayList;
import java.util.List;

/** Bad arguments of what has no buffer: groups, infos, topologies, datatypes and more. */
final class BadArguments {
  /** How the message of a null that was not to be one ends, with the parameter's name before. */
  private static final String NULL = " is null";

  private static final int FAR = 1_234_567;

  private final Mpi mpi;
  private final Comm comm;
  private final int size;
  private final Group group;
  private final Group closedGroup;
  private final Info closedInfo;
  private final Comm closedComm;
  private final DerivedType closedType;

  BadArguments(Mpi mpi, Comm comm) {
    this.mpi = mpi;
    this.comm = comm;
    this.size = comm.size();
    this.group = comm.group();
    this.closedGroup = comm.group();
    closedGroup.close();
    this.closedInfo = mpi.newInfo();
    closedInfo.close();
    this.closedComm = comm.dup();
    closedComm.close();
    this.closedType = mpi.types().contiguous(1, Datatype.INT).commit();
    closedType.close();
  }

  void close() {
    group.close();
  }

  private static void add(List<BadCase> to, String method, Object value, BadCase.Call call) {
    to.add(new BadCase(method, value.toString(), call));
  }

  List<BadCase> groups() {
    List<BadCase> to = new ArrayList<>();
    for (int rank : new int[] {-99, -1, size, FAR}) {
      add(to, "include", rank, () -> group.include(rank));
      add(to, "include", rank, () -> group.include(0, rank));
      add(to, "exclude", rank, () -> group.exclude(rank));
      add(to, "translate", rank, () -> group.translate(new int[] {rank}, group));
      add(to, "includeRanges", rank, () -> group.includeRanges(new int[] {rank, rank, 1}));
      add(to, "includeRanges", rank, () -> group.includeRanges(new int[] {0, rank, 1}));
      add(to, "excludeRanges", rank, () -> group.excludeRanges(new int[] {rank, rank, 1}));
      add(to, "excludeRanges", rank, () -> group.excludeRanges(new int[] {rank, 0, -1}));
    }
    add(to, "include", "rank 0 is there twice", () -> group.include(0, 0));
    add(to, "exclude", "rank 0 is there twice", () -> group.exclude(0, 0));
    int[] zero = {0, 0, 1};
    add(to, "includeRanges", "rank 0 is there twice", () -> group.includeRanges(zero, zero));
    add(to, "excludeRanges", "rank 0 is there twice", () -> group.excludeRanges(zero, zero));
    add(to, "includeRanges", "step 0", () -> group.includeRanges(new int[] {0, 0, 0}));
    add(to, "excludeRanges", "step", () -> group.excludeRanges(new int[] {0, size - 1, 0}));
    add(to, "includeRanges", "step", () -> group.includeRanges(new int[] {0, 0}));
    add(to, "excludeRanges", "step", () -> group.excludeRanges(new int[4]));
    add(to, "includeRanges", NULL, () -> group.includeRanges((int[][]) null));
    add(to, "includeRanges", NULL, () -> group.includeRanges(zero, null));
    add(to, "excludeRanges", NULL, () -> group.excludeRanges(new int[][] {null}));
    add(to, "include", NULL, () -> group.include((int[]) null));
    add(to, "exclude", NULL, () -> group.exclude((int[]) null));
    add(to, "translate", NULL, () -> group.translate(null, group));
    add(to, "translate", NULL, () -> group.translate(new int[1], null));
    add(to, "compare", NULL, () -> group.compare(null));
    add(to, "union", NULL, () -> group.union(null));
    add(to, "intersection", NULL, () -> group.intersection(null));
    add(to, "difference", NULL, () -> group.difference(null));
    add(to, "translate", "closed", () -> group.translate(new int[1], closedGroup));
    add(to, "compare", "closed", () -> group.compare(closedGroup));
    add(to, "union", "closed", () -> group.union(closedGroup));
    add(to, "intersection", "closed", () -> group.intersection(closedGroup));
    add(to, "difference", "closed", () -> group.difference(closedGroup));
    Group none = mpi.emptyGroup();
    add(to, "include", "rank 0", () -> none.include(0));
    add(to, "translate", "rank 0", () -> none.translate(new int[1], group));
    return to;
  }

  List<BadCase> infos() {
    List<BadCase> to = new ArrayList<>();
    Info info = mpi.newInfo();
    String longKey = "k".repeat(FAR);
    for (String bad : new String[] {"", "a\0b", longKey}) {
      String said = bad.length() + " bytes";
      add(to, "set", said, () -> info.set(bad, "value"));
      add(to, "set", said, () -> info.set("key", bad));
      add(to, "get", said, () -> info.get(bad));
      add(to, "delete", said, () -> info.delete(bad));
    }
    add(to, "set", NULL, () -> info.set(null, "value"));
    add(to, "set", NULL, () -> info.set("key", null));
    add(to, "get", NULL, () -> info.get(null));
    add(to, "delete", NULL, () -> info.delete(null));
    add(to, "delete", "MPI_Info_delete", () -> info.delete("never set"));
    return to;
  }

  /** Communicators that are made of others; none of these calls communicates before it refuses. */
  List<BadCase> communicators() {
    List<BadCase> to = new ArrayList<>();
    add(to, "create", NULL, () -> comm.create(null));
    add(to, "create", "closed", () -> comm.create(closedGroup));
    add(to, "createGroup", NULL, () -> comm.createGroup(null, 0));
    add(to, "createGroup", "closed", () -> comm.createGroup(closedGroup, 0));
    add(to, "createGroup", "-5", () -> comm.createGroup(group, -5));
    add(to, "compare", NULL, () -> comm.compare(null));
    add(to, "compare", "closed", () -> comm.compare(closedComm));
    add(to, "dup", "closed", () -> comm.dup(closedInfo));
    add(to, "splitShared", "closed", () -> comm.splitShared(0, closedInfo));
    add(to, "setInfo", "closed", () -> comm.setInfo(closedInfo));
    add(to, "setInfo", "MPI_Comm_set_info", () -> comm.setInfo(null));
    add(to, "setName", NULL, () -> comm.setName(null));
    add(to, "remoteGroup", "inter-communicator", comm::remoteGroup);
    add(to, "remoteSize", "inter-communicator", comm::remoteSize);
    add(to, "merge", "inter-communicator", () -> comm.merge(true));
    for (int leader : new int[] {-1, size, FAR}) {
      add(to, "createInter", leader, () -> comm.createInter(leader, mpi.world(), 0, 1));
    }
    add(to, "createInter", FAR, () -> mpi.self().createInter(0, comm, FAR, 1));
    add(to, "createInter", -7, () -> mpi.self().createInter(0, comm, -7, 1));
    add(to, "createInter", -5, () -> mpi.self().createInter(0, comm, 0, -5));
    add(to, "createInter", NULL, () -> comm.createInter(0, null, 0, 1));
    add(to, "createInter", "closed", () -> comm.createInter(0, closedComm, 0, 1));
    add(to, "disconnect", "MPI_Comm_disconnect", mpi.world()::disconnect);
    add(to, "idup", NULL, () -> comm.idup(null));
    add(to, "idup", "another", () -> comm.idup(mpi.self().newRequest()));
    return to;
  }

  List<BadCase> cartesian() {
    List<BadCase> to = new ArrayList<>();
    boolean[] one = new boolean[1];
    boolean[] two = new boolean[2];
    for (int length : new int[] {-1, size + 1, FAR}) {
      add(to, "createCart", length, () -> comm.createCart(new int[] {length}, one, false));
      add(to, "createCart", length, () -> comm.createCart(new int[] {1, length}, two, false));
    }
    add(to, "createCart", "65536", () -> comm.createCart(new int[] {1 << 16, 1 << 16}, two, false));
    add(to, "createCart", "0", () -> comm.createCart(new int[] {0}, one, false));
    add(to, "createCart", "2", () -> comm.createCart(new int[] {1}, two, false));
    add(to, "createCart", NULL, () -> comm.createCart(null, one, false));
    add(to, "createCart", NULL, () -> comm.createCart(new int[1], null, false));
    add(to, "cart", "NONE", () -> plain().cart());
    add(to, "graph", "NONE", () -> plain().graph());
    add(to, "graphNeighbors", "NONE", () -> plain().graphNeighbors(0));
    add(to, "distGraphNeighbors", "NONE", () -> plain().distGraphNeighbors());
    add(to, "inDegree", "no topology", () -> plain().inDegree());
    add(to, "outDegree", "no topology", () -> plain().outDegree());
    Comm grid = comm.createCart(new int[] {size, 1}, new boolean[] {false, true}, false);
    CartTopology cart = grid.cart();
    for (int rank : new int[] {-1, size, FAR}) {
      add(to, "coords", rank, () -> cart.coords(rank));
      add(to, "rank", rank, () -> cart.rank(rank, 0));
    }
    add(to, "rank", "1 coordinates", () -> cart.rank(0));
    add(to, "rank", "3 coordinates", () -> cart.rank(0, 0, 0));
    add(to, "rank", NULL, () -> cart.rank((int[]) null));
    for (int dimension : new int[] {-1, 2, FAR}) {
      add(to, "shift", dimension, () -> cart.shift(dimension, 1));
    }
    add(to, "sub", "1", () -> cart.sub(true));
    add(to, "sub", "3", () -> cart.sub(true, true, true));
    add(to, "sub", NULL, () -> cart.sub((boolean[]) null));
    add(to, "graph", "CART", grid::graph);
    add(to, "dims", "-1", () -> mpi.dims(-1, 0));
    add(to, "dims", "0", () -> mpi.dims(0, 0));
    add(to, "dims", "-3", () -> mpi.dims(4, -3, 0));
    add(to, "dims", "3", () -> mpi.dims(4, 3, 0));
    add(to, "dims", "5", () -> mpi.dims(4, 5));
    add(to, "dims", NULL, () -> mpi.dims(4, (int[]) null));
    return to;
  }

  private Comm plain() {
    return mpi.world();
  }

  List<BadCase> graphs() {
    List<BadCase> to = new ArrayList<>();
    for (int rank : new int[] {-1, size, FAR}) {
      add(to, "createGraph", rank, () -> comm.createGraph(new int[][] {{rank}}, false));
      int[] bad = {rank};
      int[] none = {};
      add(
          to,
          "createDistGraphAdjacent",
          rank,
          () -> comm.createDistGraphAdjacent(bad, null, none, null, null, false));
      add(
          to,
          "createDistGraphAdjacent",
          rank,
          () -> comm.createDistGraphAdjacent(none, null, bad, null, null, false));
      add(
          to,
          "createDistGraph",
          rank,
          () -> comm.createDistGraph(bad, new int[][] {{0}}, null, null, false));
      add(
          to,
          "createDistGraph",
          rank,
          () -> comm.createDistGraph(new int[1], new int[][] {bad}, null, null, false));
    }
    add(to, "createGraph", size + 1, () -> comm.createGraph(new int[size + 1][0], false));
    add(to, "createGraph", NULL, () -> comm.createGraph(null, false));
    add(to, "createGraph", NULL, () -> comm.createGraph(new int[1][], false));
    int[] zero = {0};
    int[] minus = {-4};
    add(
        to,
        "createDistGraphAdjacent",
        "-4",
        () -> comm.createDistGraphAdjacent(zero, minus, zero, zero, null, false));
    add(
        to,
        "createDistGraph",
        "-4",
        () -> comm.createDistGraph(zero, new int[][] {zero}, new int[][] {minus}, null, false));
    add(
        to,
        "createDistGraphAdjacent",
        "1 ranks and 2 weights",
        () -> comm.createDistGraphAdjacent(zero, new int[2], zero, zero, null, false));
    add(
        to,
        "createDistGraphAdjacent",
        "neither",
        () -> comm.createDistGraphAdjacent(zero, zero, zero, null, null, false));
    add(
        to,
        "createDistGraphAdjacent",
        NULL,
        () -> comm.createDistGraphAdjacent(null, null, zero, null, null, false));
    add(
        to,
        "createDistGraphAdjacent",
        NULL,
        () -> comm.createDistGraphAdjacent(zero, null, null, null, null, false));
    add(
        to,
        "createDistGraphAdjacent",
        "closed",
        () -> comm.createDistGraphAdjacent(zero, null, zero, null, closedInfo, false));
    add(
        to,
        "createDistGraph",
        "1 sources",
        () -> comm.createDistGraph(zero, new int[2][0], null, null, false));
    add(
        to,
        "createDistGraph",
        "1 sources",
        () -> comm.createDistGraph(zero, new int[1][0], new int[2][0], null, false));
    add(
        to,
        "createDistGraph",
        "1 weights",
        () -> comm.createDistGraph(zero, new int[1][0], new int[1][1], null, false));
    add(to, "createDistGraph", NULL, () -> comm.createDistGraph(null, null, null, null, false));
    add(
        to,
        "createDistGraph",
        NULL,
        () -> comm.createDistGraph(zero, new int[1][], null, null, false));
    Comm graph = comm.createGraph(new int[size][0], false);
    for (int rank : new int[] {-1, size, FAR}) {
      add(to, "graphNeighbors", rank, () -> graph.graphNeighbors(rank));
    }
    add(to, "cart", "GRAPH", graph::cart);
    add(to, "newBlockLayout", "-1", () -> comm.newBlockLayout(-1));
    add(to, "newTypedBlockLayout", "-1", () -> comm.newTypedBlockLayout(-1));
    BlockLayout layout = comm.newBlockLayout(1);
    add(to, "set", "-1", () -> layout.set(-1, 0, 0));
    add(to, "set", "1", () -> layout.set(1, 0, 0));
    add(to, "set", "-2", () -> layout.set(0, -2, 0));
    add(to, "set", "-2", () -> layout.set(0, 0, -2));
    TypedBlockLayout typed = comm.newTypedBlockLayout(1);
    add(to, "set", "-1", () -> typed.set(-1, 0, 0, Datatype.INT));
    add(to, "set", "-2", () -> typed.set(0, -2, 0, Datatype.INT));
    add(to, "set", "-2", () -> typed.set(0, 0, -2, Datatype.INT));
    add(to, "set", NULL, () -> typed.set(0, 0, 0, null));
    add(to, "set", "closed", () -> typed.set(0, 0, 0, closedType));
    return to;
  }

  List<BadCase> datatypes() {
    List<BadCase> to = new ArrayList<>();
    DerivedTypes types = mpi.types();
    Datatype of = Datatype.INT;
    long past = Integer.MAX_VALUE + 1L;
    add(to, "contiguous", "-3", () -> types.contiguous(-3, of));
    add(to, "vector", "-3", () -> types.vector(-3, 1, 1, of));
    add(to, "vector", "-3", () -> types.vector(1, -3, 1, of));
    add(to, "hvector", "-3", () -> types.hvector(-3, 1, 1, of));
    add(to, "hvector", "-3", () -> types.hvector(1, -3, 1, of));
    long[] one = {1};
    long[] two = {1, 1};
    long[] minus = {-3};
    long[] large = {past};
    add(to, "indexed", "-3", () -> types.indexed(minus, one, of));
    add(to, "hindexed", "-3", () -> types.hindexed(minus, one, of));
    add(to, "indexedBlock", "-3", () -> types.indexedBlock(-3, one, of));
    add(to, "hindexedBlock", "-3", () -> types.hindexedBlock(-3, one, of));
    add(to, "struct", "-3", () -> types.struct(minus, one, of));
    add(to, "indexed", past, () -> types.indexed(large, one, of));
    add(to, "indexed", past, () -> types.indexed(one, large, of));
    add(to, "hindexed", past, () -> types.hindexed(large, one, of));
    add(to, "indexedBlock", past, () -> types.indexedBlock(1, large, of));
    add(to, "struct", past, () -> types.struct(large, one, of));
    add(to, "indexed", "1 and 2", () -> types.indexed(one, two, of));
    add(to, "hindexed", "1 and 2", () -> types.hindexed(one, two, of));
    add(to, "struct", "1 and 2", () -> types.struct(one, two, of));
    add(to, "struct", "1 and 2", () -> types.struct(one, one, of, of));
    int[] i1 = {4};
    int[] i2 = {4, 4};
    int[] i0 = {0};
    add(to, "subarray", "1 and 2", () -> types.subarray(i1, i2, i0, of));
    add(to, "subarray", "1 and 2", () -> types.subarray(i1, i1, i2, of));
    add(to, "subarray", "5 elements", () -> types.subarray(i1, new int[] {5}, i0, of));
    add(to, "subarray", "from 1", () -> types.subarray(i1, i1, new int[] {1}, of));
    add(to, "subarray", "from -1", () -> types.subarray(i1, i1, new int[] {-1}, of));
    add(to, "subarray", "0 elements", () -> types.subarray(i1, i0, i0, of));
    add(to, "subarray", "-4", () -> types.subarray(new int[] {-4}, i1, i0, of));
    int[] none = {};
    add(to, "subarray", "0", () -> types.subarray(none, none, none, of));
    add(to, "distributed", "0", () -> types.distributed(1, 0, none, none, none, of));
    add(to, "distributed", "1 and 2", () -> types.distributed(1, 0, i1, i2, i1, of));
    add(to, "distributed", "rank -1", () -> types.distributed(4, -1, i1, i1, i1, of));
    add(to, "distributed", "rank 4", () -> types.distributed(4, 4, i1, i1, i1, of));
    add(to, "distributed", "in 3 ranks", () -> types.distributed(3, 0, i1, i1, i1, of));
    add(to, "distributed", "length 0", () -> types.distributed(4, 0, i0, i1, i1, of));
    add(to, "distributed", "0 ranks", () -> types.distributed(0, 0, i1, i1, i0, of));
    add(
        to,
        "distributed",
        "blocks of -1",
        () -> types.distributed(4, 0, i1, new int[] {-1}, i1, of));
    int[] wraps = {1 << 16, 1 << 16};
    add(to, "distributed", "65536", () -> types.distributed(4, 0, wraps, wraps, wraps, of));
    add(to, "contiguous", NULL, () -> types.contiguous(1, null));
    add(to, "vector", NULL, () -> types.vector(1, 1, 1, null));
    add(to, "hvector", NULL, () -> types.hvector(1, 1, 1, null));
    add(to, "indexed", NULL, () -> types.indexed(one, one, null));
    add(to, "indexed", NULL, () -> types.indexed(null, one, of));
    add(to, "indexed", NULL, () -> types.indexed(one, null, of));
    add(to, "hindexed", NULL, () -> types.hindexed(one, null, of));
    add(to, "indexedBlock", NULL, () -> types.indexedBlock(1, null, of));
    add(to, "hindexedBlock", NULL, () -> types.hindexedBlock(1, null, of));
    add(to, "struct", NULL, () -> types.struct(one, one, (Datatype) null));
    add(to, "struct", NULL, () -> types.struct(one, one, (Datatype[]) null));
    add(to, "subarray", NULL, () -> types.subarray(null, i1, i0, of));
    add(to, "distributed", NULL, () -> types.distributed(1, 0, i1, i1, null, of));
    add(to, "resized", NULL, () -> types.resized(null, 0, 4));
    add(to, "dup", NULL, () -> types.dup(null));
    add(to, "contiguous", "closed", () -> types.contiguous(1, closedType));
    add(to, "vector", "closed", () -> types.vector(1, 1, 1, closedType));
    add(to, "hvector", "closed", () -> types.hvector(1, 1, 1, closedType));
    add(to, "indexed", "closed", () -> types.indexed(one, one, closedType));
    add(to, "hindexed", "closed", () -> types.hindexed(one, one, closedType));
    add(to, "indexedBlock", "closed", () -> types.indexedBlock(1, one, closedType));
    add(to, "hindexedBlock", "closed", () -> types.hindexedBlock(1, one, closedType));
    add(to, "struct", "closed", () -> types.struct(two, two, of, closedType));
    add(to, "subarray", "closed", () -> types.subarray(i1, i1, i0, closedType));
    add(to, "distributed", "closed", () -> types.distributed(4, 0, i1, i1, i1, closedType));
    add(to, "resized", "closed", () -> types.resized(closedType, 0, 4));
    add(to, "dup", "closed", () -> types.dup(closedType));
    add(to, "commit", "closed", closedType::commit);
    DerivedType type = types.contiguous(2, of);
    add(to, "setName", NULL, () -> type.setName(null));
    return to;
  }

  List<BadCase> callbacks() {
    List<BadCase> to = new ArrayList<>();
    add(to, "createOp", "function", () -> mpi.createOp(null, true));
    ErrorHandler.Kind ofWin = ErrorHandler.Kind.WIN;
    add(to, "createErrorHandler", "function", () -> mpi.createErrorHandler(ofWin, null));
    add(to, "createErrorHandler", "kind", () -> mpi.createErrorHandler(null, code -> {}));
    add(to, "createAttributeKey", "kind", () -> mpi.createAttributeKey(null, null, null));
    ErrorHandler closed = mpi.createErrorHandler(ErrorHandler.Kind.COMM, code -> {});
    closed.close();
    add(to, "setErrorHandler", "closed", () -> comm.setErrorHandler(closed));
    ErrorHandler other = mpi.createErrorHandler(ofWin, code -> {});
    add(to, "setErrorHandler", "WIN, not COMM", () -> comm.setErrorHandler(other));
    add(to, "setErrorHandler", NULL, () -> comm.setErrorHandler(null));
    AttributeKey<String> key = mpi.createAttributeKey(AttributeKey.Kind.COMM, null, null);
    AttributeKey<String> ofTypes = mpi.createAttributeKey(AttributeKey.Kind.TYPE, null, null);
    AttributeKey<String> gone = mpi.createAttributeKey(AttributeKey.Kind.COMM, null, null);
    gone.close();
    DerivedType type = mpi.types().contiguous(2, Datatype.INT);
    add(to, "setAttribute", "value", () -> comm.setAttribute(key, null));
    add(to, "setAttribute", "TYPE, not COMM", () -> comm.setAttribute(ofTypes, "v"));
    add(to, "setAttribute", "COMM, not TYPE", () -> type.setAttribute(key, "v"));
    add(to, "setAttribute", "closed", () -> comm.setAttribute(gone, "v"));
    add(to, "attribute", "closed", () -> comm.attribute(gone));
    add(to, "attribute", "TYPE, not COMM", () -> comm.attribute(ofTypes));
    add(to, "deleteAttribute", "closed", () -> comm.deleteAttribute(gone));
    add(to, "deleteAttribute", "TYPE, not COMM", () -> comm.deleteAttribute(ofTypes));
    add(to, "setAttribute", NULL, () -> comm.setAttribute(null, "v"));
    add(to, "attribute", NULL, () -> comm.attribute(null));
    add(to, "deleteAttribute", NULL, () -> type.deleteAttribute(null));
    add(to, "addErrorString", "MPI_Add_error_string", () -> mpi.addErrorString(FAR, "text"));
    add(to, "addErrorString", NULL, () -> mpi.addErrorString(mpi.addErrorClass(), null));
    add(to, "newGeneralizedRequest", "operation", () -> comm.newGeneralizedRequest(null));
    add(to, "newRequestSet", NULL, () -> comm.newRequestSet(null));
    Request request = comm.newRequest();
    List<Operation> twice = List.of(request, request);
    add(to, "newRequestSet", "twice", () -> comm.newRequestSet(twice));
    List<Operation> withNull = new ArrayList<>();
    withNull.add(null);
    add(to, "newRequestSet", NULL, () -> comm.newRequestSet(withNull));
    RequestSet set = comm.newRequestSet(List.of(request));
    add(to, "awaitAll", "0 statuses", () -> set.awaitAll(new Status[0]));
    add(to, "testSome", "0 places", () -> set.testSome(new int[0], null));
    add(to, "awaitSome", NULL, () -> set.awaitSome(null, null));
    add(to, "startAll", "persistent", set::startAll);
    Status status = new Status();
    add(to, "setElements", "empty", () -> status.setElements(Datatype.INT, 1));
    return to;
  }

  List<BadCase> processes() {
    List<BadCase> to = new ArrayList<>();
    for (int root : new int[] {-1, size, FAR}) {
      add(to, "spawn", root, () -> comm.spawn(root, program("java")));
      add(to, "accept", root, () -> comm.accept("port", root));
      add(to, "connect", root, () -> comm.connect("port", root));
    }
    Comm self = mpi.self();
    add(to, "spawn", "no program", () -> self.spawn(0));
    add(to, "spawn", NULL, () -> self.spawn(0, (Comm.Program) null));
    add(to, "<init>", "processes is 0", () -> new Comm.Program("x", List.of(), 0, null));
    add(to, "<init>", NULL, () -> new Comm.Program(null, List.of(), 1, null));
    add(to, "<init>", NULL, () -> new Comm.Program("x", null, 1, null));
    add(
        to,
        "spawn",
        "closed",
        () -> self.spawn(0, new Comm.Program("x", List.of(), 1, closedInfo)));
    add(to, "connect", "port is empty", () -> self.connect("", 0));
    add(to, "connect", NULL, () -> self.connect(null, 0));
    add(to, "accept", NULL, () -> self.accept(null, 0));
    add(to, "closePort", NULL, () -> mpi.closePort(null));
    add(to, "publish", NULL, () -> mpi.publish(null, "port"));
    add(to, "publish", NULL, () -> mpi.publish("service", null));
    add(to, "unpublish", NULL, () -> mpi.unpublish(null, "port"));
    add(to, "lookUp", NULL, () -> mpi.lookUp(null));
    add(to, "lookUp", "MPI_Lookup_name", () -> mpi.lookUp("never published"));
    return to;
  }

  private static Comm.Program program(String command) {
    return new Comm.Program(command, List.of(), 1, null);
  }

  List<BadCase> buffers() {
    List<BadCase> to = new ArrayList<>();
    add(to, "attachBuffer", "-1", () -> mpi.attachBuffer(-1));
    add(to, "attachBuffer", "0", () -> mpi.attachBuffer(0));
    add(to, "detachBuffer", "MPI_Buffer_detach", mpi::detachBuffer);
    add(to, "allocate", "-1", () -> mpi.allocate(-1));
    add(to, "packExternalSize", "-2", () -> mpi.packExternalSize(-2, Datatype.INT));
    add(to, "packSize", "-2", () -> comm.packSize(-2, Datatype.INT));
    return to;
  }
}
