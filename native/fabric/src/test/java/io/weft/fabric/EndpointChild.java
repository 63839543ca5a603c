package io.weft.fabric;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Opens an endpoint of a provider, polls it, registers memory, and prints what came of it. */
final class EndpointChild {
  static final String END = "came to its end";

  private static final int POLLS = 5_000;

  private EndpointChild() {}

  public static void main(String[] arguments) {
    try (Discovery found = Fabric.discover(FabricHints.provider(arguments[0]));
        Fabric fabric = Fabric.open(found.first());
        Arena arena = Arena.ofConfined()) {
      FabricInfo info = found.first();
      Domain domain = fabric.openDomain(info);
      if (arguments.length > 1) {
        register(domain, arena.allocate(Long.parseLong(arguments[1])));
      }
      CompletionQueue completions = domain.openCompletionQueue(0);
      domain.openEndpoint(info, domain.openAddressVector(1), completions);
      for (int i = 0; i < POLLS; i++) {
        completions.read();
      }
      System.out.println("polled");
    } catch (FabricException e) {
      System.out.println(e);
    }
    System.out.println(END);
  }

  private static void register(Domain domain, MemorySegment memory) {
    try {
      domain.register(memory).close();
      System.out.println("registered");
    } catch (FabricException e) {
      System.out.println(e);
    }
  }
}
