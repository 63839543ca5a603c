package io.weft.bench.report;

import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Refuses a result that cannot have been measured. */
final class Plausibility {
  private static final Set<String> CORES = Set.of("near", "far", "changed", "unknown");

  private final Path file;
  private final String toDo;

  Plausibility(Path file, String toDo) {
    this.file = file;
    this.toDo = toDo;
  }

  void check(ResultFile result) {
    checkTime(result.created());
    require(result.environment().cores() >= 1, "environment.cores", result.environment().cores());
    Map<CellKey, Integer> seen = new HashMap<>();
    for (int i = 0; i < result.cells().size(); i++) {
      String place = "cells[" + i + "]";
      Cell cell = result.cells().get(i);
      check(cell, place);
      Integer before = seen.put(cell.key(), i);
      if (before != null) {
        throw refused(
            "has one key twice: cells[%d] and cells[%d] are both %s"
                .formatted(before, i, cell.key()));
      }
    }
    for (int i = 0; i < result.absent().size(); i++) {
      AbsentCell absent = result.absent().get(i);
      checkKey(absent.key(), "absent[" + i + "].key");
      require(!absent.reason().isBlank(), "absent[" + i + "].reason", "blank");
    }
  }

  private void checkTime(String created) {
    try {
      Instant.parse(created);
    } catch (DateTimeParseException e) {
      throw refused("has \"" + created + "\" where created is to be a time in UTC (ISO 8601)");
    }
  }

  private void checkKey(CellKey key, String place) {
    require(!key.benchmark().isBlank(), place + ".benchmark", "blank");
    require(!key.via().isBlank(), place + ".via", "blank");
    require(key.bytes() >= 0, place + ".bytes", key.bytes());
    require(key.ranks() >= 1, place + ".ranks", key.ranks());
  }

  private void check(Cell cell, String place) {
    checkKey(cell.key(), place + ".key");
    requirePositive(cell.perOperation(), place + ".perOperation");
    require(
        cell.operationsPerBatch() >= 1, place + ".operationsPerBatch", cell.operationsPerBatch());
    require(!cell.found().network().isBlank(), place + ".found.network", "blank");
    require(cell.found().hosts() >= 1, place + ".found.hosts", cell.found().hosts());
    require(!cell.rounds().isEmpty(), place + ".rounds", "empty");
    Set<Integer> numbers = new HashSet<>();
    for (int i = 0; i < cell.rounds().size(); i++) {
      Round round = cell.rounds().get(i);
      check(round, place + ".rounds[" + i + "]");
      require(numbers.add(round.round()), place + ".rounds[" + i + "].round", "there twice");
    }
  }

  private void check(Round round, String place) {
    require(round.round() >= 1, place + ".round", round.round());
    require(CORES.contains(round.cores()), place + ".cores", "\"" + round.cores() + "\"");
    require(!round.nanos().isEmpty(), place + ".nanos", "empty");
    for (int i = 0; i < round.nanos().size(); i++) {
      requirePositive(round.nanos().get(i), place + ".nanos[" + i + "]");
    }
    require(
        round.allocatedBytes() >= 0 && Double.isFinite(round.allocatedBytes()),
        place + ".allocatedBytes",
        round.allocatedBytes());
    if (round.percentiles() != null) {
      check(round.percentiles(), place + ".percentiles");
    }
  }

  private void check(Percentiles of, String place) {
    List<Double> ascending = List.of(of.p50(), of.p90(), of.p99(), of.p999(), of.max());
    for (double nanos : ascending) {
      requirePositive(nanos, place);
    }
    require(ascending.equals(ascending.stream().sorted().toList()), place, "not ascending");
  }

  private void requirePositive(double value, String place) {
    require(value > 0 && Double.isFinite(value), place, value);
  }

  private void require(boolean good, String place, Object found) {
    if (!good) {
      throw refused("cannot be right: " + place + " is " + found);
    }
  }

  private ResultFileException refused(String wrong) {
    return new ResultFileException(file, wrong, toDo);
  }
}
