/**
 * What kernels have in common: checks before they start, an untimed and a timed part, a stop watch
 * for each phase, the same result on every rank.
 */
package io.weft.kernels.timed;
