package io.weft.results.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.results.InstalledWeft;
import io.weft.results.event.BucketKeys;
import io.weft.results.port.CatalogRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The archive that {@code weft results functions} packs, with a JVM that has nothing else. */
class FunctionsArchiveTest {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  @TempDir private Path directory;
  private InstalledWeft weft;

  @BeforeEach
  void install() {
    weft = new InstalledWeft(directory);
  }

  private static String published(String name) throws IOException {
    try (var content =
        FunctionsArchiveTest.class.getResourceAsStream("/events/" + name + ".json")) {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Unpacks it; gives the names of its entries. */
  private static Set<String> unpack(Path archive, Path task) throws IOException {
    Set<String> names = new TreeSet<>();
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        names.add(entry.getName());
        Path file = task.resolve(entry.getName());
        Files.createDirectories(file.getParent());
        Files.copy(zip.getInputStream(entry), file);
      }
    }
    return names;
  }

  /** The handlers that the template names. */
  private static Set<String> handlers() throws IOException {
    Set<String> handlers = new HashSet<>();
    Matcher found =
        Pattern.compile("Handler: (\\S+)").matcher(Files.readString(Path.of("functions.yaml")));
    while (found.find()) {
      handlers.add(found.group(1));
    }
    return handlers;
  }

  @Test
  void hasAllThatAHandlerNeeds() throws Exception {
    Path subscribers =
        Files.writeString(
            directory.resolve("ours.json"),
            "{\"subscribers\": [{\"name\": \"ci\", \"url\": \"https://ci.example.com/\","
                + " \"secret\": \"arn:aws:secretsmanager:eu-west-1:111122223333:secret:ci-AbCdEf\","
                + " \"perSecond\": 5}]}");
    Path archive = directory.resolve("functions.zip");
    weft.run(
        0,
        Map.of(),
        "results",
        "functions",
        archive.toString(),
        "--subscribers",
        subscribers.toString());
    byte[] first = Files.readAllBytes(archive);
    weft.run(
        0,
        Map.of(),
        "results",
        "functions",
        archive.toString(),
        "--subscribers",
        subscribers.toString());
    assertEquals(-1, java.util.Arrays.mismatch(first, Files.readAllBytes(archive)), "same bytes");
    Path task = directory.resolve("task");
    Set<String> names = unpack(archive, task);
    assertTrue(names.contains("subscribers.json"), names::toString);
    assertFalse(names.stream().anyMatch(name -> name.contains("sqlite")), names::toString);
    assertEquals(3, handlers().size());
    Path ours =
        task.resolve(
            names.stream()
                .filter(n -> n.startsWith("lib/weft-results-"))
                .findFirst()
                .orElseThrow());
    try (JarFile jar = new JarFile(ours.toFile())) {
      for (String handler : handlers()) {
        assertTrue(jar.getEntry(handler.replace('.', '/') + ".class") != null, handler);
      }
    }
    call(task, ours);
  }

  /** A removed object, as EventBridge publishes it, within what Lambda is handed of a queue. */
  private void call(Path task, Path ours) throws Exception {
    String removed = published("object-deleted");
    ObjectNode event = (ObjectNode) MAPPER.readTree(published("sqs-to-lambda"));
    ((ObjectNode) event.path("Records").get(0)).put("body", removed);
    Path in = Files.writeString(directory.resolve("event.json"), MAPPER.writeValueAsString(event));
    Path main = directory.resolve("CallHandler.java");
    try (var source = FunctionsArchiveTest.class.getResourceAsStream("/lambda/CallHandler.java")) {
      Files.copy(source, main);
    }
    List<String> command = new ArrayList<>();
    command.add("bash");
    command.add("-c");
    command.add("in=$1; shift; exec \"$@\" <\"$in\"");
    command.addAll(List.of("call", in.toString()));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", task + "/lib/*:" + task, main.toString()));
    command.add("io.weft.results.lambda.CatalogHandler");
    try (Moto moto = Moto.start(directory).furnish();
        AwsSite site = AwsSite.forWorkers(moto.settings())) {
      String answer = weft.start(0, new HashMap<>(moto.variables()), command);
      assertEquals(MAPPER.readTree("{\"batchItemFailures\": []}"), MAPPER.readTree(answer));
      assertTrue(Files.readString(weft.errors()).contains("from " + ours));
      List<CatalogRecord> records = new ArrayList<>();
      site.catalog().forEach(records::add);
      JsonNode key = MAPPER.readTree(removed).path("detail").path("object").path("key");
      assertEquals(List.of(key.asString()), records.stream().map(CatalogRecord::key).toList());
      assertTrue(BucketKeys.idOfManifest(key.asString()).isPresent());
      assertFalse(records.getFirst().isPresent(), "a tombstone");
    }
  }
}
