package io.weft.bench.report.analysis;

import io.weft.bench.report.AbsentCell;
import io.weft.bench.report.Cell;
import io.weft.bench.report.CellKey;
import io.weft.bench.report.Environment;
import io.weft.bench.report.Method;
import io.weft.bench.report.ResultFile;
import io.weft.bench.report.Round;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts files together that may be: the same machine, libraries and method, and the same network
 * found in each cell that they share. Their rounds then count together. Any other file is a run of
 * its own, and nothing of one run is compared with anything of another.
 */
public final class Runs {
  private Runs() {}

  /**
   * Groups files.
   *
   * @param files by name, in the order of the report
   * @return at least one run
   * @throws IllegalArgumentException if one file is there twice under two names: its rounds would
   *     count double
   */
  public static List<Run> of(Map<String, ResultFile> files) {
    refuseCopies(files);
    List<Map<String, ResultFile>> groups = new ArrayList<>();
    files.forEach(
        (name, file) ->
            groups.stream()
                .filter(group -> group.values().stream().allMatch(other -> areAlike(file, other)))
                .findFirst()
                .orElseGet(
                    () -> {
                      groups.add(new LinkedHashMap<>());
                      return groups.getLast();
                    })
                .put(name, file));
    return groups.stream().map(Runs::merge).toList();
  }

  private static void refuseCopies(Map<String, ResultFile> files) {
    Map<ResultFile, String> names = new LinkedHashMap<>();
    files.forEach(
        (name, file) -> {
          String other = names.put(file, name);
          if (other != null) {
            throw new IllegalArgumentException(
                "%s and %s hold one and the same measurement; name one of them"
                    .formatted(other, name));
          }
        });
  }

  private static boolean areAlike(ResultFile one, ResultFile other) {
    if (!machine(one.environment(), List.of()).equals(machine(other.environment(), List.of()))
        || !method(one.method(), 0).equals(method(other.method(), 0))) {
      return false;
    }
    Map<CellKey, Cell> cells = new LinkedHashMap<>();
    one.cells().forEach(cell -> cells.put(cell.key(), withoutRounds(cell)));
    return other.cells().stream()
        .allMatch(
            cell ->
                withoutRounds(cell).equals(cells.getOrDefault(cell.key(), withoutRounds(cell))));
  }

  private static Cell withoutRounds(Cell of) {
    return new Cell(
        of.key(),
        of.quantity(),
        of.perOperation(),
        of.operation(),
        of.operationsPerBatch(),
        of.found(),
        List.of());
  }

  private static Environment machine(Environment of, List<String> caveats) {
    return new Environment(
        of.weft(),
        of.host(),
        of.instance(),
        of.processor(),
        of.cores(),
        of.memoryBytes(),
        of.kernel(),
        of.governor(),
        of.java(),
        of.libraries(),
        caveats);
  }

  private static Method method(Method of, int rounds) {
    return new Method(
        rounds,
        of.warmups(),
        of.warmupSeconds(),
        of.iterations(),
        of.iterationSeconds(),
        0,
        of.pinned());
  }

  private static Run merge(Map<String, ResultFile> group) {
    List<ResultFile> files = List.copyOf(group.values());
    ResultFile first = files.getFirst();
    Map<CellKey, RunCell> cells = new LinkedHashMap<>();
    Map<CellKey, AbsentCell> absent = new LinkedHashMap<>();
    for (int i = 0; i < files.size(); i++) {
      for (Cell cell : files.get(i).cells()) {
        List<RunRound> rounds = new ArrayList<>();
        if (cells.containsKey(cell.key())) {
          rounds.addAll(cells.get(cell.key()).rounds());
        }
        for (Round round : cell.rounds()) {
          rounds.add(new RunRound(i, round));
        }
        cells.put(cell.key(), new RunCell(withoutRounds(cell), rounds));
      }
      files.get(i).absent().forEach(cell -> absent.putIfAbsent(cell.key(), cell));
    }
    absent.keySet().removeAll(cells.keySet());
    List<String> caveats =
        files.stream().flatMap(f -> f.environment().caveats().stream()).distinct().toList();
    int rounds = files.stream().mapToInt(file -> file.method().rounds()).sum();
    return new Run(
        List.copyOf(group.keySet()),
        files.stream().map(ResultFile::created).toList(),
        machine(first.environment(), caveats),
        files.size() == 1 ? first.method() : method(first.method(), rounds),
        List.copyOf(cells.values()),
        List.copyOf(absent.values()));
  }
}
