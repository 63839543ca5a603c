package io.weft.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that every rank of a {@link MultiRank} class runs. The method takes nothing or a {@link
 * RankContext}; its name is unique in the class. It passes if it passes on every rank. It is
 * skipped if every rank skips it ({@link org.junit.jupiter.api.Assumptions}).
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@TestTemplate
@ExtendWith(RankTestProvider.class)
public @interface RankTest {}
