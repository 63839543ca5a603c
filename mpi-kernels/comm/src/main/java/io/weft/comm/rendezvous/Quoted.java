package io.weft.comm.rendezvous;

import java.util.regex.Pattern;

/** What came from outside, made fit for a message: short, printable, without the secret. */
final class Quoted {
  private static final int LONGEST = 120;

  /** A secret or a part of one; what a launcher makes up itself has no such runs. */
  private static final Pattern SECRET = Pattern.compile("\\p{XDigit}{16,}");

  private static final Pattern VALUE = Pattern.compile("value=\\S*");
  private static final Pattern UNPRINTABLE = Pattern.compile("[^ -~]");

  private Quoted() {}

  static String of(String text) {
    String safe = VALUE.matcher(text).replaceAll("value=...");
    safe = SECRET.matcher(safe).replaceAll("...");
    safe = UNPRINTABLE.matcher(safe).replaceAll("?");
    return '"' + (safe.length() <= LONGEST ? safe : safe.substring(0, LONGEST) + "...") + '"';
  }
}
