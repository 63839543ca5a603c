package io.weft.comm.rendezvous;

import io.weft.comm.CommunicatorException;
import java.util.HashMap;
import java.util.Map;

/** A line from the launcher that answers a request of PMI-1. */
final class PmiAnswer {
  private final String request;
  private final String line;
  private final Map<String, String> words = new HashMap<>();

  /**
   * Takes a line apart.
   *
   * @param request what was asked, for messages
   * @param line what came, without its end
   * @param command what {@code cmd} must be
   * @throws CommunicatorException if the line is no answer to the request
   */
  PmiAnswer(String request, String line, String command) {
    this.request = request;
    this.line = line;
    for (String word : line.strip().split(" +")) {
      int equals = word.indexOf('=');
      if (equals < 1 || words.put(word.substring(0, equals), word.substring(equals + 1)) != null) {
        throw wrong();
      }
    }
    expect("cmd", command);
  }

  boolean has(String name) {
    return words.containsKey(name);
  }

  String get(String name) {
    String value = words.get(name);
    if (value == null) {
      throw wrong();
    }
    return value;
  }

  PmiAnswer expect(String name, String value) {
    if (!get(name).equals(value)) {
      throw wrong();
    }
    return this;
  }

  int number(String name, int least, int most) {
    try {
      int number = Integer.parseInt(get(name));
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException noNumber) {
      // It is wrong, as is one out of range.
    }
    throw wrong();
  }

  CommunicatorException wrong() {
    return new CommunicatorException(
        "the launcher's PMI answers " + Quoted.of(request) + " with " + Quoted.of(line));
  }
}
