package io.weft.kernels.timed;

import io.weft.comm.Communicator;
import io.weft.kernels.Progress;

/**
 * What one rank of a run works with.
 *
 * @param communicator the ranks
 * @param reductions small reductions over them
 * @param timers told what the time goes to; all set to zero when the timed part starts
 * @param progress told how far the kernel is
 * @param overlap whether to compute while messages are under way, where the kernel can
 * @param warmUp runs untimed steps before the timed part
 */
public record RunContext(
    Communicator communicator,
    SmallReductions reductions,
    PhaseTimers timers,
    Progress progress,
    boolean overlap,
    WarmUp warmUp) {}
