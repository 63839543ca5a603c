package io.weft.bench.peer;

import io.weft.launch.Network;
import io.weft.launch.Via;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The libraries that are measured, Weft's and the others beside them: the values of {@code -p
 * via=}.
 */
public enum MeasuredVia {
  /** Weft's communicator over libmpi. */
  MPI("mpi", Via.MPI, EnumSet.allOf(Pattern.class)),

  /** Weft's communicator over libfabric, on {@code shm} rings of its own. */
  LIBFABRIC("libfabric", Via.LIBFABRIC, EnumSet.allOf(Pattern.class)),

  /** A program in C over libmpi. */
  C_MPI("c-mpi", null, EnumSet.allOf(Pattern.class)),

  /** A program in C over libfabric. */
  C_LIBFABRIC("c-libfabric", null, pairs(true)),

  /** Open MPI's own bindings, by JNI. */
  OPENMPI_JAVA("openmpi-java", null, EnumSet.allOf(Pattern.class)),

  /** Aeron: shared memory on {@code shm}, UDP on {@code ena}. */
  AERON("aeron", null, pairs(false)),

  /** Sockets of the JDK. */
  NIO("nio", null, pairs(false)),

  /** UCX by its Java bindings. */
  JUCX("jucx", null, pairs(true)),

  /** libfabric's own ping-pong program. */
  FI_PINGPONG("fi_pingpong", null, EnumSet.of(Pattern.PING_PONG));

  private final String word;
  private final Via library;
  private final Set<Pattern> patterns;

  MeasuredVia(String word, Via library, Set<Pattern> patterns) {
    this.word = word;
    this.library = library;
    this.patterns = patterns;
  }

  private static Set<Pattern> pairs(boolean oneSided) {
    Set<Pattern> result =
        EnumSet.of(
            Pattern.PING_PONG, Pattern.BANDWIDTH, Pattern.BIDIRECTIONAL, Pattern.MESSAGE_RATE);
    if (oneSided) {
      result.addAll(List.of(Pattern.PUT, Pattern.GET));
    }
    return result;
  }

  /**
   * Reads a word of the command line.
   *
   * @param word such as {@code c-mpi}
   * @return what it names
   * @throws IllegalArgumentException naming the legal ones, if it is none
   */
  public static MeasuredVia of(String word) {
    for (MeasuredVia via : values()) {
      if (via.word.equals(word)) {
        return via;
      }
    }
    throw new IllegalArgumentException(
        "via=%s is none: use %s"
            .formatted(
                word,
                Arrays.stream(values()).map(via -> via.word).collect(Collectors.joining(", "))));
  }

  /**
   * The library of Weft's own communicators.
   *
   * @return null for the others
   */
  Via library() {
    return library;
  }

  /**
   * Says whether Weft's communicator is what is measured.
   *
   * @return then also kernels can be
   */
  public boolean isWeft() {
    return library != null;
  }

  /**
   * Says whether a JVM on each rank runs it, as a fork of JMH.
   *
   * @return false for programs of C
   */
  public boolean isJava() {
    return this != C_MPI && this != C_LIBFABRIC && this != FI_PINGPONG;
  }

  /**
   * Says whether it is MPI that carries the messages, so that the launcher's flags choose the
   * network.
   *
   * @return true for MPI from any language
   */
  public boolean isMpi() {
    return this == MPI || this == C_MPI || this == OPENMPI_JAVA;
  }

  /**
   * Says whether there is such a thing to measure.
   *
   * @param pattern what
   * @param network over what
   * @return whether the library has the pattern on such a network
   */
  public boolean has(Pattern pattern, Network network) {
    boolean tcpAndMemory = this == AERON || this == JUCX;
    boolean on =
        switch (network) {
          // Both processes of fi_pingpong are on one host, where efa would share memory.
          case EFA -> this != NIO && this != FI_PINGPONG && !tcpAndMemory;
          case SHM -> this != NIO;
          case ENA, AUTO -> true;
        };
    return on && patterns.contains(pattern);
  }

  @Override
  public String toString() {
    return word;
  }
}
