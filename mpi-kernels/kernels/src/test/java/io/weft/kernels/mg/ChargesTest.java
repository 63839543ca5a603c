package io.weft.kernels.mg;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weft.kernels.LocalCommunicator;
import io.weft.kernels.npb.NpbRandom;
import io.weft.kernels.timed.SmallReductions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The charges of slabs against those that sorting all numbers gives. */
class ChargesTest {
  private static final int POINTS = 32;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 16})
  void areWhereAllNumbersSortedSay(int ranks) {
    NpbRandom random = new NpbRandom(314_159_265);
    double[] numbers = new double[POINTS * POINTS * POINTS];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = random.next();
    }
    int[] order =
        IntStream.range(0, numbers.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> numbers[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    Map<Integer, Double> expected = new TreeMap<>();
    for (int i = 0; i < 10; i++) {
      expected.put(order[i], -1.0);
      expected.put(order[numbers.length - 1 - i], 1.0);
    }

    int planes = POINTS / ranks;
    List<Field> slabs =
        LocalCommunicator.onEachRank(
            ranks,
            communicator -> {
              Field field = new Field(POINTS, planes);
              Charges.set(field, communicator.rank() * planes, new SmallReductions(communicator));
              return field;
            });
    Map<Integer, Double> found = new TreeMap<>();
    int nonzero = 0;
    for (int place = 0; place < numbers.length; place++) {
      int z = place / POINTS / POINTS;
      Field field = slabs.get(z / planes);
      double value = field.values()[field.at(z % planes, place / POINTS % POINTS) + place % POINTS];
      if (value != 0) {
        found.put(place, value);
      }
    }
    for (Field field : slabs) {
      for (double value : field.values()) {
        nonzero += value == 0 ? 0 : 1;
      }
    }
    assertEquals(expected, found);
    assertEquals(20, nonzero, "and none in the ghosts");
  }
}
