package io.weft.testing.toys;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs a toy in a JVM of its own, for a test to stop that JVM. */
public final class ToyMain {
  private ToyMain() {}

  /**
   * Runs a class.
   *
   * @param arguments its name
   */
  public static void main(String[] arguments) {
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request().selectors(selectClass(arguments[0])).build());
  }
}
