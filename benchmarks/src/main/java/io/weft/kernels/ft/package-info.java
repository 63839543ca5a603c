/** Loops of this kernel against C; beside its own package, whose loops it calls. */
package io.weft.kernels.ft;
