package io.weft.fabric;

/** Asks for a provider and prints what came of it. */
final class DiscoveryChild {
  private DiscoveryChild() {}

  public static void main(String[] arguments) {
    try (Discovery found = Fabric.discover(FabricHints.provider(arguments[0]))) {
      System.out.println(found.first());
    } catch (FabricException e) {
      System.out.println(e);
    }
  }
}
