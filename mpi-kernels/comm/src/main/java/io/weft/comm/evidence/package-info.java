/**
 * What a process can find out about the way its messages take, from the kernel: connected sockets
 * and their byte counters, device counters, mapped files. Not exported.
 */
package io.weft.comm.evidence;
