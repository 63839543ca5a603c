package io.weft.testing.toys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.launch.MpiVendor;
import io.weft.testing.MultiRank;
import io.weft.testing.RankContext;
import io.weft.testing.RankFixture;
import io.weft.testing.RankTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Order;

/** Passes everywhere; leaves a line per start, and one per rank that was closed. */
@MultiRank(variants = {"mpi/shm", "libfabric/ena/same"})
public class PassingToy implements RankFixture {
  private RankContext context;
  private String done = "";

  /** Each rank makes one. */
  public PassingToy() {}

  @Override
  public void open(RankContext opened) throws IOException {
    context = opened;
    say("open");
  }

  @Override
  public void close() throws IOException {
    assertEquals("last first second ", done);
    say("close");
  }

  private void say(String what) throws IOException {
    Files.writeString(
        Path.of(System.getProperty("weft.toy.log")),
        String.join(
                " ",
                what,
                context.mpi().toString(),
                context.variant(),
                Integer.toString(context.size()),
                Integer.toString(context.rank()))
            + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  /** Environment and context agree. */
  @RankTest
  void first(RankContext given) throws IOException {
    done += "first ";
    assertEquals(context, given);
    assertTrue(given.rank() >= 0 && given.rank() < given.size());
    assertEquals(
        given.mpi() == MpiVendor.OPEN_MPI,
        System.getenv("WEFT_MPI_LIB").contains("libmpi.so.40"),
        System.getenv("WEFT_MPI_LIB"));
    assertEquals("", System.getenv("UCX_ERROR_SIGNALS"));
    assertTrue(given.longRun());
    boolean crowded = 2 * given.size() > Integer.getInteger("weft.toy.processors");
    assertEquals(
        crowded && given.mpi() == MpiVendor.MPICH,
        Files.readString(Path.of("/proc/self/maps")).contains("/libweft-yield.so"));
  }

  /** All ranks see one directory. */
  @RankTest
  void second(RankContext given) throws Exception {
    done += "second ";
    Files.createFile(given.scratch().resolve("rank" + given.rank()));
    for (int rank = 0; rank < given.size(); rank++) {
      while (!Files.exists(given.scratch().resolve("rank" + rank))) {
        Thread.sleep(5);
      }
    }
  }

  /** Comes first, by its order. */
  @Order(1)
  @RankTest
  void last() {
    done += "last ";
  }
}
