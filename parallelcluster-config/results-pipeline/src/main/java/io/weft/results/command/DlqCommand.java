package io.weft.results.command;

import io.weft.cli.ExitStatus;
import io.weft.cli.Json;
import io.weft.results.port.MessageQueue;
import io.weft.results.port.QueueName;
import io.weft.results.port.Received;
import io.weft.results.port.Site;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import tools.jackson.databind.node.ArrayNode;

/** {@code weft results dlq}: dead letters. */
@Command(
    name = "dlq",
    description = "Shows dead letters and why they are, and gives them another try.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {DlqCommand.Show.class, DlqCommand.Redrive.class})
public final class DlqCommand implements Callable<Integer> {
  /** Long enough to see all of a queue once. */
  private static final Duration HELD = Duration.ofSeconds(60);

  private static final int BATCH = 10;
  private static final int MOST = 10_000;

  @Spec private CommandSpec spec;

  /** Made by picocli. */
  public DlqCommand() {}

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "say which: list or redrive");
  }

  /** Reads a queue's name. */
  static final class Name implements picocli.CommandLine.ITypeConverter<QueueName> {
    @Override
    public QueueName convert(String text) {
      for (QueueName name : QueueName.values()) {
        if (name.toString().equals(text.toLowerCase(Locale.ROOT))) {
          return name;
        }
      }
      throw new TypeConversionException(
          "'" + text + "' is none of the queues " + List.of(QueueName.values()));
    }
  }

  /** Borrows all messages, each once. */
  private static Map<String, Received> borrow(MessageQueue queue)
      throws IOException, InterruptedException {
    Map<String, Received> all = new LinkedHashMap<>();
    boolean more;
    do {
      more = false;
      // What comes a second time was held for too short a time for so many: all have been seen.
      for (Received message : queue.receive(BATCH, queue.emptyAfter(), HELD)) {
        more |= all.put(message.id(), message) == null;
      }
    } while (more && all.size() < MOST);
    return all;
  }

  /** {@code weft results dlq list}. */
  @Command(
      name = "list",
      description = "Shows a queue's dead letters; they stay, and are back within a minute.",
      mixinStandardHelpOptions = true)
  public static final class Show implements Callable<Integer> {
    @Parameters(
        index = "0",
        paramLabel = "QUEUE",
        converter = Name.class,
        description = "Whose: ship or catalog.")
    private QueueName name;

    @Option(names = "--json", description = "Print JSON: an array, an object for each.")
    private boolean json;

    @Mixin private SiteOptions site;

    /** Made by picocli. */
    public Show() {}

    @Override
    public Integer call() throws Exception {
      return SiteOptions.told(
          () -> {
            try (Site open = site.open()) {
              MessageQueue dead = open.queue(name).deadLetters();
              ArrayNode array = Json.MAPPER.createArrayNode();
              for (Received letter : borrow(dead).values()) {
                array
                    .addObject()
                    .put("id", letter.id())
                    .put("reason", reason(letter))
                    .put("body", letter.body());
                dead.extend(letter, Duration.ZERO);
              }
              if (json) {
                System.out.println(Json.text(array));
              } else {
                array.forEach(
                    letter ->
                        System.out.println(
                            letter.path("id").asString()
                                + "  "
                                + letter.path("reason").asString()));
              }
              return ExitStatus.OK;
            }
          });
    }

    private static String reason(Received letter) {
      return letter
          .attributes()
          .getOrDefault(
              MessageQueue.REASON, "received too often: whoever worked on it was ended each time");
    }
  }

  /** {@code weft results dlq redrive}. */
  @Command(
      name = "redrive",
      description = {
        "Moves a queue's dead letters back into it, after what was wrong is mended.",
        "Ended in between it leaves one of them in both, which is no harm."
      },
      mixinStandardHelpOptions = true)
  public static final class Redrive implements Callable<Integer> {
    @Parameters(
        index = "0",
        paramLabel = "QUEUE",
        converter = Name.class,
        description = "Whose: ship or catalog.")
    private QueueName name;

    @Mixin private SiteOptions site;

    /** Made by picocli. */
    public Redrive() {}

    @Override
    public Integer call() throws Exception {
      return SiteOptions.told(
          () -> {
            try (Site open = site.open()) {
              MessageQueue queue = open.queue(name);
              MessageQueue dead = queue.deadLetters();
              int moved = 0;
              for (Received letter : borrow(dead).values()) {
                Map<String, String> attributes = new HashMap<>(letter.attributes());
                attributes.remove(MessageQueue.REASON);
                queue.send(letter.body(), attributes);
                dead.delete(letter);
                moved++;
              }
              System.out.println("moved " + moved);
              return ExitStatus.OK;
            }
          });
    }
  }
}
