package io.weft.fabric;

/** Uses shm, then needs the JVM's own signal handlers, then waits for SIGTERM. */
final class ShmChild {
  static final String READY = "ready";
  static final String HOOK = "shutdown hook";

  private static final int ROUNDS = 100_000;

  private ShmChild() {}

  public static void main(String[] arguments) throws InterruptedException {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println(HOOK)));
    Pair pair = Pair.open("shm");
    pair.sendRight(new byte[100_000], 1);
    String text = arguments.length == 0 ? "text" : arguments[0];
    int total = 0;
    for (int i = 0; i < ROUNDS; i++) {
      total += lengthOf(text); // Has it compiled, with the null check left to SIGSEGV.
    }
    int caught = 0;
    for (int i = 0; i < ROUNDS; i++) {
      try {
        total += lengthOf(null);
      } catch (NullPointerException expected) {
        caught++;
      }
    }
    if (caught != ROUNDS || total != ROUNDS * text.length()) {
      System.out.println("caught " + caught + ", counted " + total);
      return;
    }
    pair.sendLeft(new byte[100_000], 2);
    System.out.println(READY);
    Thread.sleep(Long.MAX_VALUE);
  }

  private static int lengthOf(String text) {
    return text.length();
  }
}
