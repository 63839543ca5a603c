package io.weft.cli.doctor;

import static io.weft.cli.doctor.Looks.assertAllOk;
import static io.weft.cli.doctor.Looks.assertOne;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits, memory, storage, JDK and known traps, each good and bad. */
class SystemProbesTest {
  private static final String LIMITS =
      """
      Limit                     Soft Limit           Hard Limit           Units
      Max open files            %s                 524288               files
      Max locked memory         %s              unlimited            bytes\
      """;

  @TempDir private Path root;
  private FabricatedMachine machine;

  @BeforeEach
  void make() {
    machine = new FabricatedMachine(root);
  }

  private List<Finding> limits(String files, String locked) throws IOException {
    machine.file("/proc/self/limits", LIMITS.formatted(files, locked));
    return new LimitsProbe().look(machine);
  }

  @Test
  @DisplayName("a finding that complains without advice, or says nothing, is a defect")
  void advice() {
    assertThrows(IllegalArgumentException.class, () -> Finding.warning("a", "b", " "));
    assertThrows(IllegalArgumentException.class, () -> Finding.ok("a", ""));
    assertEquals("one; two", Finding.ok("a", "one\n  two\n").why());
  }

  @Test
  @DisplayName("locked memory: unlimited is right; a limit is a warning, with EFA an error")
  void lockedMemory() throws IOException {
    assertAllOk(limits("65536", "unlimited"));
    assertTrue(
        assertOne(Severity.WARNING, "8388608", limits("65536", "8388608"))
            .toDo()
            .contains("ulimit -l"));
    machine.efa("rdmap0s6", "4: ACTIVE");
    assertOne(Severity.ERROR, "8388608", limits("65536", "8388608"));
    assertOne(Severity.OK, "unlimited", limits("65536", "unlimited"));
  }

  @Test
  @DisplayName("limits that the kernel does not tell are no good news")
  void noLimits() {
    assertOne(Severity.WARNING, "does not say", new LimitsProbe().look(machine));
  }

  @Test
  @DisplayName("open files: few are a warning")
  void openFiles() throws IOException {
    assertOne(Severity.WARNING, "256 files", limits("256", "unlimited"));
    assertOne(Severity.OK, "limit 1024", limits("1024", "unlimited"));
  }

  @Test
  @DisplayName("/dev/shm: absent is an error, small a warning")
  void sharedMemory() throws IOException {
    assertOne(Severity.ERROR, "/dev/shm is not there", new SharedMemoryProbe().look(machine));
    machine.folder("/dev/shm");
    assertAllOk(new SharedMemoryProbe().look(machine));
    machine.space(64 * Sizes.MIB, 60 * Sizes.MIB);
    assertOne(Severity.WARNING, "60 MiB free of 64 MiB", new SharedMemoryProbe().look(machine));
  }

  @Test
  @DisplayName("System V's limits: small ones are a warning")
  void systemV() throws IOException {
    machine.folder("/dev/shm").file("/proc/sys/kernel/shmmax", "18446744073692774399");
    machine.file("/proc/sys/kernel/shmall", "18446744073692774399");
    assertAllOk(new SharedMemoryProbe().look(machine));
    machine.file("/proc/sys/kernel/shmmax", "33554432");
    assertOne(Severity.WARNING, "kernel.shmmax=33554432", new SharedMemoryProbe().look(machine));
    machine.file("/proc/sys/kernel/shmmax", "18446744073692774399");
    machine.file("/proc/sys/kernel/shmall", "1024");
    assertOne(Severity.WARNING, "kernel.shmall=1024", new SharedMemoryProbe().look(machine));
  }

  @ParameterizedTest
  @CsvSource({
    "[always] madvise never, OK, transparent: always",
    "always [madvise] never, OK, transparent: madvise",
    "always madvise [never], WARNING, transparent: never"
  })
  @DisplayName("huge pages: ranks need madvise or always")
  void hugePages(String text, Severity severity, String says) throws IOException {
    machine.file("/sys/kernel/mm/transparent_hugepage/enabled", text);
    machine.file("/proc/meminfo", "HugePages_Total:    5128\nHugePages_Free:     5000");
    Finding found = assertOne(severity, says, new HugePagesProbe().look(machine));
    assertTrue(found.why().contains("HugePages_Free: 5000"), found::why);
  }

