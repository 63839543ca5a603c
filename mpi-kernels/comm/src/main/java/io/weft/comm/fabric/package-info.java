/**
 * How {@link io.weft.comm.FabricCommunicator} works: matching, progress, collectives on tagged
 * messages. Not exported.
 */
package io.weft.comm.fabric;
