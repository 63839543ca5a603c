package io.weft.kernels;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.weft.launch.MpiVendor;
import io.weft.testing.MultiRank;
import java.util.List;

/**
 * The kernels that use vectors, with 128 bits, which is what Graviton and the like have. Not those
 * that use none: x86 without AVX has no fused multiply-add either, and CG's come to be computed in
 * BigDecimal, right but a thousand times slower.
 */
@MultiRank(
    mpis = MpiVendor.OPEN_MPI,
    ranks = 2,
    variants = "mpi/shm",
    jvm = {
      "--add-modules=jdk.incubator.vector",
      "-XX:+IgnoreUnrecognizedVMOptions",
      "-XX:UseAVX=0"
    },
    deadlineSeconds = 300)
class NarrowVectorsTest extends KernelRanksTest {
  @Override
  List<Kernel> kernels() {
    List<Kernel> vectors =
        super.kernels().stream()
            .filter(kernel -> kernel.jvmModules().contains("jdk.incubator.vector"))
            .toList();
    assertFalse(vectors.isEmpty());
    return vectors;
  }
}
