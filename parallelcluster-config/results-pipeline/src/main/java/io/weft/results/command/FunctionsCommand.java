package io.weft.results.command;

import io.weft.cli.ExitStatus;
import io.weft.cli.WeftException;
import io.weft.results.lambda.FunctionsArchive;
import io.weft.results.webhook.Webhooks;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weft results functions}: packs what AWS Lambda runs. */
@Command(
    name = "functions",
    description = {
      "Packs the archive of functions.yaml: this build's jars in lib/, and subscribers.json.",
      "The same build and subscribers give the same bytes. Copy it to a bucket, and deploy"
          + " functions.yaml with CodeBucket and CodeKey."
    },
    mixinStandardHelpOptions = true)
public final class FunctionsCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "FILE",
      description = "The archive, a zip; what is there is replaced.")
  private Path archive;

  @Option(
      names = "--subscribers",
      paramLabel = "FILE",
      description =
          "Who is told of results, as 'weft results webhooks' has it, with secrets in AWS Secrets"
              + " Manager (default: none, and no function for webhooks).")
  private Path subscribers;

  /** Made by picocli. */
  public FunctionsCommand() {}

  @Override
  public Integer call() throws Exception {
    return SiteOptions.told(
        () -> {
          if (subscribers != null) {
            Webhooks.check(subscribers);
          }
          List<Path> folders = new ArrayList<>();
          for (String module : List.of("io.weft.results", "io.weft.cli")) {
            folders.add(folder(module));
          }
          int jars = new FunctionsArchive(folders, subscribers).write(archive);
          System.out.println(
              "packed %d jars, %d MiB".formatted(jars, Files.size(archive) / (1 << 20)));
          return ExitStatus.OK;
        });
  }

  /** Where a module's jar is, with all that it depends on beside it. */
  private static Path folder(String module) {
    URI jar =
        ModuleLayer.boot()
            .configuration()
            .findModule(module)
            .flatMap(found -> found.reference().location())
            .orElseThrow(
                () ->
                    new WeftException(
                        ExitStatus.UNAVAILABLE,
                        "this is no build with modules: start it by scripts/weft"));
    return Path.of(jar).getParent();
  }
}
