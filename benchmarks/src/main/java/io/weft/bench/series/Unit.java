package io.weft.bench.series;

/** What a table shows of nanoseconds per operation. */
enum Unit {
  /** As they are. */
  NANOS,
  /** For each item, where the length is a number of items. */
  PER_ITEM,
  /** 10^9 bytes in a second. */
  GIGABYTES;

  double of(double nanos, long length) {
    return switch (this) {
      case NANOS -> nanos;
      case PER_ITEM -> nanos / length;
      case GIGABYTES -> length / nanos;
    };
  }

  String format(double median, double least, double most) {
    String form = this == NANOS ? "%,.0f (%,.0f to %,.0f)" : "%.3f (%.3f to %.3f)";
    return form.formatted(median, least, most);
  }
}
