package io.weft.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Map;
import java.util.TreeMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.EventType;
import org.junit.platform.testkit.engine.Events;

/** Runs a toy class by JUnit and shows what became of its tests. */
final class Toys {
  private final Events events;
  private final Events containers;

  private Toys(Events events, Events containers) {
    this.events = events;
    this.containers = containers;
  }

  static Toys run(Class<?> toy, Map<String, String> parameters) {
    var results =
        EngineTestKit.engine("junit-jupiter")
            .selectors(selectClass(toy))
            .configurationParameters(parameters)
            .execute();
    return new Toys(results.testEvents(), results.containerEvents());
  }

  static Toys run(Class<?> toy) {
    return run(toy, Map.of());
  }

  Events containers() {
    return containers;
  }

  /** The results by "method, cell". */
  Map<String, TestExecutionResult> results() {
    Map<String, TestExecutionResult> results = new TreeMap<>();
    for (Event event : events.filter(e -> e.getType() == EventType.FINISHED).toList()) {
      String method = event.getTestDescriptor().getParent().orElseThrow().getDisplayName();
      results.put(
          method.replaceAll("\\(.*", "") + ", " + event.getTestDescriptor().getDisplayName(),
          event.getRequiredPayload(TestExecutionResult.class));
    }
    return results;
  }

  Throwable thrown(String test) {
    return results().get(test).getThrowable().orElseThrow();
  }

  /** The message of a failed test. */
  String failure(String test) {
    assertStatus(TestExecutionResult.Status.FAILED, test);
    return thrown(test).getMessage();
  }

  void assertPassed(String test) {
    assertStatus(TestExecutionResult.Status.SUCCESSFUL, test);
  }

  void assertStatus(TestExecutionResult.Status expected, String test) {
    TestExecutionResult result = results().get(test);
    if (result == null) {
      throw new AssertionError(test + " is not in " + results().keySet());
    }
    assertEquals(
        expected,
        result.getStatus(),
        () -> test + "\n" + result.getThrowable().map(Throwable::getMessage).orElse(""));
  }
}
