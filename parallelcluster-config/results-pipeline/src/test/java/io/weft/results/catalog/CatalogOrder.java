package io.weft.results.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.weft.results.port.CatalogRecord;
import io.weft.results.port.CatalogStore;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What holds for every store of the catalog. */
public final class CatalogOrder {
  private CatalogOrder() {}

  /**
   * Brings in shuffled and doubled messages; the catalog must be that of one ordered delivery.
   *
   * @param store one without keys of this seed
   * @param events how many changes happened
   * @param keys of how many keys
   * @param seed of their order
   * @throws Exception if a store fails
   */
  public static void assertOrdered(CatalogStore store, int events, int keys, long seed)
      throws Exception {
    ManyChanges changes = new ManyChanges(events, keys, seed);
    assertEquals(end(changes), deliver(store, changes));
  }

  /**
   * The same without the comparison of sequencers must go wrong, or the test proves nothing.
   *
   * @param store one without keys of this seed
   * @param events how many changes happened
   * @param keys of how many keys
   * @param seed of their order
   * @throws Exception if a store fails
   */
  public static void assertComparisonMatters(CatalogStore store, int events, int keys, long seed)
      throws Exception {
    ManyChanges changes = new ManyChanges(events, keys, seed);
    assertNotEquals(end(changes), deliver(new LastWins(store), changes));
  }

  private static Map<String, String> end(ManyChanges changes) throws Exception {
    Map<String, String> end = new TreeMap<>();
    for (Map.Entry<String, String> entry : changes.end.entrySet()) {
      end.put(entry.getKey(), Sequencer.padded(entry.getValue()));
    }
    return end;
  }

  private static Map<String, String> deliver(CatalogStore store, ManyChanges changes)
      throws Exception {
    CatalogKeeper keeper = new CatalogKeeper(store, key -> Optional.of("{}"), null);
    for (String message : changes.messages) {
      keeper.apply(message);
    }
    Map<String, String> present = new TreeMap<>();
    store.forEach(
        record -> {
          if (record.isPresent() && record.key().startsWith(changes.prefix)) {
            present.put(record.key(), record.sequencer());
          }
        });
    return present;
  }

  /** A store that believes whoever comes last. */
  private record LastWins(CatalogStore store) implements CatalogStore {
    @Override
    public boolean putIfLater(CatalogRecord record) throws IOException {
      if (!store.putIfLater(record)) {
        CatalogRecord there = store.get(record.key()).orElseThrow();
        return store.putIfLater(
            new CatalogRecord(
                record.key(), Sequencer.justAfter(there.sequencer()), record.summary()));
      }
      return true;
    }

    @Override
    public Optional<CatalogRecord> get(String key) {
      return Optional.empty();
    }

    @Override
    public void forEach(Consumer<CatalogRecord> each) throws IOException {
      store.forEach(each);
    }
  }
}
