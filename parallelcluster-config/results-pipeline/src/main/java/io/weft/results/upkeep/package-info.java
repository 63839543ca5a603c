/** Looks at all places at once: what is missing somewhere, and what may go. */
package io.weft.results.upkeep;