  @Test
  @DisplayName("a kernel without transparent huge pages is a warning")
  void noHugePages() {
    assertOne(Severity.WARNING, "not there", new HugePagesProbe().look(machine));
  }

  @ParameterizedTest
  @CsvSource({
    "lustre, 10.0.1.5@tcp:/abcd, FSx for Lustre, OK",
    "nfs4, fs-0123456789abcdef0.efs.eu-west-1.amazonaws.com:/, ': EFS', OK",
    "nfs4, 127.0.0.1:/, ': EFS', OK",
    "nfs4, 10.0.0.4:/home, NFS of another host, OK",
    "xfs, /dev/nvme1n1, instance store, OK",
    "xfs, /dev/nvme0n1p1, ': EBS', OK",
    "ext4, /dev/vda1, a local disk, OK",
    "overlay, overlay, container's own layer, WARNING",
    "tmpfs, tmpfs, ': memory', WARNING"
  })
  @DisplayName("storage: what it is and what it is good for")
  void storage(String type, String source, String says, Severity severity) throws IOException {
    machine.file("/sys/block/nvme1n1/device/model", "Amazon EC2 NVMe Instance Storage");
    machine.file("/sys/block/nvme0n1/device/model", "Amazon Elastic Block Store");
    mounts("36 35 8:1 / /work rw,noatime shared:1 - " + type + " " + source + " rw");
    Finding found = assertOne(severity, says, new StorageProbe().look(machine));
    assertTrue(!found.toDo().isEmpty(), "what it is good for");
    assertTrue(found.why().contains("32.0 GiB free"), found::why);
  }

  private void mounts(String line) throws IOException {
    machine.file(
        "/proc/self/mountinfo",
        "22 1 8:1 / / rw - ext4 /dev/sda1 rw\n" + line + "\n25 22 0:5 / /workshop rw - tmpfs t rw");
  }

  @Test
  @DisplayName("storage: the nearest mount counts, also with a space in its name")
  void nearestMount() throws IOException {
    mounts("36 35 8:1 / /data/my\\040runs rw - lustre 10.0.1.5@tcp:/abcd rw");
    assertOne(Severity.OK, "is on / (ext4", new StorageProbe().look(machine.in("/data")));
    assertOne(
        Severity.OK,
        "on /data/my runs (lustre",
        new StorageProbe().look(machine.in("/data/my runs/a")));
  }

  @Test
  @DisplayName("storage: read-only is an error; full, and unknown, are warnings")
  void badStorage() throws IOException {
    assertOne(Severity.WARNING, "does not say", new StorageProbe().look(machine));
    mounts("36 35 8:1 / /work ro,noatime - ext4 /dev/sda2 rw");
    assertOne(Severity.ERROR, "read-only", new StorageProbe().look(machine));
    mounts("36 35 8:1 / /work rw - ext4 /dev/sda2 rw");
    machine.space(Sizes.GIB, 100 * Sizes.MIB);
    assertOne(Severity.WARNING, "100 MiB free", new StorageProbe().look(machine));
  }

  @Test
  @DisplayName("JDK: newer than tested, and a JAVA_HOME that is none, are warnings")
  void jdk() throws IOException {
    JdkProbe tested = new JdkProbe(Runtime.Version.parse("25.0.1"), "/jdk", "amd64");
    assertAllOk(tested.look(machine));
    JdkProbe newer = new JdkProbe(Runtime.Version.parse("27"), "/jdk", "amd64");
    assertOne(Severity.WARNING, "tested with 25", newer.look(machine));
    machine.with("JAVA_HOME", "/nowhere");
    assertOne(Severity.WARNING, "JAVA_HOME=/nowhere is no JDK", tested.look(machine));
    machine.with("JAVA_HOME", "/jdk").file("/jdk/release", "JAVA_VERSION=\"25.0.1\"");
    assertAllOk(tested.look(machine));
  }

