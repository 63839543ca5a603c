package io.weft.results.local;

import io.weft.results.port.CatalogRecord;
import io.weft.results.port.CatalogStore;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The catalog in the database. */
final class LocalCatalog implements CatalogStore {
  private static final int PAGE = 1000;
  private final Database database;

  LocalCatalog(Database database) {
    this.database = database;
  }

  @Override
  public boolean putIfLater(CatalogRecord record) throws IOException {
    int changed =
        database.transact(
            connection ->
                Database.update(
                    connection,
                    "INSERT INTO catalog (key, sequencer, summary) VALUES (?, ?, ?)"
                        + " ON CONFLICT (key) DO UPDATE SET sequencer = excluded.sequencer,"
                        + " summary = excluded.summary WHERE sequencer < excluded.sequencer",
                    record.key(),
                    record.sequencer(),
                    record.summary()));
    return changed > 0;
  }

  @Override
  public Optional<CatalogRecord> get(String key) throws IOException {
    return page("WHERE key = ?", key, 1).stream().findFirst();
  }

  @Override
  public void forEach(Consumer<CatalogRecord> each) throws IOException {
    String after = "";
    List<CatalogRecord> records;
    do {
      records = page("WHERE key > ? ORDER BY key", after, PAGE);
      records.forEach(each);
      after = records.isEmpty() ? after : records.getLast().key();
    } while (records.size() == PAGE);
  }

  private List<CatalogRecord> page(String where, String key, int most) throws IOException {
    return database.transact(
        connection -> {
          try (PreparedStatement statement =
                  Database.prepare(
                      connection,
                      "SELECT key, sequencer, summary FROM catalog " + where + " LIMIT ?",
                      key,
                      most);
              ResultSet rows = statement.executeQuery()) {
            return read(rows);
          }
        });
  }

  private static List<CatalogRecord> read(ResultSet rows) throws SQLException {
    List<CatalogRecord> records = new ArrayList<>();
    while (rows.next()) {
      records.add(new CatalogRecord(rows.getString(1), rows.getString(2), rows.getString(3)));
    }
    return records;
  }
}
