package io.weft.testing;

/** What a {@link MultiRank} class does on each rank before its first and after its last method. */
public interface RankFixture {
  /**
   * Called once, in the thread that runs the methods, before the first of them. A failure here is a
   * failure of every method; if every rank skips here (see {@link RankTest}), so is every method.
   *
   * @param context who this rank is
   * @throws Exception if the rank cannot run tests
   */
  void open(RankContext context) throws Exception;

  /**
   * Called once after the last method, in the same thread; not if a method failed, for then the
   * process is ended at once. A failure here is a failure of the last method.
   *
   * @throws Exception if something was wrong at the end
   */
  void close() throws Exception;
}
