package io.weft.results.ship;

import java.time.Duration;

/**
 * How a shipper works.
 *
 * @param partBytes files of more bytes go in parts of so many; S3 wants at least 5 MiB
 * @param parallel how many parts are on their way at the same time; the memory that a shipper needs
 *     is that of one part more
 * @param visibility how long others do not see its message; it is renewed three times in that time
 */
public record ShipSettings(long partBytes, int parallel, Duration visibility) {
  /** The smallest part that S3 takes. */
  public static final long LEAST_PART_BYTES = 5L << 20;

  private static final long MOST_PART_BYTES = 512L << 20;
  private static final int MOST_PARALLEL = 64;
  private static final int MOST_PARTS = 10_000;

  /**
   * Refuses what cannot work.
   *
   * @throws IllegalArgumentException that says what
   */
  public ShipSettings {
    if (partBytes < LEAST_PART_BYTES || partBytes > MOST_PART_BYTES) {
      throw new IllegalArgumentException(
          "parts of " + partBytes + " bytes: at least 5 MiB and at most 512 MiB");
    }
    if (parallel < 1 || parallel > MOST_PARALLEL) {
      throw new IllegalArgumentException(
          parallel + " parts at the same time: at least 1 and at most " + MOST_PARALLEL);
    }
    if (visibility.compareTo(Duration.ofSeconds(3)) < 0
        || visibility.compareTo(Duration.ofHours(12)) > 0) {
      throw new IllegalArgumentException(
          "a visibility of " + visibility + ": at least 3 seconds and at most 12 hours");
    }
  }

  /**
   * The length of a file's parts: longer where it would have more than S3's 10,000.
   *
   * @param fileBytes of the file
   * @return bytes of each part but the last
   * @throws IllegalArgumentException if its parts would be longer than a buffer can be
   */
  long partBytesOf(long fileBytes) {
    long mebibyte = 1L << 20;
    long least = (fileBytes + MOST_PARTS - 1) / MOST_PARTS;
    return Math.max(partBytes, (least + mebibyte - 1) / mebibyte * mebibyte);
  }
}
