package io.weft.results.port;

import java.util.List;

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
   * The queues whose place is known: a worker knows its own, and who looks after the pipeline all.
   *
   * @return one or more
   */
  List<QueueName> queues();

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
