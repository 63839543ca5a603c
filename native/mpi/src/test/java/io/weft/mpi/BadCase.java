package io.weft.mpi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A call that must be refused.
 *
 * @param method the public method of {@code io.weft.mpi} that refuses
 * @param value what its message has to say: the bad value, or what is wrong with it
 * @param call makes the call
 */
record BadCase(String method, String value, Call call) {
  /** The exceptions that a wrong use may be. */
  static final List<Class<?>> REFUSALS =
      List.of(
          IllegalArgumentException.class,
          IllegalStateException.class,
          IndexOutOfBoundsException.class,
          NullPointerException.class,
          MpiException.class);

  /** What is tried. */
  interface Call {
    void run();
  }

  /** What is wrong with how the call was refused; null if it was as it should, or is lacking. */
  String problem() {
    try {
      call.run();
    } catch (UnsupportedOperationException lacking) {
      System.out.println(method + " " + value + " is not tried: " + lacking.getMessage());
      return null;
    } catch (RuntimeException refused) {
      return problem(refused);
    }
    return this + " was not refused";
  }

  private String problem(RuntimeException refused) {
    String message = refused.getMessage();
    if (!REFUSALS.contains(refused.getClass()) || message == null) {
      return this + " was refused by " + refused;
    }
    if (!message.contains(value)) {
      return this + " was refused without its value: " + message;
    }
    boolean named =
        Arrays.stream(refused.getStackTrace())
            .anyMatch(
                frame ->
                    frame.getClassName().startsWith("io.weft.mpi.")
                        && frame.getMethodName().equals(method));
    return named ? null : this + " was refused without its function: " + message;
  }

  /** Every case is refused, and says why. */
  static void refuseAll(List<BadCase> cases) {
    List<String> problems = new ArrayList<>();
    for (BadCase each : cases) {
      String problem = each.problem();
      if (problem != null) {
        problems.add(problem);
      }
    }
    assertEquals(List.of(), problems);
  }

  @Override
  public String toString() {
    return method + " with " + value;
  }
}
