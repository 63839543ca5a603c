package io.weft.results.command;

import io.weft.cli.ExitStatus;
import io.weft.cli.WeftException;
import io.weft.results.Refused;
import io.weft.results.catalog.RunSummary;
import io.weft.results.port.CatalogRecord;
import io.weft.results.port.CatalogStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * A run in the catalog.
 *
 * @param key of its manifest
 * @param summary what is known of it
 */
record Entry(String key, RunSummary summary) {
  private static final int LEAST_PREFIX = 4;

  /** All runs, the newest first. */
  static List<Entry> all(CatalogStore catalog) throws IOException {
    List<Entry> entries = new ArrayList<>();
    catalog.forEach(record -> add(entries, record));
    entries.sort(
        Comparator.comparing((Entry entry) -> entry.summary.finishedAt())
            .reversed()
            .thenComparing(Entry::key));
    return entries;
  }

  private static void add(List<Entry> entries, CatalogRecord record) {
    if (record.isPresent()) {
      try {
        entries.add(new Entry(record.key(), RunSummary.parse(record.summary())));
      } catch (Refused wrong) {
        System.err.println("weft: passing over " + record.key() + ": " + wrong.getMessage());
      }
    }
  }

  /** The run whose id begins so. */
  static Entry of(CatalogStore catalog, String prefix) throws IOException {
    String wanted = prefix.toLowerCase(Locale.ROOT);
    if (wanted.length() < LEAST_PREFIX) {
      throw new WeftException(
          ExitStatus.USAGE, "'" + prefix + "' is short: at least " + LEAST_PREFIX + " digits");
    }
    List<Entry> fitting =
        all(catalog).stream().filter(entry -> entry.summary.id().startsWith(wanted)).toList();
    if (fitting.size() != 1) {
      throw new WeftException(
          ExitStatus.FAILED,
          fitting.isEmpty()
              ? "no run in the catalog has an id that begins with " + wanted
              : fitting.size() + " runs have ids that begin with " + wanted + ": give more of it");
    }
    return fitting.getFirst();
  }
}
