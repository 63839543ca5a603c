package io.weft.bench.peer;

import io.weft.comm.Communicator;
import io.weft.comm.Job;
import io.weft.ffi.CType;
import io.weft.ffi.NativeLibrary;
import io.weft.ffi.NativeMemory;
import io.weft.ffi.SignalHandlers;
import io.weft.ffi.Unchecked;
import io.weft.launch.Network;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.TreeMap;
import org.openucx.jucx.NativeLibs;
import org.openucx.jucx.ucp.UcpContext;
import org.openucx.jucx.ucp.UcpEndpoint;
import org.openucx.jucx.ucp.UcpEndpointParams;
import org.openucx.jucx.ucp.UcpParams;
import org.openucx.jucx.ucp.UcpWorker;
import org.openucx.jucx.ucp.UcpWorkerParams;

/**
 * UCX's own Java binding over the UCX of this machine: tagged messages, puts and gets of one worker
 * that is polled by its only thread, as the binding's documentation has it for latency.
 */
final class JucxPeer extends PairPeer {
  /** UCX's transports within one host; see {@code ucx_info -d}. */
  private static final String SHARED_MEMORY = "posix,sysv,cma,self";

  private final TreeMap<Integer, UcpEndpoint> endpoints = new TreeMap<>();
  private final UcpContext context;
  private final UcpWorker worker;
  private final Pause pause;
  private final String transports;

  private JucxPeer(Job job, Communicator control, UcpParams params, String transports) {
    super(
        job,
        control,
        "jucx",
        Set.of(
            Pattern.PING_PONG,
            Pattern.BANDWIDTH,
            Pattern.BIDIRECTIONAL,
            Pattern.MESSAGE_RATE,
            Pattern.PUT,
            Pattern.GET));
    this.transports = transports;
    pause = new Pause(job.sharesCores());
    context = SignalHandlers.preserve(() -> new UcpContext(params));
    worker = context.newWorker(new UcpWorkerParams());
  }

  /**
   * Opens it; collective.
   *
   * @param job the ranks, closed with the peer
   * @param network {@link Network#SHM} or {@link Network#ENA}
   * @return the peer
   * @throws AbsentException for another network, or on every rank if UCX or the binding cannot be
   *     loaded on one; the job stays the caller's then
   */
  static JucxPeer open(Job job, Network network) {
    if (network == Network.SHM && !job.isOneHost()) {
      throw new AbsentException("UCX shares memory within one host, and the ranks are on several");
    }
    if (network != Network.SHM && network != Network.ENA) {
      throw new AbsentException("UCX before 1.19 knows no " + network);
    }
    agree(job, refusal());
    UcpParams params = new UcpParams().requestTagFeature().requestRmaFeature();
    String transports = network == Network.SHM ? SHARED_MEMORY : "tcp,self";
    params.setConfig("TLS", transports);
    if (network == Network.ENA) {
      params.setConfig("NET_DEVICES", interfaceOf(job.address()));
    }
    return new JucxPeer(job, overMpi(job), params, transports);
  }

  /** Why the binding is not there; null if it is. */
  private static String refusal() {
    try {
      SignalHandlers.preserve(
          () -> {
            NativeLibs.load();
            return null;
          });
    } catch (UnsatisfiedLinkError missing) {
      return "jucx cannot be loaded: " + missing.getMessage();
    }
    String jucx = version(UcpContext.class);
    String ucx = ucxVersion();
    return minor(ucx) < minor(jucx)
        ? "jucx %s needs UCX %s or later, and here is %s".formatted(jucx, jucx, ucx)
        : null;
  }

  /** Of versions such as 1.12.1, of which there is but one major. */
  private static int minor(String version) {
    return Integer.parseInt(version.split("[.]")[1]);
  }

  private static String interfaceOf(String address) {
    try {
      return NetworkInterface.getByInetAddress(InetAddress.ofLiteral(address)).getName();
    } catch (SocketException e) {
      throw new IllegalStateException("cannot ask for the interface of " + address, e);
    }
  }

  @Override
  String library() {
    return "jucx " + version(UcpContext.class) + " over UCX " + ucxVersion();
  }

  /** The jar's file name holds it; its manifest says nothing. */
  private static String version(Class<?> type) {
    String jar = type.getProtectionDomain().getCodeSource().getLocation().getPath();
    return jar.replaceAll(".*jucx-(.*)[.]jar$", "$1");
  }

  private static String ucxVersion() {
    try {
      long text =
          (long)
              NativeLibrary.open("libucp.so.0")
                  .function("ucp_get_version_string", CType.longFunction())
                  .invokeExact();
      return NativeMemory.stringAt(text);
    } catch (Throwable t) {
      throw Unchecked.rethrow(t);
    }
  }

  @Override
  String provider() {
    return "UCX_TLS=" + transports;
  }

  @Override
  String protocol() {
    return "ucp";
  }

  @Override
  void connect(int partner, long bytes) {
    byte[][] addresses = job().allgather(toArray(worker.getAddress()));
    if (partner >= 0 && !endpoints.containsKey(partner)) {
      UcpEndpointParams to = new UcpEndpointParams().setUcpAddress(direct(addresses[partner]));
      endpoints.put(partner, worker.newEndpoint(to));
    }
  }

  static byte[] toArray(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  static ByteBuffer direct(byte[] bytes) {
    return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
  }

  @Override
  PairOperation prepare(Pattern pattern, long bytes, int partner) {
    UcpEndpoint endpoint = partner < 0 ? null : endpoints.get(partner);
    JucxOperation operation =
        new JucxOperation(pattern, bytes, rank(), size(), partner, worker, endpoint, pause);
    if (pattern == Pattern.PUT || pattern == Pattern.GET) {
      byte[][] all = job().allgather(operation.share(context));
      operation.reach(all[1]);
    }
    return operation;
  }

  @Override
  public void close() {
    barrier();
    endpoints.values().forEach(UcpEndpoint::close);
    worker.close();
    context.close();
    super.close();
  }
}
