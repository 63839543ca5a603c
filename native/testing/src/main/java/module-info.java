/** Tests that run on several ranks, struct layouts against C headers, bytes per operation. */
module io.weft.testing {
  requires transitive io.weft.launch;
  requires transitive org.junit.jupiter.api;
  requires tools.jackson.databind;
  requires jdk.management;

  exports io.weft.testing;
}
