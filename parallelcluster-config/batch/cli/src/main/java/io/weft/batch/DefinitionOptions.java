package io.weft.batch;

import io.weft.cli.ExitStatus;
import io.weft.cli.WeftException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.batch.model.ContainerProperties;
import software.amazon.awssdk.services.batch.model.Device;
import software.amazon.awssdk.services.batch.model.DeviceCgroupPermission;
import software.amazon.awssdk.services.batch.model.LinuxParameters;
import software.amazon.awssdk.services.batch.model.ResourceRequirement;
import software.amazon.awssdk.services.batch.model.ResourceType;
import software.amazon.awssdk.services.batch.model.Ulimit;

/** What a job definition is to say, as options; null where it stays as it is. */
final class DefinitionOptions {
  private static final int MOST_CARDS = 32;

  @Option(
      names = "--definition",
      paramLabel = "NAME",
      defaultValue = "weft",
      description =
          "The job definition: a name, of which the newest active revision is taken, NAME:REVISION"
              + " or an ARN (default ${DEFAULT-VALUE}). The batch stack makes one.")
  String name;

  @Option(
      names = "--image",
      paramLabel = "IMAGE",
      description = "The container image. A definition with another one gets a new revision.")
  String image;

  @Option(names = "--vcpus", paramLabel = "N", description = "The virtual processors of a node.")
  Integer vcpus;

  @Option(names = "--memory-mib", paramLabel = "N", description = "The memory of a node.")
  Integer memoryMib;

  @Option(
      names = "--cards",
      paramLabel = "N",
      description = "The EFA devices of a node; 0 for none.")
  Integer cards;

  @Option(
      names = "--shared-memory-mib",
      paramLabel = "N",
      description = "The size of /dev/shm on a node.")
  Integer sharedMemoryMib;

  @Option(names = "--job-role", paramLabel = "ARN", description = "The role that the job acts in.")
  String jobRole;

  /** Refuses what cannot be. */
  void check() {
    check("--vcpus", vcpus, 1, 10_000);
    check("--memory-mib", memoryMib, 4, 1 << 30);
    check("--cards", cards, 0, MOST_CARDS);
    check("--shared-memory-mib", sharedMemoryMib, 1, 1 << 30);
  }

  private static void check(String option, Integer value, int least, int most) {
    if (value != null && (value < least || value > most)) {
      throw new WeftException(
          ExitStatus.USAGE, option + " " + value + " is not from " + least + " to " + most);
    }
  }

  /** Whether there is enough for a definition that has nothing to start from. */
  boolean isWhole() {
    return image != null && vcpus != null && memoryMib != null;
  }

  /** A container as these options want it, and else as it was. */
  ContainerProperties applyTo(ContainerProperties container) {
    ContainerProperties.Builder result = container.toBuilder();
    if (image != null) {
      result.image(image);
    }
    if (jobRole != null) {
      result.jobRoleArn(jobRole);
    }
    List<ResourceRequirement> resources = new ArrayList<>(container.resourceRequirements());
    put(resources, ResourceType.VCPU, vcpus);
    put(resources, ResourceType.MEMORY, memoryMib);
    result.resourceRequirements(resources);
    if (cards != null || sharedMemoryMib != null) {
      LinuxParameters before = container.linuxParameters();
      LinuxParameters.Builder linux =
          before == null ? LinuxParameters.builder() : before.toBuilder();
      if (cards != null) {
        linux.devices(devices(cards));
      }
      if (sharedMemoryMib != null) {
        linux.sharedMemorySize(sharedMemoryMib);
      }
      result.linuxParameters(linux.build());
    }
    return result.build();
  }

  /** What there is to start from where there is no definition: one that locks memory and reaps. */
  static ContainerProperties plain() {
    return ContainerProperties.builder()
        .command("weft", "list")
        .linuxParameters(
            LinuxParameters.builder().initProcessEnabled(true).sharedMemorySize(16_384).build())
        .ulimits(Ulimit.builder().name("memlock").softLimit(-1).hardLimit(-1).build())
        .build();
  }

  private static void put(List<ResourceRequirement> all, ResourceType type, Integer value) {
    if (value != null) {
      all.removeIf(each -> each.type() == type);
      all.add(ResourceRequirement.builder().type(type).value(value.toString()).build());
    }
  }

  private static List<Device> devices(int count) {
    List<Device> result = new ArrayList<>();
    for (int card = 0; card < count; card++) {
      String file = "/dev/infiniband/uverbs" + card;
      result.add(
          Device.builder()
              .hostPath(file)
              .containerPath(file)
              .permissions(
                  DeviceCgroupPermission.READ,
                  DeviceCgroupPermission.WRITE,
                  DeviceCgroupPermission.MKNOD)
              .build());
    }
    return result;
  }
}
