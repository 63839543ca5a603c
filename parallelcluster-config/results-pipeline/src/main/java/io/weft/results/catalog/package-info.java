/** Keeps the catalog as the bucket is: from its events, in any order, each any number of times. */
package io.weft.results.catalog;
