/** Programs and libraries in C: Weft's own, compiled when first needed, and libfabric's. */
package io.weft.bench.program;
