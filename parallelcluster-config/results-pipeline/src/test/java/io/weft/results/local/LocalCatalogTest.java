package io.weft.results.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.results.catalog.CatalogOrder;
import io.weft.results.catalog.Sequencer;
import io.weft.results.port.CatalogRecord;
import io.weft.results.port.CatalogStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalCatalogTest {
  @TempDir private Path directory;

  @Test
  @DisplayName("10,000 changes of 500 keys, shuffled and doubled, end as those of one order")
  void order() throws Exception {
    try (LocalSite site = LocalSite.open(directory)) {
      CatalogOrder.assertOrdered(site.catalog(), 10_000, 500, 1);
    }
  }

  @Test
  @DisplayName("without comparing sequencers they would not")
  void comparisonMatters() throws Exception {
    try (LocalSite site = LocalSite.open(directory)) {
      CatalogOrder.assertComparisonMatters(site.catalog(), 500, 50, 1);
    }
  }

  @Test
  @DisplayName("of many that write a key at the same time the latest change stays")
  void atTheSameTime() throws Exception {
    List<Future<?>> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (int i = 0; i < 4; i++) {
        int first = i;
        all.add(
            threads.submit(
                () -> {
                  try (LocalSite site = LocalSite.open(directory)) {
                    for (int n = first; n < 100; n += 4) {
                      String sequencer = Sequencer.padded("%03d".formatted((n * 37) % 100));
                      site.catalog().putIfLater(new CatalogRecord("key", sequencer, "{}"));
                    }
                    return null;
                  }
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
    try (LocalSite site = LocalSite.open(directory)) {
      CatalogStore catalog = site.catalog();
      CatalogRecord record = catalog.get("key").orElseThrow();
      assertEquals(Sequencer.padded("099"), record.sequencer());
      assertTrue(record.isPresent());
    }
  }
}
