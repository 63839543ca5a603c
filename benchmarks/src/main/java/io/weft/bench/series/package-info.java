/** Programs measured in turns: collectives, reductions, and the hot loops of kernels, against C. */
package io.weft.bench.series;
