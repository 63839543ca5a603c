package io.weft.mpi.dropin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.TreeSet;
import mpi.Group;
import mpi.Info;
import mpi.Intracomm;
import mpi.MPI;
import mpi.MPIException;

/** Hints, and sets of processes. */
final class InfoGroupChecks extends Checks {
  InfoGroupChecks(Intracomm comm) throws MPIException {
    super(comm);
  }

  void hints() throws MPIException {
    Info info = new Info();
    assertFalse(info.isNull());
    assertEquals(0, info.size());
    assertNull(info.get("colour"));
    info.set("colour", "red");
    info.set("größe", "ö€");
    info.set("colour", "blue");
    assertEquals(2, info.size());
    assertEquals("blue", info.get("colour"));
    assertEquals("ö€", info.get("größe"));
    assertEquals(Set.of("colour", "größe"), new TreeSet<>(Set.of(info.getKey(0), info.getKey(1))));
    Info copy = info.dup();
    Info clone = info.clone();
    info.delete("colour");
    assertNull(info.get("colour"));
    assertEquals(1, info.size());
    assertEquals("blue", copy.get("colour"));
    assertEquals("blue", clone.get("colour"));
    String longest = "v".repeat(MPI.MAX_INFO_VAL - 1);
    info.set("k".repeat(MPI.MAX_INFO_KEY - 1), longest);
    assertEquals(longest, info.get("k".repeat(MPI.MAX_INFO_KEY - 1)));
    info.free();
    copy.free();
    clone.free();
    assertTrue(info.isNull());
    assertTrue(MPI.INFO_NULL.isNull());
    assertFalse(MPI.INFO_ENV.isNull());
    assertTrue(MPI.INFO_ENV.size() >= 0);
  }

  void whatIsWrongWithHints() throws MPIException {
    Info info = new Info();
    refused(MPI.ERR_INFO_NOKEY, "MPI_Info_delete", "", () -> info.delete("none"));
    refused(MPI.ERR_INFO_KEY, "MPI_Info_get_nthkey", "key 0 of 0", () -> info.getKey(0));
    refused(MPI.ERR_INFO_KEY, "MPI_Info_get_nthkey", "key -1", () -> info.getKey(-1));
    refused(MPI.ERR_INFO_KEY, "MPI_Info_set", "0 bytes", () -> info.set("", "x"));
    refused(MPI.ERR_INFO_VALUE, "MPI_Info_set", "0 bytes", () -> info.set("x", ""));
    String tooLong = "k".repeat(MPI.MAX_INFO_KEY);
    refused(MPI.ERR_INFO_KEY, "MPI_Info_get", "bytes", () -> info.get(tooLong));
    refused(MPI.ERR_INFO_KEY, "MPI_Info_get", "none of them 0", () -> info.get("a\0b"));
    String big = "v".repeat(MPI.MAX_INFO_VAL);
    refused(MPI.ERR_INFO_VALUE, "MPI_Info_set", "bytes", () -> info.set("x", big));
    assertThrows(NullPointerException.class, () -> info.set(null, "x"));
    assertThrows(NullPointerException.class, () -> info.set("x", null));
    assertThrows(NullPointerException.class, () -> info.get(null));
    info.free();
    refused(MPI.ERR_INFO, "MPI_Info_free", "freed", info::free);
    refused(MPI.ERR_INFO, "MPI_Info_get_nkeys", "freed", info::size);
    refused(MPI.ERR_INFO, "MPI_Info_dup", "freed", info::dup);
    refused(MPI.ERR_INFO, "MPI_Info_set", "INFO_NULL", () -> MPI.INFO_NULL.set("a", "b"));
    refused(MPI.ERR_INFO, "MPI_Info_free", "INFO_ENV", MPI.INFO_ENV::free);
    RuntimeException noClone = assertThrows(RuntimeException.class, info::clone);
    assertTrue(noClone.getCause() instanceof MPIException, noClone::toString);
  }

