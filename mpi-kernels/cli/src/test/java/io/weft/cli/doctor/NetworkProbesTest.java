package io.weft.cli.doctor;

import static io.weft.cli.doctor.Looks.assertAllOk;
import static io.weft.cli.doctor.Looks.assertOne;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.cli.EfaHere;
import io.weft.comm.Transport;
import io.weft.launch.MpiInstallation;
import io.weft.launch.MpiVendor;
import io.weft.launch.Network;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Libraries, cards, EFA, placement, and what MPI takes, each good and bad. */
class NetworkProbesTest {
  private static final EfaHere NONE = new EfaHere("no device", false, null);
  private static final EfaHere CARD = new EfaHere(null, false, "rdmap0s6");
  private static final EfaHere SOFTWARE = new EfaHere(null, true, "efa_emu0");
  private static final MpiInstallation OPEN_MPI = mpi(MpiVendor.OPEN_MPI, "4.1.7", "/ompi");

  @TempDir private Path root;
  private FabricatedMachine machine;

  @BeforeEach
  void make() {
    machine = new FabricatedMachine(root);
  }

  private static MpiInstallation mpi(MpiVendor vendor, String version, String prefix) {
    return new MpiInstallation(
        vendor, version, Path.of(prefix, "bin/mpirun"), Path.of(prefix, "lib", vendor.library()));
  }

  private static Libraries libraries(EfaHere efa, MpiInstallation... mpis) {
    return new Libraries(List.of(mpis), null, "libfabric 2.1", Set.of("efa", "tcp"), null, efa);
  }

  @Test
  @DisplayName("MPI: path, family, version, ABI; too old is a warning, none an error")
  void mpi() {
    MpiInstallation mpich = mpi(MpiVendor.MPICH, "3.4.1", "/mpich");
    List<Finding> found = new MpiProbe(libraries(NONE, OPEN_MPI, mpich)).look(machine);
    Finding first = assertOne(Severity.OK, "Open MPI 4.1.7", found);
    for (String word : List.of("/ompi/bin/mpirun", "/ompi/lib/libmpi.so.40", "ABI of Open MPI")) {
      assertTrue(first.why().contains(word), first::why);
    }
    assertTrue(first.why().endsWith("used by default"), first::why);
    assertOne(Severity.WARNING, "MPICH 3.4.1", found);
    Libraries none = new Libraries(List.of(), "no mpirun in PATH=/x", "l", Set.of(), null, NONE);
    assertOne(Severity.ERROR, "no mpirun in PATH=/x", new MpiProbe(none).look(machine));
  }

  @Test
  @DisplayName("MPI: WEFT_MPI_LIB that belongs to no launcher is a warning")
  void otherLibrary() {
    machine.with("WEFT_MPI_LIB", "/ompi/lib/libmpi.so.40");
    assertAllOk(new MpiProbe(libraries(NONE, OPEN_MPI)).look(machine));
    machine.with("WEFT_MPI_LIB", "/other/libmpi.so");
    assertOne(
        Severity.WARNING,
        "/other/libmpi.so",
        new MpiProbe(libraries(NONE, OPEN_MPI)).look(machine));
  }

  @Test
  @DisplayName("libfabric: version and providers; FI_PROVIDER is a warning, none an error")
  void fabric() {
    List<Finding> found = new FabricProbe(libraries(NONE)).look(machine);
    assertOne(Severity.OK, "libfabric 2.1, providers ", found);
    machine.with("FI_PROVIDER", "tcp");
    assertOne(Severity.WARNING, "FI_PROVIDER=tcp", new FabricProbe(libraries(NONE)).look(machine));
    Libraries none = new Libraries(List.of(), null, null, Set.of(), "cannot be loaded", NONE);
    assertOne(Severity.ERROR, "cannot be loaded", new FabricProbe(none).look(machine));
  }

  @Test
  @DisplayName("cards: ENA with its limits; small frames, and what was held back, are warnings")
  void ena() throws IOException {
    machine.card("eth0", "ena", 9001);
    assertOne(Severity.OK, "eth0: driver ena, MTU 9001", new NetworkCardProbe().look(machine));
    machine.file("/sys/class/net/eth0/mtu", "1500");
    assertOne(Severity.WARNING, "frames are small", new NetworkCardProbe().look(machine));
    String counters =
        "NIC statistics:\n"
            + "     bw_in_allowance_exceeded: 0\n"
            + "     pps_allowance_exceeded: %s\n"
            + "     rx: 5";
    machine.program("ethtool -S eth0", new Machine.Output(0, counters.formatted("0"), ""));
    assertOne(Severity.OK, "nothing was held back", new NetworkCardProbe().look(machine));
    machine.program("ethtool -S eth0", new Machine.Output(0, counters.formatted("731"), ""));
    assertOne(
        Severity.WARNING,
        "held back since boot: pps_allowance_exceeded 731",
        new NetworkCardProbe().look(machine));
    machine.program("ethtool -S eth0", new Machine.Output(94, "", "no stats available"));
    assertOne(Severity.OK, "not looked at", new NetworkCardProbe().look(machine));
  }

