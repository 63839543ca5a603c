/**
 * The API of Open MPI's Java bindings, which Open MPI removes in version 6, over whichever MPI is
 * found at run time. Names and behaviour are those bindings'; {@code docs/dropin.md} says where
 * Weft differs, and why. New programs are better written to {@link io.weft.mpi}.
 */
package mpi;
