package io.weft.results.local;

import io.weft.results.event.BucketKeys;
import io.weft.results.event.RunEvent;
import io.weft.results.port.AuditLog;
import io.weft.results.port.CatalogStore;
import io.weft.results.port.MessageQueue;
import io.weft.results.port.ObjectStore;
import io.weft.results.port.QueueName;
import io.weft.results.port.SentStore;
import io.weft.results.port.Site;
import io.weft.results.port.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The whole pipeline below one folder of this machine. */
public final class LocalSite implements Site {
  /** The name of the bucket in its events. */
  static final String BUCKET = "local";

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /** Of an event that alerts are told of, as the subscription on AWS has it. */
  private static final String STATUS = "status";

  private final Database database;
  private final LocalBucket bucket;

  private LocalSite(Path root) throws IOException {
    Files.createDirectories(root);
    this.bucket = new LocalBucket(root, new Notifications());
    this.database = Database.open(root.resolve("results.db"));
  }

  /**
   * Opens the folder, and makes what is missing in it.
   *
   * @param root where
   * @return the site; to be closed
   * @throws IOException if it cannot be opened
   */
  public static LocalSite open(Path root) throws IOException {
    return new LocalSite(root.toAbsolutePath().normalize());
  }

  @Override
  public Topic topic() {
    return (body, attributes, group, deduplicationId) ->
        database.transact(
            connection -> {
              for (QueueName queue : subscribed(attributes)) {
                LocalQueue.insert(connection, queue.toString(), body, attributes);
              }
              return null;
            });
  }

  private static List<QueueName> subscribed(Map<String, String> attributes) {
    return RunEvent.FAILED.equals(attributes.get(STATUS))
        ? List.of(QueueName.SHIP, QueueName.AUDIT, QueueName.ALERTS)
        : List.of(QueueName.SHIP, QueueName.AUDIT);
  }

  @Override
  public MessageQueue queue(QueueName name) {
    return new LocalQueue(database, name.toString());
  }

  @Override
  public List<QueueName> queues() {
    return List.of(QueueName.values());
  }

  @Override
  public ObjectStore objects() {
    return bucket;
  }

  @Override
  public CatalogStore catalog() {
    return new LocalCatalog(database);
  }

  @Override
  public SentStore sent() {
    return new LocalSent(database);
  }

  /** A directory locks nothing; it is the folder's owner who keeps it. */
  @Override
  public AuditLog audit() {
    return (key, content) -> bucket.putIfAbsent(key, content, Map.of());
  }

  @Override
  public void close() {
    database.close();
  }

  /** Tells the catalog of manifests, in the shape of EventBridge. */
  private final class Notifications implements LocalBucket.Changes {
    private static final String CREATED = "Object Created";

    @Override
    public void created(String key) throws IOException {
      tell(key, CREATED, "PutObject");
    }

    @Override
    public void removed(String key) throws IOException {
      tell(key, "Object Deleted", "DeleteObject");
    }

    private void tell(String key, String type, String reason) throws IOException {
      if (key.endsWith(BucketKeys.MANIFEST_SUFFIX)) {
        database.transact(
            connection -> {
              String event = event(key, type, reason, next(connection));
              LocalQueue.insert(connection, QueueName.CATALOG.toString(), event, Map.of());
              if (type.equals(CREATED)) {
                LocalQueue.insert(connection, QueueName.WEBHOOK.toString(), event, Map.of());
              }
              return null;
            });
      }
    }

    private static String event(String key, String type, String reason, long sequence) {
      ObjectNode event = MAPPER.createObjectNode();
      event.put("version", "0");
      event.put("detail-type", type);
      event.put("source", "aws.s3");
      event.put("time", Instant.now().toString());
      ObjectNode detail = event.putObject("detail");
      detail.putObject("bucket").put("name", BUCKET);
      detail.putObject("object").put("key", key).put("sequencer", "%016X".formatted(sequence));
      detail.put("reason", reason);
      return MAPPER.writeValueAsString(event);
    }

    private static long next(Connection connection) throws SQLException {
      try (PreparedStatement statement =
              Database.prepare(
                  connection,
                  "INSERT INTO counter (name, value) VALUES ('sequencer', 1)"
                      + " ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value");
          ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}
