/** What workers on queues share. */
package io.weft.results.work;
