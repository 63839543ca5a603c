package mpi;

/** A number of elements that may be past 2^31-1, {@code MPI_Count}. */
// The API that this stands in for compares with any object, and has no hashCode.
@SuppressWarnings({"rawtypes", "overrides"})
public final class Count implements Comparable {
  private long count;

  /**
   * Makes one.
   *
   * @param count its value
   */
  public Count(long count) {
    this.count = count;
  }

  /**
   * Its value.
   *
   * @return the number
   */
  public long getCount() {
    return count;
  }

  /**
   * Changes its value.
   *
   * @param count the new one
   */
  public void setCount(long count) {
    this.count = count;
  }

  /** Whether the other is a count of the same value. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Count that && that.count == count;
  }

  /** Compares the values. What is no count comes after all. */
  @Override
  public int compareTo(Object other) {
    return other instanceof Count that ? Long.compare(count, that.count) : -1;
  }
}
