package io.weft.fabric.ffm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.ffi.NativeLibraryException;
import java.util.List;
import org.junit.jupiter.api.Test;

class LibfabricFileTest {
  @Test
  void anOverrideIsTheOnlyCandidate() {
    assertEquals(List.of("/some/where.so"), LibfabricFile.candidates("/some/where.so"));
  }

  @Test
  void withoutOverrideTheLinkerIsAskedFirst() {
    assertEquals("libfabric.so.1", LibfabricFile.candidates(null).getFirst());
    assertEquals("libfabric.so.1", LibfabricFile.candidates(" ").getFirst());
  }

  @Test
  void everyFailureIsNamed() {
    NativeLibraryException failure =
        assertThrows(
            NativeLibraryException.class,
            () -> LibfabricFile.search(List.of("/no/such/file.so", "libc.so.6")));
    assertTrue(failure.getMessage().contains("/no/such/file.so"), failure.getMessage());
    assertTrue(failure.getMessage().contains("libc.so.6 is not libfabric"), failure.getMessage());
  }
}
