package io.weft.results.command;

import io.weft.cli.ExitStatus;
import io.weft.cli.WeftException;
import io.weft.results.Refused;
import io.weft.results.port.Site;
import io.weft.results.upkeep.Fetcher;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code weft results get}. */
@Command(
    name = "get",
    description = "Brings a bundle back from the bucket, and compares it with its manifest.",
    mixinStandardHelpOptions = true)
public final class GetCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "ID", description = "The id, or how it begins.")
  private String id;

  @Parameters(index = "1", paramLabel = "DIR", description = "A folder that is not there yet.")
  private Path folder;

  @Mixin private SiteOptions site;

  /** Made by picocli. */
  public GetCommand() {}

  @Override
  public Integer call() throws Exception {
    return SiteOptions.told(
        () -> {
          try (Site open = site.open()) {
            new Fetcher(open.objects()).fetch(Entry.of(open.catalog(), id).key(), folder);
            System.err.println("weft: " + folder + " is the bundle, byte for byte");
            return ExitStatus.OK;
          } catch (FileAlreadyExistsException there) {
            throw new WeftException(ExitStatus.USAGE, there.getFile() + " is there already");
          } catch (Refused refused) {
            throw new WeftException(ExitStatus.FAILED, refused.getMessage());
          }
        });
  }
}