  @Test
  @DisplayName(
      "cards: the legacy virtual function is a warning, another driver is never called ENA")
  void otherCards() throws IOException {
    machine.card("eth0", "ixgbevf", 9001).card("eth1", "virtio_net", 1500);
    machine.folder("/sys/class/net/lo");
    List<Finding> found = new NetworkCardProbe().look(machine);
    assertEquals(2, found.size(), found::toString);
    assertOne(Severity.WARNING, "82599", found);
    assertOne(Severity.OK, "driver virtio_net, MTU 1500: the kernel's TCP, and not ENA", found);
    machine.file("/sys/class/net/eth0/operstate", "down");
    machine.file("/sys/class/net/eth1/operstate", "down");
    assertOne(Severity.WARNING, "no interface", new NetworkCardProbe().look(machine));
  }

  @Test
  @DisplayName("EFA: a device that is up, may be opened, and is found by libfabric")
  void efa() throws IOException {
    assertOne(Severity.OK, "no device", new EfaDeviceProbe(libraries(NONE)).look(machine));
    machine.efa("rdmap0s6", "4: ACTIVE");
    assertOne(
        Severity.ERROR,
        "no file in /dev/infiniband",
        new EfaDeviceProbe(libraries(CARD)).look(machine));
    machine.verbs("uverbs0", "rdmap0s6");
    assertAllOk(new EfaDeviceProbe(libraries(CARD)).look(machine));
    assertOne(
        Severity.ERROR, "libfabric finds none", new EfaDeviceProbe(libraries(NONE)).look(machine));
    machine.file("/sys/class/infiniband/rdmap0s6/ports/1/state", "1: DOWN");
    assertOne(Severity.ERROR, "1: DOWN", new EfaDeviceProbe(libraries(CARD)).look(machine));
  }

  @Test
  @DisplayName("EFA: another vendor's device is none, the software device is a warning")
  void otherDevices() throws IOException {
    machine.link("/sys/class/infiniband/mlx5_0/device/driver", "/sys/bus/pci/drivers/mlx5_core");
    assertOne(Severity.OK, "no device", new EfaDeviceProbe(libraries(NONE)).look(machine));
    assertOne(Severity.WARNING, "emulated", new EfaDeviceProbe(libraries(SOFTWARE)).look(machine));
  }

  private static Placement at(String host, String zone, String group) {
    return new Placement(host, true, "i-1", "hpc7a.96xlarge", zone, group, "sg-1", "");
  }

  private List<Finding> placement(Placement... all) {
    return new PlacementProbe(List.of(all)).look(machine);
  }

  @Test
  @DisplayName("placement: one zone and one group")
  void placement() {
    assertOne(Severity.OK, "not on EC2", placement(Placement.elsewhere("a")));
    assertOne(
        Severity.OK, "2 hosts: hpc7a", placement(at("a", "eu-1a", "g"), at("b", "eu-1a", "g")));
    assertOne(
        Severity.ERROR, "eu-1a, eu-1b", placement(at("a", "eu-1a", "g"), at("b", "eu-1b", "g")));
    assertOne(
        Severity.WARNING, "group g, h", placement(at("a", "eu-1a", "g"), at("b", "eu-1a", "h")));
    assertOne(Severity.WARNING, "group none", placement(at("a", "eu-1a", "")));
    Placement other = new Placement("b", true, "i-2", "c5n.18xlarge", "eu-1a", "g", "", "");
    assertOne(Severity.WARNING, "unlike", placement(at("a", "eu-1a", "g"), other));
    assertOne(Severity.WARNING, "timed out", placement(Placement.unknown("a", "timed out")));
  }

  private static String group(boolean in, boolean out) {
    String rule = "[{\"IpProtocol\":\"-1\",\"UserIdGroupPairs\":[{\"GroupId\":\"%s\"}]}]";
    String open =
        "[{\"IpProtocol\":\"-1\",\"IpRanges\":[{\"CidrIp\":\"0.0.0.0/0\"}],\"UserIdGroupPairs\":[]}]";
    return "{\"SecurityGroups\":[{\"GroupId\":\"sg-1\",\"IpPermissions\":%s,\"IpPermissionsEgress\":%s}]}"
        .formatted(
            in ? rule.formatted("sg-1") : rule.formatted("sg-2"),
            out ? rule.formatted("sg-1") : open);
  }

