package io.weft.fabric;

import io.weft.fabric.ffm.Libfabric;

/** Prints which versions of symbols are in force, and what discovery reads through them. */
final class VersionChild {
  private VersionChild() {}

  public static void main(String[] arguments) {
    System.out.println(Fabric.libraryVersion());
    Libfabric.versions().forEach(System.out::println);
    try (Pair pair = Pair.open("shm")) {
      FabricInfo info = pair.left.info;
      // The domain's attributes grew behind these in later versions.
      System.out.println("key " + info.keyBytes() + " data " + info.completionDataBytes());
      System.out.println(pair.sendRight(new byte[100], 1).length);
    }
  }
}
