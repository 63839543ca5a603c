package io.weft.results.port;

/** The queues of the pipeline. */
public enum QueueName {
  /** Events of runs whose bundles are to be carried to the bucket. */
  SHIP,
  /** Changes of manifests in the bucket. */
  CATALOG,
  /** Runs that failed, as hooks and AWS Batch tell of them. */
  ALERTS,
  /** Everything that was announced, in each job's order. */
  AUDIT,
  /** Results that are whole, for those outside who wait. */
  WEBHOOK;

  /**
   * The name in commands.
   *
   * @return in small letters
   */
  @Override
  public String toString() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
