/** The {@code weft} command: it starts ranks, and it is what each rank runs. */
package io.weft.cli;
