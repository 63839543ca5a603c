package io.weft.bench.report.document;

import io.weft.bench.report.analysis.RunCell;
import io.weft.bench.report.analysis.Section;
import java.util.List;
import java.util.Map;

/**
 * How curves are drawn. The colours are those of M. Okabe and K. Ito (Color Universal Design,
 * 2008), which people with any of the common kinds of colour blindness tell apart. EFA and ENA have
 * two of them for themselves, throughout; where only one network is shown a colour is a library.
 * Dashes and markers say the same again, and which language it is.
 */
final class Styles {
  private static final String EFA_COLOUR = "#d55e00";
  private static final String ENA_COLOUR = "#0072b2";
  private static final String OTHER_COLOUR = "#666666";

  private static final Map<String, String> LIBRARIES =
      Map.of(
          "mpi", "#009e73",
          "libfabric", "#cc79a7",
          "aeron", "#56b4e9",
          "nio", "#000000",
          "jucx", "#e69f00");

  /** Ways of one family share a chart; the first is solid, the second dashed, the third dotted. */
  private static final List<List<String>> FAMILIES =
      List.of(
          List.of("mpi", "c-mpi", "openmpi-java"),
          List.of("libfabric", "c-libfabric", "fi_pingpong"),
          List.of("aeron", "nio", "jucx"));

  private static final List<String> FAMILY_TITLES =
      List.of("through MPI", "through libfabric", "other libraries");

  private static final List<String> DASHES = List.of("solid", "dash", "dot");
  private static final List<String> MARKERS = List.of("", "-open", "-open-dot");

  private Styles() {}

  /** Which family a way belongs to; unknown ones to the last. */
  static int family(String via) {
    for (int i = 0; i < FAMILIES.size(); i++) {
      if (FAMILIES.get(i).contains(via)) {
        return i;
      }
    }
    return FAMILIES.size() - 1;
  }

  static String familyTitle(int family) {
    return FAMILY_TITLES.get(family);
  }

  private static int slot(String via) {
    return Math.max(0, FAMILIES.get(family(via)).indexOf(via));
  }

  /** Of a curve beside others of its section. */
  static Series.Style of(RunCell cell) {
    String via = cell.key().via();
    return cell.section() == Section.HARDWARE ? ofNetwork(cell.network(), via) : ofVia(via);
  }

  /** By network, where both are in one chart. */
  static Series.Style ofNetwork(String network, String via) {
    boolean efa = network.equals(Section.EFA);
    return new Series.Style(
        efa ? EFA_COLOUR : ENA_COLOUR,
        DASHES.get(slot(via)),
        (efa ? "circle" : "square") + MARKERS.get(slot(via)));
  }

  /** By library, where one network, or their ratio, is shown. */
  static Series.Style ofVia(String via) {
    List<String> family = FAMILIES.get(family(via));
    boolean ofLibrary = family(via) < FAMILIES.size() - 1;
    String library = ofLibrary ? family.getFirst() : via;
    int slot = ofLibrary ? slot(via) : 0;
    String marker =
        switch (family(via)) {
          case 0 -> "diamond";
          case 1 -> "triangle-up";
          default ->
              switch (via) {
                case "aeron" -> "cross";
                case "nio" -> "star";
                default -> "hexagon";
              };
        };
    return new Series.Style(
        LIBRARIES.getOrDefault(library, OTHER_COLOUR),
        DASHES.get(slot),
        marker + MARKERS.get(slot));
  }
}
