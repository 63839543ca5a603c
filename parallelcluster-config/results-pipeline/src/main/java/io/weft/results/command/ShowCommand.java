package io.weft.results.command;

import io.weft.cli.ExitStatus;
import io.weft.cli.Json;
import io.weft.cli.WeftException;
import io.weft.results.Refused;
import io.weft.results.bundle.BundleFile;
import io.weft.results.bundle.Manifest;
import io.weft.results.event.BucketKeys;
import io.weft.results.port.Site;
import io.weft.results.upkeep.Fetcher;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code weft results show}. */
@Command(
    name = "show",
    description = "Shows a run in the catalog, and the files of its bundle.",
    mixinStandardHelpOptions = true)
public final class ShowCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "ID", description = "The id, or how it begins.")
  private String id;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Mixin private SiteOptions site;

  /** Made by picocli. */
  public ShowCommand() {}

  @Override
  public Integer call() throws Exception {
    return SiteOptions.told(
        () -> {
          try (Site open = site.open()) {
            Entry entry = Entry.of(open.catalog(), id);
            Manifest manifest = Manifest.parse(new Fetcher(open.objects()).manifest(entry.key()));
            ObjectNode node = entry.summary().json();
            node.put("prefix", BucketKeys.prefixOf(entry.key()));
            if (json) {
              ArrayNode files = node.putArray("contents");
              for (BundleFile file : manifest.files()) {
                files
                    .addObject()
                    .put("name", file.name())
                    .put("bytes", file.bytes())
                    .put("sha256", file.sha256());
              }
              System.out.println(Json.text(node));
            } else {
              node.properties()
                  .forEach(field -> System.out.printf("%-15s %s%n", field.getKey(), word(field)));
              for (BundleFile file : manifest.files()) {
                System.out.printf("  %14d  %s%n", file.bytes(), file.name());
              }
            }
            return ExitStatus.OK;
          } catch (Refused refused) {
            throw new WeftException(ExitStatus.FAILED, refused.getMessage());
          }
        });
  }

  private static String word(java.util.Map.Entry<String, tools.jackson.databind.JsonNode> field) {
    return field.getValue().isString() ? field.getValue().asString() : field.getValue().toString();
  }
}
