/**
 * Programs as they were written to Open MPI's Java bindings; {@code docs/migrating.md} shows one.
 */
package io.weft.mpi.dropin.examples;
