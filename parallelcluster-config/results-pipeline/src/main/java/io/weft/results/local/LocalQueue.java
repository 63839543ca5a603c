package io.weft.results.local;

import io.weft.results.port.MessageQueue;
import io.weft.results.port.QueueDepth;
import io.weft.results.port.Received;
import io.weft.results.work.Redrive;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** A queue in the database, with the rules of SQS: lent messages come back when their time ends. */
final class LocalQueue implements MessageQueue {
  private static final String DEAD = "-dlq";
  private static final long POLL_MILLISECONDS = 200;
  private static final TypeReference<Map<String, String>> ATTRIBUTES = new TypeReference<>() {};
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final Database database;
  private final String name;

  LocalQueue(Database database, String name) {
    this.database = database;
    this.name = name;
  }

  @Override
  public void send(String body, Map<String, String> attributes) throws IOException {
    database.transact(connection -> insert(connection, name, body, attributes));
  }

  /** Within a transaction of the caller. */
  static boolean insert(
      Connection connection, String queue, String body, Map<String, String> attributes)
      throws SQLException {
    long now = System.currentTimeMillis();
    Database.update(
        connection,
        "INSERT INTO message (queue, body, attributes, sent_at, visible_at) VALUES (?, ?, ?, ?, ?)",
        queue,
        body,
        MAPPER.writeValueAsString(attributes),
        now,
        now);
    return true;
  }

  @Override
  public List<Received> receive(int most, Duration patience, Duration visibility)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      List<Received> messages = database.transact(c -> lend(c, most, visibility));
      if (!messages.isEmpty() || System.nanoTime() - deadline >= 0) {
        return messages;
      }
      Thread.sleep(POLL_MILLISECONDS);
    }
  }

  /** A database knows at once. */
  @Override
  public Duration emptyAfter() {
    return Duration.ZERO;
  }

  private List<Received> lend(Connection connection, int most, Duration visibility)
      throws SQLException {
    long now = System.currentTimeMillis();
    if (!name.endsWith(DEAD)) {
      Database.update(
          connection,
          "UPDATE message SET queue = ?, receipt = NULL, received = 0, visible_at = ?"
              + " WHERE queue = ? AND visible_at <= ? AND received >= ?",
          name + DEAD,
          now,
          name,
          now,
          Redrive.MOST_RECEIVES);
    }
    List<Received> messages = new ArrayList<>();
    try (PreparedStatement statement =
            Database.prepare(
                connection,
                "SELECT id, body, attributes, received FROM message"
                    + " WHERE queue = ? AND visible_at <= ? ORDER BY id LIMIT ?",
                name,
                now,
                most);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        messages.add(
            new Received(
                Long.toString(rows.getLong(1)),
                UUID.randomUUID().toString(),
                rows.getString(2),
                MAPPER.readValue(rows.getString(3), ATTRIBUTES),
                rows.getInt(4) + 1));
      }
    }
    for (Received message : messages) {
      Database.update(
          connection,
          "UPDATE message SET receipt = ?, visible_at = ?, received = ? WHERE id = ?",
          message.receipt(),
          now + visibility.toMillis(),
          message.receiveCount(),
          Long.parseLong(message.id()));
    }
    return messages;
  }

  @Override
  public void extend(Received message, Duration visibility) throws IOException {
    int changed =
        database.transact(
            connection ->
                Database.update(
                    connection,
                    "UPDATE message SET visible_at = ? WHERE receipt = ? AND queue = ?",
                    System.currentTimeMillis() + visibility.toMillis(),
                    message.receipt(),
                    name));
    if (changed == 0) {
      throw new IOException("message " + message.id() + " of queue " + name + " is lent no more");
    }
  }

  @Override
  public void delete(Received message) throws IOException {
    database.transact(connection -> remove(connection, message));
  }

  private int remove(Connection connection, Received message) throws SQLException {
    return Database.update(
        connection, "DELETE FROM message WHERE receipt = ? AND queue = ?", message.receipt(), name);
  }

  @Override
  public void deadLetter(Received message, String reason) throws IOException {
    Map<String, String> attributes = new HashMap<>(message.attributes());
    attributes.put(REASON, reason);
    database.transact(
        connection ->
            remove(connection, message) > 0
                && insert(connection, name + DEAD, message.body(), attributes));
  }

  @Override
  public QueueDepth depth() throws IOException {
    return database.transact(
        connection -> {
          try (PreparedStatement statement =
                  Database.prepare(
                      connection,
                      "SELECT COUNT(*), COALESCE(SUM(visible_at > ?), 0) FROM message"
                          + " WHERE queue = ?",
                      System.currentTimeMillis(),
                      name);
              ResultSet row = statement.executeQuery()) {
            row.next();
            return new QueueDepth(row.getLong(1) - row.getLong(2), row.getLong(2));
          }
        });
  }

  @Override
  public MessageQueue deadLetters() {
    return new LocalQueue(database, name + DEAD);
  }
}
