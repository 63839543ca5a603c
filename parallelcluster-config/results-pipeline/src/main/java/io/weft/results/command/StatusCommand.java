package io.weft.results.command;

import io.weft.cli.ExitStatus;
import io.weft.cli.Json;
import io.weft.results.Refused;
import io.weft.results.bundle.BundleTree;
import io.weft.results.bundle.UnreadableException;
import io.weft.results.event.BucketKeys;
import io.weft.results.event.RunEvent;
import io.weft.results.hook.EventSpool;
import io.weft.results.hook.RunReader;
import io.weft.results.port.MessageQueue;
import io.weft.results.port.QueueDepth;
import io.weft.results.port.QueueName;
import io.weft.results.port.Site;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** {@code weft results status}. */
@Command(
    name = "status",
    description = {
      "Shows what waits: bundles on disk, events in the spool, messages, dead letters.",
      "The exit status is 1 if a folder has a bundle that is broken or cannot be read."
    },
    mixinStandardHelpOptions = true)
public final class StatusCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..*",
      paramLabel = "DIR",
      description = "Also look for bundles there that are not in the bucket.")
  private List<Path> folders = new ArrayList<>();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Mixin private SiteOptions site;

  /** Made by picocli. */
  public StatusCommand() {}

  @Override
  public Integer call() throws Exception {
    return SiteOptions.told(
        () -> {
          ObjectNode node = Json.MAPPER.createObjectNode();
          int broken;
          try (Site open = site.open()) {
            broken = unshipped(open, node);
            EventSpool spool = site.spool();
            if (spool != null) {
              node.put("spooled", spool.waiting().size());
              spool.oldest().ifPresent(oldest -> node.put("spooledOldestSeconds", age(oldest)));
            }
            ObjectNode queues = node.putObject("queues");
            for (QueueName name : open.queues()) {
              MessageQueue queue = open.queue(name);
              QueueDepth depth = queue.depth();
              queues
                  .putObject(name.toString())
                  .put("waiting", depth.waiting())
                  .put("lent", depth.lent())
                  .put("deadLetters", queue.deadLetters().depth().total());
            }
          }
          print(node);
          return broken == 0 ? ExitStatus.OK : ExitStatus.FAILED;
        });
  }

  /** How many are broken. */
  private int unshipped(Site open, ObjectNode node) throws IOException {
    if (folders.isEmpty()) {
      return 0;
    }
    int count = 0;
    int broken = 0;
    Instant oldest = null;
    for (Path root : folders) {
      for (Path folder : BundleTree.find(root)) {
        try {
          RunEvent event = RunReader.read(folder, null);
          if (open.objects().head(BucketKeys.manifest(event)).isEmpty()) {
            count++;
            oldest =
                oldest == null || event.finishedAt().isBefore(oldest) ? event.finishedAt() : oldest;
          }
        } catch (Refused | UnreadableException wrong) {
          broken++;
          System.err.println("weft: " + folder + ": " + wrong.getMessage());
        }
      }
    }
    node.put("unshipped", count);
    node.put("brokenBundles", broken);
    if (oldest != null) {
      node.put("unshippedOldestSeconds", age(oldest));
    }
    return broken;
  }

  private static long age(Instant since) {
    return Math.max(0, Duration.between(since, Instant.now()).toSeconds());
  }

  private void print(ObjectNode node) {
    if (json) {
      System.out.println(Json.text(node));
      return;
    }
    if (node.has("unshipped")) {
      System.out.println(
          "bundles not in the bucket: " + node.path("unshipped") + oldest(node, "unshipped"));
    }
    if (node.has("spooled")) {
      System.out.println("events in the spool: " + node.path("spooled") + oldest(node, "spooled"));
    }
    node.path("queues")
        .properties()
        .forEach(
            queue ->
                System.out.println(
                    "queue %s: %s waiting, %s lent, %s dead letters"
                        .formatted(
                            queue.getKey(),
                            queue.getValue().path("waiting"),
                            queue.getValue().path("lent"),
                            queue.getValue().path("deadLetters"))));
  }

  private static String oldest(ObjectNode node, String name) {
    return node.has(name + "OldestSeconds")
        ? ", the oldest for " + Duration.ofSeconds(node.path(name + "OldestSeconds").asLong())
        : "";
  }
}
