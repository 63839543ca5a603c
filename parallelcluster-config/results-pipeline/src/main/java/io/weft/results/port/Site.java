package io.weft.results.port;

/** One place's topic, queues, bucket and catalog. */
public interface Site extends AutoCloseable {
  /**
   * The topic that runs are announced to.
   *
   * @return the topic
   */
  Topic topic();

  /**
   * A queue.
   *
   * @param name which
   * @return the queue
   */
  MessageQueue queue(QueueName name);

  /**
   * The bucket.
   *
   * @return the bucket
   */
  ObjectStore objects();

  /**
   * The catalog's table.
   *
   * @return the table
   */
  CatalogStore catalog();

  /**
   * What was told to whom.
   *
   * @return the store
   */
  SentStore sent();

  /**
   * The audit, in the bucket.
   *
   * @return where it is written
   */
  AuditLog audit();

  /** Ends connections; does not throw. */
  @Override
  void close();
}
