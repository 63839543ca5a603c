package io.weft.kernels.ft;

/**
 * Fourier transforms of one length, some columns at a time: a block has a transform's element in
 * each row, and in its columns transforms that have nothing to do with each other. Vectors run
 * across columns, so that roots of unity are the same in all lanes.
 *
 * <p>The algorithm is Stockham's (Cochran et al., <i>What is the fast Fourier transform?</i>, IEEE
 * Transactions on Audio and Electroacoustics 15, 1967; Van Loan, <i>Computational Frameworks for
 * the Fast Fourier Transform</i>, section 1.7), in steps of radix 4, the last one of radix 2 where
 * the length is no power of four. It goes from one array to another at each step, and needs no
 * permutation. The result of a column does not depend on its place.
 *
 * <p>Forward is {@code sum over j of x_j exp(-2 pi i j k / n)}; inverse, the same with the sign
 * changed and not divided by n, is what comes of passing imaginary parts as real ones and the other
 * way round, in and out.
 */
final class BlockFft {
  /** The least columns of a block: two whole cache lines of each row. */
  static final int NARROW = 16;

  /** The most: where rows are far apart, long ones keep more of memory's bandwidth. */
  static final int WIDE = 64;

  /** Elements of a block that still stays in the second cache with the one that a step writes. */
  private static final int CACHED = 1 << 14;

  /** Numbers for each radix-4 group: three roots. */
  private static final int GROUP_ROOTS = 6;

  private final int length;
  private final int columns;
  private final double[] roots;
  private final Work work;

  /** Two blocks that steps write to in turns; transforms that are not at work at once share it. */
  static final class Work {
    private final double[] re1;
    private final double[] im1;
    private final double[] re2;
    private final double[] im2;

    /**
     * Allocates.
     *
     * @param elements of the largest block
     */
    Work(int elements) {
      re1 = new double[elements];
      im1 = new double[elements];
      re2 = new double[elements];
      im2 = new double[elements];
    }

    /** Real parts of the block that a transform's input may be put into. */
    double[] re() {
      return re1;
    }

    /** Imaginary parts of it. */
    double[] im() {
      return im1;
    }

    /** What an instance takes, in bytes. */
    static long bytes(int elements) {
      return 4L * Double.BYTES * elements;
    }
  }

  /**
   * Allocates, and computes the roots.
   *
   * @param length a power of two, at least 2
   * @param columns how many are transformed at a time, a multiple of a vector's length
   * @param work for blocks at least as large
   */
  BlockFft(int length, int columns, Work work) {
    if (length < 2 || Integer.bitCount(length) != 1) {
      throw new IllegalArgumentException("a length is a power of two, unlike " + length);
    }
    this.length = length;
    this.columns = columns;
    this.work = work;
    this.roots = new double[rootNumbers(length)];
    computeRoots();
  }

  /** The columns of a block whose rows are far apart: as many as stay in the cache. */
  static int wideColumns(int length) {
    return Math.clamp(CACHED / length, NARROW, WIDE);
  }

  private static int rootNumbers(int length) {
    int numbers = 0;
    for (int rest = length; rest > 4; rest /= 4) {
      numbers += GROUP_ROOTS * (rest / 4);
    }
    return numbers;
  }

  /** What an instance takes without its work space, in bytes. */
  static long bytes(int length) {
    return (long) Double.BYTES * rootNumbers(length);
  }

  /** The roots of unity, step by step, for each group {@code w, w^2, w^3}; live. */
  double[] roots() {
    return roots;
  }

  /** Computes the roots of unity; allocates nothing. */
  void computeRoots() {
    int at = 0;
    for (int rest = length; rest > 4; rest /= 4) {
      for (int group = 0; group < rest / 4; group++) {
        for (int power = 1; power <= 3; power++) {
          roots[at++] = Roots.cosine(power * group, rest);
          roots[at++] = -Roots.sine(power * group, rest);
        }
      }
    }
  }

  /**
   * Transforms the columns of a block. Input and output may be the same rows; the input may be the
   * work space's block, the output not.
   *
   * @param fromRe real parts (inverse: imaginary)
   * @param fromIm imaginary parts (inverse: real)
   * @param from where the first row starts
   * @param fromStride from one row to the next, in elements
   * @param toRe gets the real parts (inverse: imaginary)
   * @param toIm gets the imaginary parts (inverse: real)
   * @param to where the first row goes
   * @param toStride from one row to the next
   */
  void transform(
      double[] fromRe,
      double[] fromIm,
      int from,
      int fromStride,
      double[] toRe,
      double[] toIm,
      int to,
      int toStride) {
    double[] re = fromRe;
    double[] im = fromIm;
    int at = from;
    int stride = fromStride;
    int root = 0;
    int span = columns;
    int rest = length;
    boolean toFirst = re != work.re1 && re != work.im1;
    for (; rest > 4; rest /= 4) {
      double[] nextRe = toFirst ? work.re1 : work.re2;
      double[] nextIm = toFirst ? work.im1 : work.im2;
      int groups = rest / 4;
      FftLoops.radix4(
          re, im, at, stride, groups * stride, nextRe, nextIm, span, groups, roots, root);
      root += GROUP_ROOTS * groups;
      re = nextRe;
      im = nextIm;
      at = 0;
      span *= 4;
      stride = span;
      toFirst = !toFirst;
    }
    // From here on a row is a row again, however many of them had the same root.
    int rowStride = length > 4 ? columns : fromStride;
    if (rest == 4) {
      FftLoops.last4(re, im, at, rowStride, length / 4, columns, toRe, toIm, to, toStride);
    } else {
      FftLoops.last2(re, im, at, rowStride, length / 2, columns, toRe, toIm, to, toStride);
    }
  }
}
