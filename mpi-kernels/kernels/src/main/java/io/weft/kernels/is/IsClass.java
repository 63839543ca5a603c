package io.weft.kernels.is;

import io.weft.kernels.ProblemClass;
import java.util.List;

/**
 * One problem size with its published answers.
 *
 * @param name the class's letter
 * @param log2Keys the keys are 2 to this power
 * @param log2Values keys are below 2 to this power
 * @param log2Buckets buckets of equal ranges of keys are 2 to this power
 * @param testKeys keys whose ranks are published
 */
record IsClass(String name, int log2Keys, int log2Values, int log2Buckets, List<TestKey> testKeys)
    implements ProblemClass {
  /** The timed iterations: rankings of all keys. */
  static final int ITERATIONS = 10;

  /** The published classes, smallest first (NPB 3.4). */
  static final List<IsClass> PUBLISHED =
      List.of(
          new IsClass(
              "S",
              16,
              11,
              9,
              List.of(
                  new TestKey(48427, 0, true, 0),
                  new TestKey(17148, 18, true, 0),
                  new TestKey(23627, 346, true, 0),
                  new TestKey(62548, 64917, false, 0),
                  new TestKey(4431, 65463, false, 0))),
          new IsClass(
              "W",
              20,
              16,
              10,
              List.of(
                  new TestKey(357773, 1249, true, 2),
                  new TestKey(934767, 11698, true, 2),
                  new TestKey(875723, 1039987, false, 0),
                  new TestKey(898999, 1043896, false, 0),
                  new TestKey(404505, 1048018, false, 0))),
          new IsClass(
              "A",
              23,
              19,
              10,
              List.of(
                  new TestKey(2112377, 104, true, 1),
                  new TestKey(662041, 17523, true, 1),
                  new TestKey(5336171, 123928, true, 1),
                  new TestKey(3642833, 8288932, false, 1),
                  new TestKey(4250760, 8388264, false, 1))),
          new IsClass(
              "B",
              25,
              21,
              10,
              List.of(
                  new TestKey(41869, 33422937, false, 0),
                  new TestKey(812306, 10244, true, 0),
                  new TestKey(5102857, 59149, true, 0),
                  new TestKey(18232239, 33135281, false, 0),
                  new TestKey(26860214, 99, true, 0))),
          new IsClass(
              "C",
              27,
              23,
              10,
              List.of(
                  new TestKey(44172927, 61147, true, 0),
                  new TestKey(72999161, 882988, true, 0),
                  new TestKey(74326391, 266290, true, 0),
                  new TestKey(129606274, 133997595, false, 0),
                  new TestKey(21736814, 133525895, false, 0))));

  /** Copies the list. */
  IsClass {
    testKeys = List.copyOf(testKeys);
  }

  /** The number of keys. */
  long keys() {
    return 1L << log2Keys;
  }

  /** Keys are {@code 0 .. values() - 1}. */
  int values() {
    return 1 << log2Values;
  }

  /** The number of buckets. */
  int buckets() {
    return 1 << log2Buckets;
  }

  /** A key shifted right by this is its bucket. */
  int bucketShift() {
    return log2Values - log2Buckets;
  }

  @Override
  public String parameters() {
    return "2^%d keys below 2^%d, %d iterations".formatted(log2Keys, log2Values, ITERATIONS);
  }

  /** One for each key ranked, by NPB's formula. */
  @Override
  public double operations() {
    return (double) ITERATIONS * keys();
  }
}
