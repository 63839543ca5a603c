/** {@code weft batch}: submits, watches and cancels multi-node parallel jobs of AWS Batch. */
package io.weft.batch;
