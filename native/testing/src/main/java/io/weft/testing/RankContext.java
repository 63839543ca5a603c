package io.weft.testing;

import io.weft.launch.MpiVendor;
import java.nio.file.Path;

/**
 * Who a rank is, as its launcher and the test said before any library was loaded.
 *
 * @param rank this process's rank as the launcher counts
 * @param size the number of ranks that the launcher started
 * @param mpi the family of the launcher
 * @param variant the name of the cell's variant; empty if the class has none
 * @param longRun whether tests may take minutes: the system property {@code weft.long}
 * @param scratch an empty directory that the ranks of the job share; deleted afterwards
 */
public record RankContext(
    int rank, int size, MpiVendor mpi, String variant, boolean longRun, Path scratch) {}
