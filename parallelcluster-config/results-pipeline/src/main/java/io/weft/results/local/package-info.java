/**
 * The pipeline on one machine: a folder as bucket, and a database of SQLite for queues and catalog,
 * which several processes may use at the same time.
 */
package io.weft.results.local;
