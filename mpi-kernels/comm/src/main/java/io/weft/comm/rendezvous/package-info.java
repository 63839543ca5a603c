/** How ranks find each other without MPI; internal. */
package io.weft.comm.rendezvous;
