package io.weft.cli;

import java.util.concurrent.Callable;

/**
 * A subcommand of {@code weft}, found by {@link java.util.ServiceLoader}: a class with picocli's
 * {@code Command} annotation whose {@code call} returns the exit status. Modules that {@code weft}
 * does not know bring theirs this way.
 */
public interface Subcommand extends Callable<Integer> {}
