/** What the parts of the results pipeline share. */
package io.weft.results;
