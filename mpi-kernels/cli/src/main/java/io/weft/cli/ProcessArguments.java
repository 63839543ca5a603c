package io.weft.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The command line after the main class: of this process, and as the user typed it. */
final class ProcessArguments {
  /** Carries what the user typed from the front process to its ranks, as JSON. */
  private static final String VARIABLE = "WEFT_ARGUMENTS";

  private static volatile List<String> arguments = List.of();

  private ProcessArguments() {}

  static void set(String[] given) {
    arguments = List.of(given);
  }

  static List<String> ofThisProcess() {
    return arguments;
  }

  /** What the front process tells its ranks. */
  static Map<String, String> environmentOfRanks() {
    return Map.of(VARIABLE, Json.MAPPER.writeValueAsString(arguments));
  }

  /** What the user typed, here or in the front process. */
  static List<String> ofTheUser(Map<String, String> environment) {
    String text = environment.get(VARIABLE);
    if (text == null) {
      return arguments;
    }
    List<String> result = new ArrayList<>();
    Json.MAPPER.readTree(text).forEach(argument -> result.add(argument.asString()));
    return result;
  }
}
