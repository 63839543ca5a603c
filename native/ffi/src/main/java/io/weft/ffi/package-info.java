/**
 * Crossing into C: libraries, functions, {@code errno}, memory and signal handlers. Nothing here
 * knows MPI or libfabric.
 */
package io.weft.ffi;