  void groups() throws MPIException {
    Group all = comm.getGroup();
    assertEquals(size, all.getSize());
    assertEquals(rank, all.getRank());
    assertFalse(all.isNull());
    int[] backwards = new int[size];
    for (int i = 0; i < size; i++) {
      backwards[i] = size - 1 - i;
    }
    Group turned = all.incl(backwards);
    assertEquals(size - 1 - rank, turned.getRank());
    assertEquals(size == 1 ? MPI.IDENT : MPI.SIMILAR, Group.compare(all, turned));
    assertEquals(MPI.IDENT, Group.compare(all, all));
    assertArrayEquals(backwards, Group.translateRanks(turned, upTo(size), all));
    Group first = all.incl(new int[] {0});
    Group others = all.excl(new int[] {0});
    assertEquals(rank == 0 ? 0 : MPI.UNDEFINED, first.getRank());
    assertEquals(size - 1, others.getSize());
    assertEquals(MPI.UNEQUAL, Group.compare(first, others));
    int[] firstAndNowhere = {0, MPI.PROC_NULL};
    int there = rank == 0 ? 0 : MPI.UNDEFINED;
    Group alone = all.incl(new int[] {rank});
    assertArrayEquals(
        new int[] {there, MPI.PROC_NULL}, Group.translateRanks(all, firstAndNowhere, alone));
    alone.free();
    Group together = Group.union(others, first);
    assertEquals(size, together.getSize());
    assertEquals(rank == 0 ? size - 1 : rank - 1, together.getRank());
    Group common = Group.intersection(together, first);
    assertEquals(MPI.IDENT, Group.compare(common, first));
    Group rest = Group.difference(together, first);
    assertEquals(MPI.IDENT, Group.compare(rest, others));
    Group ranges = all.rangeIncl(new int[][] {{size - 1, 0, -1}});
    assertEquals(MPI.IDENT, Group.compare(ranges, turned));
    Group steppedOver = all.rangeIncl(new int[][] {{0, size, size + 1}});
    assertEquals(MPI.IDENT, Group.compare(steppedOver, first), "no step ends on the last rank");
    Group without = all.rangeExcl(new int[][] {{0, 0, 1}});
    assertEquals(MPI.IDENT, Group.compare(without, others));
    for (Group each :
        new Group[] {turned, first, others, together, common, rest, ranges, steppedOver, without}) {
      each.free();
      assertTrue(each.isNull());
    }
    assertEquals(0, MPI.GROUP_EMPTY.getSize());
    assertEquals(MPI.UNDEFINED, MPI.GROUP_EMPTY.getRank());
    Group nobody = all.incl(new int[0]);
    assertEquals(0, nobody.getSize());
    nobody.free();
    assertEquals(0, MPI.GROUP_EMPTY.getSize());
    all.free();
  }

  private static int[] upTo(int end) {
    int[] result = new int[end];
    for (int i = 0; i < end; i++) {
      result[i] = i;
    }
    return result;
  }

  void whatIsWrongWithGroups() throws MPIException {
    Group all = comm.getGroup();
    int[] past = {size};
    refused(MPI.ERR_RANK, "MPI_Group_incl", "rank " + size, () -> all.incl(past));
    refused(MPI.ERR_RANK, "MPI_Group_excl", "rank -1", () -> all.excl(new int[] {-1}));
    refused(
        MPI.ERR_RANK,
        "MPI_Group_translate_ranks",
        "rank " + size,
        () -> Group.translateRanks(all, past, all));
    refused(
        MPI.ERR_RANK,
        "MPI_Group_range_incl",
        "rank " + size,
        () -> all.rangeIncl(new int[][] {{0, size, 1}}));
    refused(
        MPI.ERR_ARG,
        "MPI_Group_range_incl",
        "ranges[0]",
        () -> all.rangeIncl(new int[][] {{0, 0, 0}}));
    refused(
        MPI.ERR_ARG, "MPI_Group_range_excl", "ranges[0]", () -> all.rangeExcl(new int[][] {{0}}));
    assertThrows(NullPointerException.class, () -> all.incl(null));
    assertThrows(NullPointerException.class, () -> all.rangeIncl(new int[][] {null}));
    assertThrows(NullPointerException.class, () -> Group.union(all, null));
    all.free();
    refused(MPI.ERR_GROUP, "MPI_Group_free", "freed", all::free);
    refused(MPI.ERR_GROUP, "MPI_Group_size", "freed", all::getSize);
    refused(MPI.ERR_GROUP, "MPI_Group_rank", "freed", all::getRank);
    refused(MPI.ERR_GROUP, "MPI_Group_compare", "freed", () -> Group.compare(all, all));
  }
}
