/*
 * The hot loops of Weft's kernels, in C: what io.weft.kernels.*.*Contest compare them with. Written as one would for
 * gcc -O3 -march=native: plain loops over contiguous memory, no intrinsics; arrays from weft_allocate, in huge pages
 * where the kernel gives them.
 */
#define _GNU_SOURCE
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

void *weft_allocate(long bytes);
int weft_mg_residual(const double *restrict u, const double *restrict v, double *restrict r, long n);
int weft_mg_smooth(const double *restrict r, double *restrict u, long n, const double *restrict c);
int weft_mg_restrict(const double *restrict fine, double *restrict coarse, long n);
int weft_mg_interpolate(const double *restrict coarse, double *restrict fine, long n);
int weft_heat_step(const double *restrict u, double *restrict after, long lines, long points, double ratio);
int weft_cg_multiply(const int *restrict starts, const int *restrict columns, const double *restrict values,
                     const double *restrict x, double *restrict y, long rows);
int weft_is_rank(const int *restrict keys, long count, int *restrict counts, long values);
int weft_ep_batch(int64_t state, long pairs, double *restrict sums, int64_t *restrict counts);
int weft_ft_columns(const double *re, const double *im, double *to_re, double *to_im, long length, long width, long block,
                    const double *roots, double *work);

#define HUGE_PAGE (2L << 20)

void *weft_allocate(long bytes)
{
    long rounded = (bytes + HUGE_PAGE - 1) / HUGE_PAGE * HUGE_PAGE;
    void *memory = aligned_alloc(HUGE_PAGE, rounded);
    if (memory != NULL) {
        madvise(memory, rounded, MADV_HUGEPAGE);
        memset(memory, 0, rounded);
    }
    return memory;
}

/* Grids have a layer of ghost points around n inner ones; a row is n + 2 long. */
#define MOST_POINTS 1024

static void sums_around(const double *restrict f, long row, double *restrict near, double *restrict diagonal)
{
    long plane = row * row;
    for (long i = 0; i < row; i++) {
        near[i] = f[i - row] + f[i + row] + f[i - plane] + f[i + plane];
        diagonal[i] = f[i - plane - row] + f[i - plane + row] + f[i + plane - row] + f[i + plane + row];
    }
}

int weft_mg_residual(const double *restrict u, const double *restrict v, double *restrict r, long n)
{
    double near[MOST_POINTS], diagonal[MOST_POINTS];
    long row = n + 2;
    for (long z = 1; z <= n; z++)
        for (long y = 1; y <= n; y++) {
            long at = (z * row + y) * row;
            sums_around(u + at, row, near, diagonal);
            for (long x = 1; x <= n; x++)
                r[at + x] = v[at + x] + 8.0 / 3 * u[at + x]
                            - 1.0 / 6 * (diagonal[x] + near[x - 1] + near[x + 1])
                            - 1.0 / 12 * (diagonal[x - 1] + diagonal[x + 1]);
        }
    return 0;
}

int weft_mg_smooth(const double *restrict r, double *restrict u, long n, const double *restrict c)
{
    double near[MOST_POINTS], diagonal[MOST_POINTS];
    double c0 = c[0], c1 = c[1], c2 = c[2];
    long row = n + 2;
    for (long z = 1; z <= n; z++)
        for (long y = 1; y <= n; y++) {
            long at = (z * row + y) * row;
            sums_around(r + at, row, near, diagonal);
            for (long x = 1; x <= n; x++)
                u[at + x] += c0 * r[at + x] + c1 * (near[x] + r[at + x - 1] + r[at + x + 1])
                             + c2 * (diagonal[x] + near[x - 1] + near[x + 1]);
        }
    return 0;
}

/* From n points to n / 2. */
int weft_mg_restrict(const double *restrict fine, double *restrict coarse, long n)
{
    double near[MOST_POINTS], diagonal[MOST_POINTS];
    long row = n + 2, half = n / 2, coarse_row = half + 2;
    for (long z = 1; z <= half; z++)
        for (long y = 1; y <= half; y++) {
            const double *under = fine + (2 * z * row + 2 * y) * row;
            double *to = coarse + (z * coarse_row + y) * coarse_row;
            sums_around(under, row, near, diagonal);
            for (long x = 1; x <= half; x++) {
                long i = 2 * x;
                to[x] = 0.5 * under[i] + 0.25 * (under[i - 1] + under[i + 1] + near[i])
                        + 0.125 * (diagonal[i] + near[i - 1] + near[i + 1])
                        + 0.0625 * (diagonal[i - 1] + diagonal[i + 1]);
            }
        }
    return 0;
}

