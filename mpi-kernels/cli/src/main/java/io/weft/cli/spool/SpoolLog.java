package io.weft.cli.spool;

/** What the service says: a line for each thing done, for the journal, which adds the time. */
final class SpoolLog {
  private SpoolLog() {}

  static void say(String message) {
    // A user's file name may hold a line's end, which must not become a line of the log.
    System.out.println("weft spool: " + message.replaceAll("\\p{Cntrl}+", " "));
    System.out.flush();
  }
}
