package io.weft.comm;

import io.weft.comm.evidence.Host;
import io.weft.comm.fabric.Cores;
import io.weft.comm.fabric.OwnAddress;
import io.weft.comm.rendezvous.Rendezvous;
import io.weft.comm.rendezvous.RendezvousSettings;
import io.weft.launch.Intra;
import io.weft.launch.Network;
import io.weft.launch.Via;
import io.weft.mpi.Mpi;
import io.weft.mpi.ThreadLevel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The ranks that one launcher started, before it is decided how they communicate: how many there
 * are, on which hosts, and the start of a {@link Communicator} over either library. MPI serves to
 * find each other and to abort; what travels on a libfabric communicator does not touch it.
 *
 * <p>One per process. Confined to the thread that started it, but for {@link #abort}.
 */
public final class Job implements AutoCloseable {
  /** Null where the ranks found each other without it. */
  private final Mpi mpi;

  private final Bootstrap bootstrap;
  private final String start;
  private final List<String> hosts = new ArrayList<>();
  private final List<String> hostIdentities = new ArrayList<>();

  private Job(Mpi mpi, Bootstrap bootstrap, String hostName, String start) {
    this.mpi = mpi;
    this.bootstrap = bootstrap;
    this.start = start;
    String mine = Host.identity() + "\n" + hostName;
    for (byte[] text : bootstrap.allgather(mine.getBytes(StandardCharsets.UTF_8))) {
      String[] host = new String(text, StandardCharsets.UTF_8).split("\n", 2);
      hostIdentities.add(host[0]);
      hosts.add(host[1]);
    }
  }

  /**
   * Joins the job that the launcher started; collective. Without a launcher it is a job of one
   * rank.
   *
   * <p>If {@code WEFT_RENDEZVOUS} is set to the {@code HOST:PORT} where rank 0 shall listen, the
   * ranks find each other there, without MPI: no libmpi is loaded, and communicators go over
   * libfabric alone. {@code WEFT_SECRET} is then the job's, and {@code WEFT_RANK} and {@code
   * WEFT_RANKS} say who this is, unless Slurm or another launcher does.
   *
   * <p>If it is {@code launcher}, rank 0 picks address and secret, and the others read them from
   * the launcher, which also says who this is: by PMIx (Open MPI's {@code mpirun}, {@code srun
   * --mpi=pmix}; libpmix.so.2, or the file that {@code WEFT_PMIX_LIB} names) or by PMI-1 (MPICH's
   * {@code mpiexec.hydra}). libpmix is opened then, and no libmpi either.
   *
   * @return the job
   * @throws io.weft.mpi.MpiUnavailableException if there is no usable libmpi
   * @throws CommunicatorException if a variable is wrong, there is no launcher to ask, or the other
   *     ranks did not come in time ({@code WEFT_START_SECONDS}, default 60)
   */
  public static Job start() {
    Rendezvous rendezvous = Rendezvous.start(System.getenv());
    if (rendezvous != null) {
      return new Job(null, rendezvous, Host.name(), "no MPI: a rendezvous of its own");
    }
    Mpi mpi = Mpi.initialize(ThreadLevel.FUNNELED);
    String start = mpi.libraryVersion() + " in " + mpi.libraryPath();
    return new Job(mpi, new MpiBootstrap(mpi), mpi.processorName(), start);
  }

  /**
   * This process's rank.
   *
   * @return {@code 0 .. size() - 1}
   */
  public int rank() {
    return bootstrap.rank();
  }

  /**
   * The number of ranks.
   *
   * @return at least 1
   */
  public int size() {
    return bootstrap.size();
  }

  /**
   * The host of each rank.
   *
   * @return names as MPI gives them, in rank order
   */
  public List<String> hosts() {
    return List.copyOf(hosts);
  }

  /**
   * Says whether all ranks share memory and a loopback interface, whatever their hosts are called.
   *
   * @return true if they are on one host
   */
  public boolean isOneHost() {
    return hostIdentities.stream().distinct().count() == 1;
  }

  /**
   * The most ranks that any one host has.
   *
   * @return at least 1
   */
  public int ranksPerHost() {
    return hostIdentities.stream()
        .mapToInt(host -> (int) hostIdentities.stream().filter(host::equals).count())
        .max()
        .orElse(1);
  }

  /**
   * Gives the bytes of every rank to every rank; collective. For what ranks must know of each other
   * before messages flow, such as addresses; blocks, and is no data path.
   *
   * @param mine this rank's bytes; lengths may differ
   * @return the bytes of each rank, in rank order
   */
  public byte[][] allgather(byte[] mine) {
    return bootstrap.allgather(mine);
  }

  /**
   * Where this rank can be reached by all others: the loopback if all ranks are on this host; else
   * an interface that is up, one of ENA if there is one.
   *
   * @return a numeric IPv4 address
   * @throws CommunicatorException if no interface has one
   */
  public String address() {
    return OwnAddress.choose(isOneHost());
  }

  /**
   * Says whether the ranks of this host are more than the cores that they may run on, so that one
   * that waits should let others run; collective.
   *
   * @return true if they have to share cores
   */
  public boolean sharesCores() {
    return Cores.areShared(bootstrap);
  }

  /**
   * What started the job.
   *
   * @return the MPI library's name, version and path, or that there was none
   */
  public String mpiLibrary() {
    return start;
  }

  /**
   * Opens a communicator over all ranks; collective.
   *
   * @param via the library that messages go through
   * @param network what messages cross between hosts. Over MPI this was decided by the launcher's
   *     flags and is not looked at; over libfabric it may not be {@link Network#AUTO}
   * @param intra what ranks of one host use; over libfabric as for {@code network}
   * @param provider the libfabric provider for the network; null for the usual one
   * @return the communicator, to be closed before the job
   * @throws CommunicatorException if the network is not there
   */
  public Communicator open(Via via, Network network, Intra intra, String provider) {
    return switch (via) {
      case MPI -> MpiCommunicator.open(mpi());
      case LIBFABRIC ->
          FabricCommunicator.open(bootstrap, fabricNetwork(network, intra), provider, isOneHost());
    };
  }

  private Mpi mpi() {
    if (mpi == null) {
      throw new CommunicatorException(
          "this job was started without MPI ("
              + RendezvousSettings.ADDRESS
              + " is set): only --via libfabric can be used");
    }
    return mpi;
  }

  /**
   * One endpoint serves all peers: what ranks of one host use must be what the others use, but over
   * EFA, whose provider has shared memory of its own ({@link
   * io.weft.launch.EfaSharedMemory#environment}).
   */
  private Network fabricNetwork(Network network, Intra intra) {
    if (network == Network.AUTO) {
      throw new IllegalArgumentException("auto must be decided before the communicator opens");
    }
    if (network == Network.SHM
        || network == Network.EFA
        || intra == Intra.SAME
        || ranksPerHost() == 1) {
      return network;
    }
    throw new CommunicatorException(
        "--via libfabric uses one network for all peers: with --network "
            + network
            + " give --intra same");
  }

  /**
   * Ends every rank at once with {@code status}; does not return. Safe from any thread.
   *
   * @param status the job's exit status, 1 to 255
   */
  public void abort(int status) {
    bootstrap.abort(status);
  }

  /** Waits for the other ranks, then finalises MPI if there is one. */
  @Override
  public void close() {
    switch (bootstrap) {
      case MpiBootstrap overMpi -> {
        overMpi.close();
        mpi.close();
      }
      case Rendezvous rendezvous -> rendezvous.close();
      default -> throw new IllegalStateException("a bootstrap of another kind: " + bootstrap);
    }
  }
}
