package io.weft.mpi;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Sessions, where the library has them. */
final class SessionChecks extends Checks {
  SessionChecks(Mpi mpi, Comm comm) {
    super(mpi, comm);
  }

  void sessions() {
    Session[] opened = new Session[1];
    needs(() -> opened[0] = Session.open(mpi, null));
    Session session = opened[0];
    assertTrue(session.processSets().contains("mpi://WORLD"), "" + session.processSets());
    assertTrue(session.processSets().contains("mpi://SELF"), "" + session.processSets());
    try (Info about = session.processSetInfo("mpi://WORLD");
        Info hints = session.info();
        Group world = session.group("mpi://WORLD");
        Comm made = session.createComm(world, "io.weft.mpi.sessions")) {
      assertEquals("" + size, about.get("mpi_size"));
      assertNotNull(hints.toMap());
      assertEquals(size, world.size());
      assertEquals(rank, made.rank());
      send.set(JAVA_LONG, 0, 1L << rank);
      made.allreduce(send, 0, recv, 0, 1, Datatype.LONG, Op.SUM);
      assertEquals((1L << size) - 1, recv.get(JAVA_LONG, 0));
      assertThrows(MpiException.class, () -> made.send(send, 0, 1, Datatype.LONG, size, 0));
      assertThrows(MpiException.class, () -> session.group("weft://none"));
    }
    session.close();
    session.close();
    assertThrows(IllegalStateException.class, session::processSets);
  }
}
