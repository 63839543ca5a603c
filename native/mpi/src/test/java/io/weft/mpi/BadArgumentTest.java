package io.weft.mpi;

import io.weft.testing.MpiBuild;
import io.weft.testing.MultiRank;
import io.weft.testing.RankContext;
import io.weft.testing.RankFixture;
import io.weft.testing.RankTest;

/**
 * What has no buffer, with one bad argument at a time: a Java exception whose message has the value
 * and whose stack has the method, before C sees what would end the process or wait for ever. Every
 * rank makes the same calls, none of which communicates before it refuses.
 */
@MultiRank(
    ranks = {1, 2},
    variantProvider = MpiBuild.All.class,
    // Each call is made once.
    jvm = "-XX:TieredStopAtLevel=1")
class BadArgumentTest implements RankFixture {
  private Mpi mpi;
  private Comm comm;
  private BadArguments bad;

  @Override
  public void open(RankContext context) {
    mpi = Mpi.initialize(ThreadLevel.FUNNELED);
    comm = mpi.world().dup();
    bad = new BadArguments(mpi, comm);
  }

  @Override
  public void close() {
    bad.close();
    comm.close();
    mpi.close();
  }

  @RankTest
  void groups() {
    BadCase.refuseAll(bad.groups());
  }

  @RankTest
  void infos() {
    BadCase.refuseAll(bad.infos());
  }

  @RankTest
  void communicators() {
    BadCase.refuseAll(bad.communicators());
  }

  @RankTest
  void cartesian() {
    BadCase.refuseAll(bad.cartesian());
  }

  @RankTest
  void graphs() {
    BadCase.refuseAll(bad.graphs());
  }

  @RankTest
  void datatypes() {
    BadCase.refuseAll(bad.datatypes());
  }

  @RankTest
  void callbacks() {
    BadCase.refuseAll(bad.callbacks());
  }

  @RankTest
  void processes() {
    BadCase.refuseAll(bad.processes());
  }

  @RankTest
  void buffers() {
    BadCase.refuseAll(bad.buffers());
  }
}
