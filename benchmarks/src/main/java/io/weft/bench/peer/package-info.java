/** What is measured: patterns of messages, over each library. */
package io.weft.bench.peer;
