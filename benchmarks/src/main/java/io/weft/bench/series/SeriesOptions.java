package io.weft.bench.series;

import java.util.ArrayList;
import java.util.List;

/**
 * What the arguments of a series ask for.
 *
 * @param turns how often each way is started
 * @param seconds for each length; of a series of collectives, for each slice of one
 * @param only what the table or the name of a way must contain
 * @param table the file to write a table of algorithms to, or null
 * @param lengths in bytes
 */
record SeriesOptions(int turns, String seconds, String only, String table, List<String> lengths) {
  /** Parses; prints the usage and gives null for {@code --help}. */
  static SeriesOptions parse(
      String[] arguments, String usage, int turns, String seconds, String lengths) {
    String only = "";
    String table = null;
    List<String> given = new ArrayList<>();
    for (int i = 0; i < arguments.length; i++) {
      String value = i + 1 < arguments.length ? arguments[i + 1] : "";
      if (arguments[i].equals("--turns") && value.matches("[1-9][0-9]{0,3}")) {
        turns = Integer.parseInt(arguments[++i]);
      } else if (arguments[i].equals("--seconds") && value.matches("[0-9]+([.][0-9]+)?")) {
        seconds = arguments[++i];
      } else if (arguments[i].equals("--only") && !value.isEmpty()) {
        only = arguments[++i];
      } else if (arguments[i].equals("--table") && usage.contains("--table") && !value.isEmpty()) {
        table = arguments[++i];
      } else if (arguments[i].matches("[1-9][0-9]{0,8}")) {
        given.add(arguments[i]);
      } else {
        System.err.print(usage);
        if (!arguments[i].equals("--help")) {
          System.err.println("not understood: " + arguments[i]);
          System.exit(2);
        }
        return null;
      }
    }
    return new SeriesOptions(
        turns, seconds, only, table, given.isEmpty() ? List.of(lengths.split(" ")) : given);
  }

  /** Those that were asked for; ends the process if there are none. */
  List<Way> taken(List<Way> ways) {
    List<Way> taken =
        ways.stream()
            .filter(way -> way.table().contains(only) || way.name().contains(only))
            .toList();
    if (taken.isEmpty()) {
      System.err.println("--only " + only + ": no table or name contains it. There are:");
      ways.forEach(way -> System.err.println("  " + way.table() + ": " + way.name()));
      System.exit(2);
    }
    return taken;
  }
}
