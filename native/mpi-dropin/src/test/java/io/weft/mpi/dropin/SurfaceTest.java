package io.weft.mpi.dropin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import mpi.MPI;
import org.junit.jupiter.api.Test;

/**
 * The drop-in has the members of Open MPI 4.1's Java bindings, all of them and no other. Those of
 * Open MPI 5.0 are the same: nothing was added to the bindings after 2017.
 */
class SurfaceTest {
  @Test
  void theSurfaceIsThatOfTheOldBindings() throws Exception {
    Surface old = Surface.of(OldBindings.jar());
    Surface ours =
        Surface.of(Path.of(MPI.class.getProtectionDomain().getCodeSource().getLocation().toURI()));
    assertEquals(List.of(), old.differences(ours));
  }

  /** Else a change of {@link Surface} could compare nothing with nothing. */
  @Test
  void theOldBindingsAreReadWhole() throws Exception {
    Surface old = Surface.of(OldBindings.jar());
    assertEquals(41, old.classes().size());
    assertEquals(532, old.methods().stream().filter(each -> each.startsWith("public ")).count());
    assertEquals(
        21, old.constructors().stream().filter(each -> each.startsWith("public ")).count());
    assertEquals(165, old.fields().size());
  }
}
