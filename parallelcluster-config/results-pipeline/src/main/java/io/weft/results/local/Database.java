package io.weft.results.local;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;

/**
 * The database file, with one connection, which its users take in turns. What a transaction did is
 * on the disk when it returns, also if the machine goes down.
 */
final class Database implements AutoCloseable {
  /** Other processes hold its lock for milliseconds. */
  private static final int PATIENCE_MILLISECONDS = 60_000;

  private static final String[] TABLES = {
    """
    CREATE TABLE IF NOT EXISTS message (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      queue TEXT NOT NULL,
      body TEXT NOT NULL,
      attributes TEXT NOT NULL,
      sent_at INTEGER NOT NULL,
      visible_at INTEGER NOT NULL,
      receipt TEXT,
      received INTEGER NOT NULL DEFAULT 0
    )
    """,
    "CREATE INDEX IF NOT EXISTS message_visible ON message (queue, visible_at)",
    """
    CREATE TABLE IF NOT EXISTS catalog (
      key TEXT PRIMARY KEY,
      sequencer TEXT NOT NULL,
      summary TEXT
    ) WITHOUT ROWID
    """,
    "CREATE TABLE IF NOT EXISTS sent (id TEXT PRIMARY KEY, lease_until INTEGER NOT NULL)"
        + " WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL)",
  };

  private final Path file;
  private final Connection connection;

  /** What is done in one transaction. */
  interface Work<T> {
    T with(Connection connection) throws SQLException;
  }

  private Database(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
  }

  static Database open(Path file) throws IOException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setBusyTimeout(PATIENCE_MILLISECONDS);
    // A transaction that reads and then writes would find that another wrote between.
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    try {
      Connection connection = config.createConnection("jdbc:sqlite:" + file);
      Database database = new Database(file, connection);
      try (Statement statement = connection.createStatement()) {
        connection.setAutoCommit(false);
        for (String table : TABLES) {
          statement.execute(table);
        }
        connection.commit();
        return database;
      } catch (SQLException failure) {
        database.close();
        throw failure;
      }
    } catch (SQLException failure) {
      throw new IOException("cannot open the database " + file + ": " + failure.getMessage());
    }
  }

  /** Does it whole or not at all. */
  synchronized <T> T transact(Work<T> work) throws IOException {
    try {
      boolean done = false;
      try {
        T result = work.with(connection);
        connection.commit();
        done = true;
        return result;
      } finally {
        if (!done) {
          connection.rollback();
        }
      }
    } catch (SQLException failure) {
      throw new IOException("the database " + file + ": " + failure.getMessage(), failure);
    }
  }

  /** Sets a statement's values in order: texts, whole numbers and nulls. */
  static PreparedStatement prepare(Connection connection, String sql, Object... values)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }

  /** Runs a statement that gives no rows. */
  static int update(Connection connection, String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = prepare(connection, sql, values)) {
      return statement.executeUpdate();
    }
  }

  @Override
  public synchronized void close() {
    try {
      connection.close();
    } catch (SQLException failure) {
      // Whatever was committed is on the disk.
      System.err.println("weft: closing the database " + file + ": " + failure.getMessage());
    }
  }
}