/* Adds to n points from n / 2, ghost planes and all. */
int weft_mg_interpolate(const double *restrict coarse, double *restrict fine, long n)
{
    double mean[MOST_POINTS];
    long row = n + 2, half = n / 2, coarse_row = half + 2;
    for (long z = 0; z <= n + 1; z++)
        for (long y = 1; y <= n; y++) {
            const double *a = coarse + (z / 2 * coarse_row + y / 2) * coarse_row;
            const double *b = coarse + (z / 2 * coarse_row + (y + 1) / 2) * coarse_row;
            const double *c = coarse + ((z + 1) / 2 * coarse_row + y / 2) * coarse_row;
            const double *d = coarse + ((z + 1) / 2 * coarse_row + (y + 1) / 2) * coarse_row;
            double *to = fine + (z * row + y) * row;
            for (long i = 0; i < coarse_row; i++)
                mean[i] = 0.25 * (a[i] + b[i] + c[i] + d[i]);
            for (long x = 1; x <= half; x++) {
                to[2 * x - 1] += 0.5 * (mean[x - 1] + mean[x]);
                to[2 * x] += mean[x];
            }
        }
    return 0;
}

int weft_heat_step(const double *restrict u, double *restrict after, long lines, long points, double ratio)
{
    long row = points + 2;
    for (long y = 1; y <= lines; y++)
        for (long x = 1; x <= points; x++) {
            long at = y * row + x;
            after[at] = u[at] + ratio * (u[at - 1] + u[at + 1] + u[at - row] + u[at + row] - 4 * u[at]);
        }
    return 0;
}

int weft_cg_multiply(const int *restrict starts, const int *restrict columns, const double *restrict values,
                     const double *restrict x, double *restrict y, long rows)
{
    for (long row = 0; row < rows; row++) {
        double sum = 0;
        for (int k = starts[row]; k < starts[row + 1]; k++)
            sum += values[k] * x[columns[k]];
        y[row] = sum;
    }
    return 0;
}

/* How many keys are at most as large, for every value. */
int weft_is_rank(const int *restrict keys, long count, int *restrict counts, long values)
{
    memset(counts, 0, values * sizeof *counts);
    for (long i = 0; i < count; i++)
        counts[keys[i]]++;
    for (long i = 1; i < values; i++)
        counts[i] += counts[i - 1];
    return 0;
}

/* Pairs of Gaussian deviates from a state of the random sequence on. */
int weft_ep_batch(int64_t state, long pairs, double *restrict sums, int64_t *restrict counts)
{
    const int64_t a = 1220703125, mask = (1LL << 46) - 1;
    const double scale = ldexp(1, -45);
    for (long i = 0; i < pairs; i++) {
        state = state * a & mask;
        double x = state * scale - 1;
        state = state * a & mask;
        double y = state * scale - 1;
        double t = x * x + y * y;
        if (t <= 1) {
            double f = sqrt(-2 * log(t) / t);
            double gx = fabs(x * f), gy = fabs(y * f);
            counts[(int) (gx > gy ? gx : gy)]++;
            sums[0] += x * f;
            sums[1] += y * f;
        }
    }
    return 0;
}

/*
 * One group of a radix-4 step: four rows, each span long, to four rows; the last three turned by w, w^2, w^3. Each row has a
 * pointer of its own, for the compiler must know that no two of them overlap.
 */
static void turned(const double *restrict a_re, const double *restrict a_im, const double *restrict b_re,
                   const double *restrict b_im, const double *restrict c_re, const double *restrict c_im,
                   const double *restrict d_re, const double *restrict d_im, double *restrict re0, double *restrict im0,
                   double *restrict re1, double *restrict im1, double *restrict re2, double *restrict im2,
                   double *restrict re3, double *restrict im3, long span, const double *w)
{
    double c1 = w[0], s1 = w[1], c2 = w[2], s2 = w[3], c3 = w[4], s3 = w[5];
    for (long i = 0; i < span; i++) {
        double even_re = a_re[i] + c_re[i], odd_re = a_re[i] - c_re[i];
        double even_im = a_im[i] + c_im[i], odd_im = a_im[i] - c_im[i];
        double sum_re = b_re[i] + d_re[i], difference_re = b_re[i] - d_re[i];
        double sum_im = b_im[i] + d_im[i], difference_im = b_im[i] - d_im[i];
        double second_re = even_re - sum_re, second_im = even_im - sum_im;
        double first_re = odd_re + difference_im, first_im = odd_im - difference_re;
        double third_re = odd_re - difference_im, third_im = odd_im + difference_re;
        re0[i] = even_re + sum_re;
        im0[i] = even_im + sum_im;
        re1[i] = first_re * c1 - first_im * s1;
        im1[i] = first_re * s1 + first_im * c1;
        re2[i] = second_re * c2 - second_im * s2;
        im2[i] = second_re * s2 + second_im * c2;
        re3[i] = third_re * c3 - third_im * s3;
        im3[i] = third_re * s3 + third_im * c3;
    }
}

