package io.weft.results;

import io.weft.launch.JobIdentity;
import io.weft.results.event.RunEvent;
import io.weft.results.hook.RunReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes bundles as {@code weft run} leaves them, without the code under test. */
public final class TestBundle {
  private final Path folder;
  private final List<String> lines = new ArrayList<>();
  private String kernel = "cg";
  private String status = "verified";
  private String network = "ena";
  private String finished = "2026-11-20T10:15:30Z";

  /**
   * Begins one.
   *
   * @param folder where
   */
  public TestBundle(Path folder) {
    this.folder = folder;
  }

  /**
   * Says what its result is.
   *
   * @param kernel what ran
   * @param status verified or failed
   * @param network what it crossed
   * @param finished when
   * @return this
   */
  public TestBundle result(String kernel, String status, String network, String finished) {
    this.kernel = kernel;
    this.status = status;
    this.network = network;
    this.finished = finished;
    return this;
  }

  /**
   * Adds a file of bytes that a seed stands for.
   *
   * @param name of the file
   * @param bytes its length
   * @param seed of its content
   * @return this
   * @throws IOException if it cannot be written
   */
  public TestBundle file(String name, int bytes, long seed) throws IOException {
    byte[] content = new byte[bytes];
    new Random(seed).nextBytes(content);
    return file(name, content);
  }

  /**
   * Adds a file.
   *
   * @param name of the file
   * @param content its bytes
   * @return this
   * @throws IOException if it cannot be written
   */
  public TestBundle file(String name, byte[] content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
    lines.add(line(name, content.length, Digests.hex(content)));
    return this;
  }

  /**
   * Lists a file that is there already.
   *
   * @param name of the file
   * @param bytes its length
   * @param sha256 its digest
   */
  public void listed(String name, long bytes, String sha256) {
    lines.add(line(name, bytes, sha256));
  }

  /**
   * A manifest's line.
   *
   * @param name of the file
   * @param bytes its length
   * @param sha256 its digest
   * @return JSON
   */
  public static String line(String name, long bytes, String sha256) {
    return "{\"name\": \"%s\", \"bytes\": %d, \"sha256\": \"%s\"}".formatted(name, bytes, sha256);
  }

  /**
   * Writes result and manifest.
   *
   * @return the folder
   * @throws IOException if they cannot be written
   */
  public Path write() throws IOException {
    String result =
        """
        {"format": 2, "status": "%s", "kernel": "%s", "class": "S", "ranks": 4,
         "started": "2026-11-20T10:00:00Z", "finished": "%s", "megaOperationsPerSecond": 12.5,
         "found": {"via": "mpi", "network": "%s"}}
        """
            .formatted(status, kernel, finished, network);
    file("result.json", result.getBytes(StandardCharsets.UTF_8));
    Files.writeString(folder.resolve("manifest.json"), manifest(lines));
    return folder;
  }

  /**
   * A manifest.
   *
   * @param lines of its files
   * @return JSON
   */
  public static String manifest(List<String> lines) {
    return "{\"format\": 2, \"files\": [" + String.join(",\n", lines) + "]}\n";
  }

  /**
   * A bundle's event.
   *
   * @param folder of the bundle
   * @param jobId of its job
   * @param attempt of its job
   * @return the event
   * @throws Exception if it is no bundle
   */
  public static RunEvent event(Path folder, String jobId, int attempt) throws Exception {
    return RunReader.read(folder, new JobIdentity("cluster", jobId, attempt));
  }
}
