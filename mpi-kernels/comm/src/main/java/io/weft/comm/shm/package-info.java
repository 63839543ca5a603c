/** Messages between processes of one host through memory that both map; internal. */
package io.weft.comm.shm;
