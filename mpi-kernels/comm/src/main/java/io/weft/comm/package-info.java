/** Ranks that exchange messages: {@link io.weft.comm.Communicator} over MPI and over libfabric. */
package io.weft.comm;
