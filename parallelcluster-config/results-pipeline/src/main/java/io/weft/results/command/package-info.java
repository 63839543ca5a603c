/** {@code weft results}. */
package io.weft.results.command;
