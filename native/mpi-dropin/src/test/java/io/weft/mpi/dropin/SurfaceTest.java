package io.weft.mpi.dropin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import mpi.MPI;
import org.junit.jupiter.api.Test;

/**
 * The drop-in has the members of Open MPI's Java bindings, of 4.1 and of 5.0, all of them and no
 * other.
 */
class SurfaceTest {
  @Test
  void theSurfaceIsThatOfTheOldBindings() throws Exception {
    Surface old = Surface.of(OldBindings.jar()).and(Surface.of(OldBindings.jarOf5()));
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

  /** What Open MPI 5.0 changed, and nothing else; {@code docs/dropin.md} tells of it. */
  @Test
  void openMpi5ChangedThreeMembers() throws Exception {
    String types = "int[], int[], Datatype[]";
    String allToAllw =
        "public final void mpi/Comm.allToAllw(%1$s, " + types + ", %1$s, " + types + ")";
    String thrown = " throws mpi/MPIException";
    assertEquals(
        List.of(
            "missing: " + allToAllw.formatted("Buffer") + thrown,
            "extra: " + allToAllw.formatted("Object") + thrown,
            "extra: public static final Errhandler mpi/MPI.ERRORS_ABORT",
            "extra: public static final int mpi/MPI.ERR_PROC_ABORTED"),
        Surface.of(OldBindings.jar()).differences(Surface.of(OldBindings.jarOf5())));
  }
}