  private FabricatedMachine withoutTraps() throws IOException {
    return machine
        .with("UCX_ERROR_SIGNALS", "")
        .with("IPATH_NO_BACKTRACE", "1")
        .with("HFI_NO_BACKTRACE", "1")
        .file("/proc/sys/kernel/osrelease", "6.1.112-122.189.amzn2023.x86_64");
  }

  @Test
  @DisplayName("traps: none is set")
  void noTrap() throws IOException {
    assertAllOk(new TrapProbe().look(withoutTraps()));
  }

  @ParameterizedTest
  @CsvSource({
    "FI_EFA_USE_DEVICE_RDMA, 1, ERROR",
    "FI_EFA_USE_DEVICE_RDMA, 0, WARNING",
    "RDMAV_FORK_SAFE, 1, ERROR",
    "IBV_FORK_SAFE, 1, ERROR",
    "FI_EFA_FORK_SAFE, 1, WARNING",
    "UCX_ERROR_SIGNALS, 'SIGILL,SIGSEGV,SIGBUS,SIGFPE', ERROR",
    "IPATH_NO_BACKTRACE, '', ERROR",
    "HFI_NO_BACKTRACE, '', ERROR"
  })
  @DisplayName("traps: each is found by its name")
  void trap(String name, String value, Severity severity) throws IOException {
    Finding found =
        assertOne(severity, name, new TrapProbe().look(withoutTraps().with(name, value)));
    assertTrue(found.toDo().contains(name), found::toDo);
  }

  @Test
  @DisplayName("traps: UCX_ERROR_SIGNALS must be set, for its default is the trap")
  void ucxUnset() throws IOException {
    withoutTraps().environment().remove("UCX_ERROR_SIGNALS");
    assertOne(Severity.ERROR, "UCX_ERROR_SIGNALS is not set", new TrapProbe().look(machine));
  }

  @Test
  @DisplayName("traps: before Linux 5.15, EFA wants FI_EFA_FORK_SAFE")
  void oldKernel() throws IOException {
    withoutTraps().file("/proc/sys/kernel/osrelease", "5.10.228-219.884.amzn2.x86_64");
    assertAllOk(new TrapProbe().look(machine));
    machine.efa("rdmap0s6", "4: ACTIVE");
    assertOne(Severity.WARNING, "Linux 5.10.228", new TrapProbe().look(machine));
    assertAllOk(new TrapProbe().look(machine.with("FI_EFA_FORK_SAFE", "1")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"OMPI_MCA_btl_tcp_if_exclude=lo,ecs-eth0", "OMPI_MCA_btl_tcp_if_include=eth0"})
  @DisplayName("ecs-eth0: harmless where Open MPI is told to keep off it")
  void ecs(String setting) throws IOException {
    assertAllOk(new EcsInterfaceProbe().look(machine));
    machine.folder("/sys/class/net/ecs-eth0");
    assertOne(Severity.ERROR, "ecs-eth0", new EcsInterfaceProbe().look(machine));
    String[] words = setting.split("=", 2);
    assertAllOk(new EcsInterfaceProbe().look(machine.with(words[0], words[1])));
  }

  @Test
  @DisplayName("ecs-eth0: the user's parameter file counts, the environment before it")
  void ecsFile() throws IOException {
    machine.folder("/sys/class/net/ecs-eth0").with("HOME", "/home/weft");
    machine.file("/home/weft/.openmpi/mca-params.conf", "btl_tcp_if_exclude = lo,ecs-eth0");
    assertAllOk(new EcsInterfaceProbe().look(machine));
    machine.with("OMPI_MCA_btl_tcp_if_exclude", "lo");
    assertOne(Severity.ERROR, "ecs-eth0", new EcsInterfaceProbe().look(machine));
  }
}
