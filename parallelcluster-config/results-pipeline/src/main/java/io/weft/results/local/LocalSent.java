package io.weft.results.local;

import io.weft.results.port.SentStore;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;

/** What was told, in the database. */
final class LocalSent implements SentStore {
  /** Past every lease. */
  private static final long FOR_EVER = Long.MAX_VALUE;

  private final Database database;

  LocalSent(Database database) {
    this.database = database;
  }

  @Override
  public Claim claim(String id, Duration lease) throws IOException {
    long now = System.currentTimeMillis();
    return database.transact(
        connection -> {
          int mine =
              Database.update(
                  connection,
                  "INSERT INTO sent (id, lease_until) VALUES (?, ?) ON CONFLICT (id) DO UPDATE"
                      + " SET lease_until = excluded.lease_until WHERE lease_until <= ?",
                  id,
                  now + lease.toMillis(),
                  now);
          if (mine > 0) {
            return Claim.MINE;
          }
          try (PreparedStatement statement =
                  Database.prepare(connection, "SELECT lease_until FROM sent WHERE id = ?", id);
              ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1) == FOR_EVER ? Claim.SENT : Claim.BUSY;
          }
        });
  }

  @Override
  public void sent(String id) throws IOException {
    database.transact(
        connection ->
            Database.update(
                connection,
                "INSERT INTO sent (id, lease_until) VALUES (?, ?) ON CONFLICT (id) DO UPDATE"
                    + " SET lease_until = excluded.lease_until",
                id,
                FOR_EVER));
  }

  @Override
  public void release(String id) throws IOException {
    database.transact(
        connection ->
            Database.update(
                connection, "DELETE FROM sent WHERE id = ? AND lease_until < ?", id, FOR_EVER));
  }
}