  @ParameterizedTest
  @CsvSource({
    "true, true, OK, lets everything in",
    "true, false, ERROR, sg-1 lacks egress",
    "false, true, ERROR, sg-1 lacks ingress",
    "false, false, ERROR, sg-1 lacks ingress and egress"
  })
  @DisplayName(
      "security group: rules to itself in both directions; one to all addresses does not do")
  void securityGroup(boolean in, boolean out, Severity severity, String says) throws IOException {
    machine.efa("rdmap0s6", "4: ACTIVE");
    machine.program(
        "aws ec2 describe-security-groups --output json --region eu-west-1 --group-ids sg-1",
        new Machine.Output(0, group(in, out), ""));
    assertOne(severity, says, new SecurityGroupProbe(at("a", "eu-west-1a", "g")).look(machine));
  }

  @Test
  @DisplayName("security group: what could not be looked at is said, with the command that does")
  void securityGroupUnknown() throws IOException {
    Placement here = at("a", "eu-west-1a", "g");
    assertOne(Severity.OK, "no EFA of EC2", new SecurityGroupProbe(here).look(machine));
    machine.efa("rdmap0s6", "4: ACTIVE");
    Finding found =
        assertOne(
            Severity.WARNING,
            "aws command is not there",
            new SecurityGroupProbe(here).look(machine));
    assertTrue(found.toDo().contains("--group-ids sg-1"), found::toDo);
    machine.program(
        "aws ec2 describe-security-groups --output json --region eu-west-1 --group-ids sg-1",
        new Machine.Output(254, "", "An error occurred (UnauthorizedOperation)"));
    assertOne(
        Severity.WARNING, "UnauthorizedOperation", new SecurityGroupProbe(here).look(machine));
    machine.program(
        "aws ec2 describe-security-groups --output json --region eu-west-1 --group-ids sg-1",
        new Machine.Output(0, "garbage", ""));
    assertOne(Severity.WARNING, "no JSON", new SecurityGroupProbe(here).look(machine));
  }

  private static MpiAnswer found(String network) {
    return new MpiAnswer(
        "by itself",
        new Transport("mpi", "Open MPI v4.1.7", network, "shm", "mtl_ofi", "cm", "d", List.of("e")),
        List.of(Placement.elsewhere("a")),
        null);
  }

  @ParameterizedTest
  @CsvSource({
    "efa, true, OK",
    "ena, false, OK",
    "tcp (veth), false, OK",
    "ena, true, WARNING",
    "efa (emulated), true, WARNING",
    "unknown, false, WARNING"
  })
  @DisplayName("MPI's network: TCP beside an EFA device, and no evidence, are warnings")
  void mpiNetwork(String network, boolean card, Severity severity) {
    EfaHere efa = card ? CARD : NONE;
    assertOne(
        severity, network, new MpiNetworkProbe(List.of(found(network)), efa, null).look(machine));
  }

  @Test
  @DisplayName("MPI's network: ranks that did not answer are an error with what they said")
  void mpiFailed() {
    MpiAnswer failed = MpiAnswer.failed("by itself", "mpirun ended with status 1: no slots");
    assertOne(
        Severity.ERROR, "no slots", new MpiNetworkProbe(List.of(failed), NONE, null).look(machine));
  }

  @ParameterizedTest
  @CsvSource({
    "EFA, efa, true",
    "EFA, efa (emulated), true",
    "EFA, ena, false",
    "EFA, efa+ena, false",
    "EFA, unknown, false",
    "ENA, tcp (lo), true",
    "ENA, shm, false",
    "SHM, shm, true",
    "SHM, tcp (lo), false"
  })
  @DisplayName("a required network is met by what was found, and by nothing else")
  void required(Network network, String found, boolean met) {
    MpiNetworkProbe.Required required = new MpiNetworkProbe.Required(network, found(found));
    assertEquals(met, required.isMet());
    List<Finding> all = new MpiNetworkProbe(List.of(), NONE, required).look(machine);
    assertOne(met ? Severity.OK : Severity.ERROR, found, all);
  }

  @Test
  @DisplayName("an answer is the same after it has travelled as a line")
  void travels() {
    MpiAnswer sent = found("efa");
    assertEquals(
        sent, MpiAnswer.ofLine("by itself", MpiAnswer.line(sent.transport(), sent.placements())));
  }
}
