/**
 * What the pipeline needs of a topic, queues, a bucket and a catalog's table: small interfaces with
 * two implementations, AWS's and one machine's.
 */
package io.weft.results.port;
