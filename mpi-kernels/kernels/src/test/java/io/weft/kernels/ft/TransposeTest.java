package io.weft.kernels.ft;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weft.kernels.LocalCommunicator;
import io.weft.kernels.Progress;
import io.weft.kernels.timed.PhaseTimers;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Transposes of a field whose points say where they belong. */
class TransposeTest {
  @ParameterizedTest
  @CsvSource({"2,true", "2,false", "8,true", "8,false", "32,true"})
  void everyPointComesToItsPlaceAndBack(int ranks, boolean overlap) {
    // Some extents give several planes a part, some one, and the last rank number one row.
    Slabs slabs = new Slabs(16, 64, 128, ranks);
    LocalCommunicator.onEachRank(
        ranks,
        communicator -> {
          int rank = communicator.rank();
          double[][] planes = new double[2][slabs.points()];
          double[][] rows = new double[2][slabs.points()];
          double[][] back = new double[2][slabs.points()];
          for (int k = 0; k < slabs.points(); k++) {
            // In planes, a rank's points follow those of the rank before.
            planes[0][k] = (double) rank * slabs.points() + k;
            planes[1][k] = -1 - planes[0][k];
          }
          TransposePipeline pipeline =
              new TransposePipeline(
                  communicator,
                  2L * Double.BYTES * slabs.messagePoints(),
                  overlap,
                  new PhaseTimers(Progress.NONE, FtPhase.values()));
          PlanesToRows there = new PlanesToRows(slabs, rank, planes, rows);
          pipeline.start(there);
          for (int chunk = 0; chunk < there.chunks(); chunk++) {
            pipeline.progress();
            pipeline.put(chunk);
          }
          pipeline.finish();
          int at = 0;
          for (int z = 0; z < slabs.nz(); z++) {
            for (int row = 0; row < slabs.rows(); row++) {
              int y = rank * slabs.rows() + row;
              for (int x = 0; x < slabs.nx(); x++) {
                double global = ((double) z * slabs.ny() + y) * slabs.nx() + x;
                assertEquals(global, rows[0][at]);
                assertEquals(-1 - global, rows[1][at]);
                at++;
              }
            }
          }

          int block = slabs.chunkRows() * slabs.nx();
          double[][] stage = new double[2][block * slabs.nz()];
          RowsToPlanes here = new RowsToPlanes(slabs, rank, stage, back);
          pipeline.start(here);
          for (int chunk = 0; chunk < here.chunks(); chunk++) {
            for (int z = 0; z < slabs.nz(); z++) {
              int from = (z * slabs.rows() + chunk * slabs.chunkRows()) * slabs.nx();
              System.arraycopy(rows[0], from, stage[0], z * block, block);
              System.arraycopy(rows[1], from, stage[1], z * block, block);
            }
            pipeline.put(chunk);
          }
          pipeline.finish();
          for (int k = 0; k < slabs.points(); k++) {
            assertEquals(planes[0][k], back[0][k]);
            assertEquals(planes[1][k], back[1][k]);
          }
          return null;
        });
  }

  /** A part is taken in while the next is under way; without overlap, before the next. */
  @Test
  void overlapIsOneOfMessagesAndTheNextPart() {
    assertEquals(
        List.of("pack 0", "pack 1", "take 0", "pack 2", "take 1", "pack 3", "take 2", "take 3"),
        order(true));
    assertEquals(
        List.of("pack 0", "take 0", "pack 1", "take 1", "pack 2", "take 2", "pack 3", "take 3"),
        order(false));
  }

  private static List<String> order(boolean overlap) {
    return LocalCommunicator.onEachRank(
            2,
            communicator -> {
              Recorder recorder = new Recorder();
              TransposePipeline pipeline =
                  new TransposePipeline(
                      communicator, 8, overlap, new PhaseTimers(Progress.NONE, FtPhase.values()));
              pipeline.start(recorder);
              for (int chunk = 0; chunk < recorder.chunks(); chunk++) {
                pipeline.put(chunk);
              }
              pipeline.finish();
              return recorder.order;
            })
        .getFirst();
  }

  private static final class Recorder implements ChunkMover {
    private final List<String> order = new ArrayList<>();

    @Override
    public int chunks() {
      return 4;
    }

    @Override
    public long messageBytes() {
      return 8;
    }

    @Override
    public void pack(int chunk, int to, MemorySegment message, long offsetBytes) {
      order.add("pack " + chunk);
    }

    @Override
    public void unpack(int chunk, int from, MemorySegment message, long offsetBytes) {
      order.add("take " + chunk);
    }

    @Override
    public void keep(int chunk) {}
  }
}
