package io.weft.kernels.ft;

/**
 * A complex number.
 *
 * @param re its real part
 * @param im its imaginary part
 */
record Complex(double re, double im) {}
