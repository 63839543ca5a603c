/** The C functions and structures of PMIx; internal. */
package io.weft.comm.rendezvous.ffm;
