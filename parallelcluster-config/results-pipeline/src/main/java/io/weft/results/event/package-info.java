/** What a hook says of a finished run, and where the run's files go in the bucket. */
package io.weft.results.event;
