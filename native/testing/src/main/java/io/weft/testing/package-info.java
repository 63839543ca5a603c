/**
 * What tests of Weft share: {@link io.weft.testing.MultiRank} runs a test class under {@code
 * mpirun}, {@link io.weft.testing.HeaderProbe} checks layouts against C headers, {@link
 * io.weft.testing.Allocations} counts bytes allocated. Nothing here knows an MPI library: how a
 * rank initialises one is the test class's own matter.
 */
package io.weft.testing;
