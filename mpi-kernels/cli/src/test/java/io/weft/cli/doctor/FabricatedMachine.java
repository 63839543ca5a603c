package io.weft.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A machine whose files a test writes; read as a real one is. */
final class FabricatedMachine implements Machine {
  private final Map<String, String> environment = new HashMap<>();
  private final Map<String, Output> programs = new HashMap<>();
  private final Path root;
  private final HostMachine files;
  private Space space = new Space(64 * Sizes.GIB, 32 * Sizes.GIB);
  private String workingFolder = "/work";

  FabricatedMachine(Path root) {
    this.root = root;
    this.files = new HostMachine(root, environment);
  }

  private Path at(String file) throws IOException {
    Path path = root.resolve(file.substring(1));
    Files.createDirectories(path.getParent());
    return path;
  }

  FabricatedMachine file(String file, String text) throws IOException {
    Files.writeString(at(file), text + "\n");
    return this;
  }

  FabricatedMachine folder(String folder) throws IOException {
    Files.createDirectories(at(folder));
    return this;
  }

  /** A link such as sysfs has to a driver. */
  FabricatedMachine link(String link, String target) throws IOException {
    folder(target);
    Files.createSymbolicLink(at(link), root.resolve(target.substring(1)));
    return this;
  }

  FabricatedMachine card(String name, String driver, int mtu) throws IOException {
    String folder = "/sys/class/net/" + name;
    link(folder + "/device/driver", "/sys/bus/pci/drivers/" + driver);
    file(folder + "/operstate", "up");
    file(folder + "/speed", "-1");
    return file(folder + "/mtu", Integer.toString(mtu));
  }

  FabricatedMachine efa(String name, String state) throws IOException {
    String folder = "/sys/class/infiniband/" + name;
    link(folder + "/device/driver", "/sys/bus/pci/drivers/efa");
    file(folder + "/ports/1/rate", "100 Gb/sec (4X EDR)");
    return file(folder + "/ports/1/state", state);
  }

  FabricatedMachine verbs(String file, String device) throws IOException {
    return file("/sys/class/infiniband_verbs/" + file + "/ibdev", device)
        .file("/dev/infiniband/" + file, "");
  }

  FabricatedMachine with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  FabricatedMachine program(String command, Output output) {
    programs.put(command, output);
    return this;
  }

  FabricatedMachine space(long totalBytes, long freeBytes) {
    space = new Space(totalBytes, freeBytes);
    return this;
  }

  FabricatedMachine in(String folder) {
    workingFolder = folder;
    return this;
  }

  @Override
  public String text(String file) {
    return files.text(file);
  }

  @Override
  public List<String> names(String folder) {
    return files.names(folder);
  }

  @Override
  public String target(String link) {
    return files.target(link);
  }

  @Override
  public boolean isReadWrite(String file) {
    return files.isReadWrite(file);
  }

  @Override
  public Space space(String folder) {
    return space;
  }

  @Override
  public Map<String, String> environment() {
    return environment;
  }

  @Override
  public String workingFolder() {
    return workingFolder;
  }

  @Override
  public Output run(List<String> command) {
    return programs.get(String.join(" ", command));
  }
}
