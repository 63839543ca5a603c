/** The end of a run: what it left is announced within seconds, or kept to be announced later. */
package io.weft.results.hook;
