package io.weft.cli.doctor;

import java.util.ArrayList;
import java.util.List;

/** The memory through which ranks of one host talk to each other. */
record SharedMemoryProbe() implements Probe {
  private static final String SUBJECT = "shared memory";

  /** Docker's default is 64 MiB, which two ranks fill. */
  private static final long LEAST_BYTES = 512 * Sizes.MIB;

  private static final long PAGE_BYTES = 4096;

  @Override
  public List<Finding> look(Machine machine) {
    List<Finding> result = new ArrayList<>();
    Machine.Space space = machine.space("/dev/shm");
    if (space == null || !machine.isReadWrite("/dev/shm")) {
      result.add(
          Finding.error(
              SUBJECT,
              "/dev/shm is not there, or not writable for this user",
              "mount it: mount -t tmpfs -o mode=1777 tmpfs /dev/shm"));
    } else if (space.freeBytes() < LEAST_BYTES) {
      result.add(
          Finding.warning(
              SUBJECT,
              "/dev/shm has %s free of %s; ranks of one host take 32 MiB each and more"
                  .formatted(Sizes.text(space.freeBytes()), Sizes.text(space.totalBytes())),
              "remove what dead jobs left there, or make it larger (container: --shm-size, AWS"
                  + " Batch: sharedMemorySize)"));
    } else {
      result.add(
          Finding.ok(
              SUBJECT,
              "/dev/shm has %s free of %s"
                  .formatted(Sizes.text(space.freeBytes()), Sizes.text(space.totalBytes()))));
    }
    result.add(systemV(machine));
    return result;
  }

  /** UCX and some of Open MPI's parts use System V segments too, shmget(2). */
  private static Finding systemV(Machine machine) {
    String subject = "System V memory";
    String largest = machine.text("/proc/sys/kernel/shmmax");
    String pages = machine.text("/proc/sys/kernel/shmall");
    if (largest == null || pages == null) {
      return Finding.ok(subject, "the kernel does not say its limits");
    }
    double bytes = Math.min(Double.parseDouble(largest), Double.parseDouble(pages) * PAGE_BYTES);
    return bytes >= LEAST_BYTES
        ? Finding.ok(subject, "segments up to kernel.shmmax=" + largest + " bytes")
        : Finding.warning(
            subject,
            "kernel.shmmax=%s bytes and kernel.shmall=%s pages".formatted(largest, pages),
            "sysctl -w kernel.shmmax=18446744073692774399 kernel.shmall=18446744073692774399");
  }
}
