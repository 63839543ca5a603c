package io.weft.launch;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Words of the command line as enum values. */
final class Labels {
  private Labels() {}

  static <T> T find(T[] values, String label, String axis) {
    for (T value : values) {
      if (value.toString().equals(label)) {
        return value;
      }
    }
    throw new IllegalArgumentException(
        "unknown "
            + axis
            + " \""
            + label
            + "\"; there are: "
            + Arrays.stream(values).map(Object::toString).collect(Collectors.joining(", ")));
  }
}