static void last4(const double *restrict a_re, const double *restrict a_im, const double *restrict b_re,
                  const double *restrict b_im, const double *restrict c_re, const double *restrict c_im,
                  const double *restrict d_re, const double *restrict d_im, double *restrict re0, double *restrict im0,
                  double *restrict re1, double *restrict im1, double *restrict re2, double *restrict im2,
                  double *restrict re3, double *restrict im3, long columns)
{
    for (long i = 0; i < columns; i++) {
        double even_re = a_re[i] + c_re[i], odd_re = a_re[i] - c_re[i];
        double even_im = a_im[i] + c_im[i], odd_im = a_im[i] - c_im[i];
        double sum_re = b_re[i] + d_re[i], difference_re = b_re[i] - d_re[i];
        double sum_im = b_im[i] + d_im[i], difference_im = b_im[i] - d_im[i];
        re0[i] = even_re + sum_re;
        im0[i] = even_im + sum_im;
        re1[i] = odd_re + difference_im;
        im1[i] = odd_im - difference_re;
        re2[i] = even_re - sum_re;
        im2[i] = even_im - sum_im;
        re3[i] = odd_re - difference_im;
        im3[i] = odd_im + difference_re;
    }
}

static void last2(const double *restrict a, const double *restrict b, double *restrict to0, double *restrict to1,
                  long columns)
{
    for (long i = 0; i < columns; i++) {
        to0[i] = a[i] + b[i];
        to1[i] = a[i] - b[i];
    }
}

/*
 * Forward transforms down the columns of an array of length by width elements, a block of columns at a time (Stockham, steps
 * of radix 4, the last one of radix 2 where it must be). Work has room for four blocks; length is more than 4.
 */
int weft_ft_columns(const double *re, const double *im, double *to_re, double *to_im, long length, long width, long block,
                    const double *roots, double *work)
{
    long room = length * block;
    for (long column = 0; column < width; column += block) {
        const double *from_re = re + column, *from_im = im + column, *w = roots;
        double *next_re = work, *next_im = work + room, *other_re = work + 2 * room, *other_im = work + 3 * room;
        long stride = width, span = block, rest = length;
        for (; rest > 4; rest /= 4) {
            long groups = rest / 4;
            for (long group = 0; group < groups; group++, w += 6) {
                const double *r = from_re + group * stride, *i = from_im + group * stride;
                double *to_r = next_re + 4 * group * span, *to_i = next_im + 4 * group * span;
                long quarter = groups * stride;
                turned(r, i, r + quarter, i + quarter, r + 2 * quarter, i + 2 * quarter, r + 3 * quarter, i + 3 * quarter,
                       to_r, to_i, to_r + span, to_i + span, to_r + 2 * span, to_i + 2 * span, to_r + 3 * span,
                       to_i + 3 * span, span, w);
            }
            from_re = next_re;
            from_im = next_im;
            next_re = other_re;
            next_im = other_im;
            other_re = (double *) from_re;
            other_im = (double *) from_im;
            span *= 4;
            stride = span;
        }
        long rows = length / rest;
        for (long row = 0; row < rows; row++) {
            const double *a = from_re + row * block, *b = from_im + row * block;
            double *c = to_re + column + row * width, *d = to_im + column + row * width;
            long apart = rows * width, of = rows * block;
            if (rest == 4) {
                last4(a, b, a + of, b + of, a + 2 * of, b + 2 * of, a + 3 * of, b + 3 * of, c, d, c + apart, d + apart,
                      c + 2 * apart, d + 2 * apart, c + 3 * apart, d + 3 * apart, block);
            } else {
                last2(a, a + of, c, c + apart, block);
                last2(b, b + of, d, d + apart, block);
            }
        }
    }
    return 0;
}
