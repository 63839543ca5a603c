package io.weft.testing;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderProbeTest {
  @TempDir Path directory;

  @BeforeEach
  void writeHeader() throws IOException {
    Files.writeString(
        directory.resolve("toy.h"),
        """
        #include <stdint.h>
        struct toy { char tag; uint64_t caps; void *next; int last; };
        #define TOY_ANY ((uint64_t) -1)
        enum { TOY_FIRST = -3, TOY_ZERO = 0 };
        """);
  }

  private HeaderProbe probe(String compiler) {
    return HeaderProbe.of(compiler).include(directory).header("toy.h");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gcc", "aarch64-linux-gnu-gcc"})
  void acceptsWhatIsRight(String compiler) {
    probe(compiler)
        .expect("offsetof(struct toy, caps)", 8)
        .expect("offsetof(struct toy, last)", 24)
        .expect("sizeof(struct toy)", 32)
        .expect("TOY_ANY", -1L)
        .expect("TOY_FIRST", -3)
        .expect("TOY_ZERO", 0)
        .check();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gcc", "aarch64-linux-gnu-gcc"})
  void listsAllThatIsWrongWithBothValues(String compiler) {
    AssertionError error =
        assertThrows(
            AssertionError.class,
            () ->
                probe(compiler)
                    .expect("offsetof(struct toy, caps)", 4)
                    .expect("sizeof(struct toy)", 32)
                    .expect("TOY_FIRST", 3)
                    .expect("offsetof(struct toy, gone)", 16)
                    .expect("TOY_GONE", 1)
                    .check());
    assertContains(error, "4 of 5 declarations differ from the headers of " + compiler);
    assertContains(error, "offsetof(struct toy, caps): declared 4, is 8");
    assertContains(error, "TOY_FIRST: declared 3, is -3");
    assertContains(error, "offsetof(struct toy, gone): declared 16, 'struct toy' has no member");
    assertContains(error, "TOY_GONE: declared 1, 'TOY_GONE' undeclared");
    assertFalse(error.getMessage().contains("sizeof"), error::getMessage);
  }

  @Test
  void knowsThatMachinesDiffer() {
    // A plain char is signed on x86-64 and unsigned on AArch64: the cross compiler answers.
    HeaderProbe.of("aarch64-linux-gnu-gcc").expect("(char) -1", 255).check();
  }

  @Test
  void failsWithoutTheCompiler() {
    AssertionError error =
        assertThrows(AssertionError.class, () -> probe("no-such-gcc").expect("1", 1).check());
    assertContains(error, "no C compiler no-such-gcc");
    assertContains(error, "scripts/setup test");
  }

  @Test
  void failsWithoutTheHeader() {
    AssertionError error =
        assertThrows(
            AssertionError.class, () -> probe("gcc").header("no/such.h").expect("1", 1).check());
    assertContains(error, "no/such.h");
    assertContains(error, "scripts/setup test");
  }

  @Test
  void refusesToCheckNothing() {
    assertThrows(AssertionError.class, () -> probe("gcc").check());
    assertThrows(IllegalArgumentException.class, () -> probe("gcc").expect("1", 1).expect("1", 2));
  }

  private static void assertContains(AssertionError error, String part) {
    assertTrue(error.getMessage().contains(part), () -> "no \"" + part + "\" in: " + error);
  }
}
