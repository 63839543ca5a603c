/** JMH across ranks: each fork is a whole job, whose rank 0 runs JMH's forked main. */
package io.weft.bench.ranks;
