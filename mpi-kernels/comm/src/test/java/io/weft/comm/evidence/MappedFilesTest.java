package io.weft.comm.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the kernel says that this process has mapped. */
class MappedFilesTest {
  @TempDir Path directory;

  /** Regions whose path is in the test's directory. */
  private Set<String> regions() {
    return MappedFiles.ofThisProcess().sharedRegions().stream()
        .filter(region -> region.contains(directory.toString()))
        .collect(Collectors.toSet());
  }

  private FileChannel file(String name) throws IOException {
    Path path = directory.resolve(name);
    Files.write(path, new byte[8192]);
    return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  private MemorySegment map(String name, MapMode mode, Arena arena) throws IOException {
    try (FileChannel file = file(name)) {
      return file.map(mode, 0, 8192, arena);
    }
  }

  @Test
  void findsWritableSharedMappingsWhileTheyLast() throws IOException {
    assertEquals(Set.of(), regions());
    try (Arena arena = Arena.ofConfined()) {
      map("shared memory", MapMode.READ_WRITE, arena);
      assertEquals(1, regions().size(), regions().toString());
      String region = regions().iterator().next();
      Path path = directory.resolve("shared memory");
      assertTrue(region.endsWith(" " + path), region);
      String inode = Files.getAttribute(path, "unix:ino").toString();
      assertTrue(region.contains(":" + inode + " "), region + " lacks inode " + inode);
    }
    assertEquals(Set.of(), regions());
  }

  /** Libraries unlink their segments as soon as everybody has them. */
  @Test
  void unlinkedFilesKeepTheirName() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      map("gone", MapMode.READ_WRITE, arena);
      Set<String> before = regions();
      Files.delete(directory.resolve("gone"));
      assertEquals(before, regions());
    }
  }

  @Test
  void whatNobodyElseCanSeeIsNotShared() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      map("mine", MapMode.PRIVATE, arena);
      map("constant", MapMode.READ_ONLY, arena);
      assertEquals(Set.of(), regions());
    }
  }

  @Test
  void startUpServicesAreNotCounted() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      map("pmix_dstor_1", MapMode.READ_WRITE, arena);
      map("mpich_shar_tmp1", MapMode.READ_WRITE, arena);
      map("hsperfdata_9", MapMode.READ_WRITE, arena);
      assertEquals(Set.of(), regions());
    }
  }

  @Test
  void pluginsAreKnownByTheirFiles() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      for (String name :
          Set.of(
              "mca_btl_vader.so", "mca_pml_ob1.so", "libuct_cma.so.0.0.0", "libfabric.so.1.20.0")) {
        map(name, MapMode.READ_ONLY, arena);
      }
      map("mca_coll_basic.so", MapMode.READ_ONLY, arena);
      Set<String> plugins = MappedFiles.ofThisProcess().plugins();
      assertTrue(
          plugins.containsAll(Set.of("btl_vader", "pml_ob1", "uct_cma", "fabric")),
          plugins.toString());
      assertFalse(plugins.stream().anyMatch(p -> p.contains("coll")), plugins.toString());
    }
  }
}
