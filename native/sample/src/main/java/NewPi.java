import io.weft.mpi.Comm;
import io.weft.mpi.Datatype;
import io.weft.mpi.Mpi;
import io.weft.mpi.Op;
import io.weft.mpi.ThreadLevel;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The same over io.weft.mpi: native memory in and out, nothing allocated for an operation. */
public class NewPi {
  private static final int INTERVALS = 1_000_000;

  public static void main(String[] args) {
    try (Mpi mpi = Mpi.initialize(ThreadLevel.SINGLE)) {
      Comm world = mpi.world();
      MemorySegment part = mpi.allocate(Double.BYTES);
      MemorySegment sum = mpi.allocate(Double.BYTES);
      double mine = 0;
      for (int i = world.rank(); i < INTERVALS; i += world.size()) {
        double x = (i + 0.5) / INTERVALS;
        mine += 4 / (1 + x * x) / INTERVALS;
      }
      part.set(ValueLayout.JAVA_DOUBLE, 0, mine);
      world.reduce(part, 0, sum, 0, 1, Datatype.DOUBLE, Op.SUM, 0);
      if (world.rank() == 0) {
        double pi = sum.get(ValueLayout.JAVA_DOUBLE, 0);
        System.out.printf("pi is %.9f, on %d ranks%n", pi, world.size());
      }
    }
  }
}
