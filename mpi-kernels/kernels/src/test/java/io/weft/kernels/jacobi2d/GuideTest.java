package io.weft.kernels.jacobi2d;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/writing-a-kernel.md quotes is in the sources that it names. */
class GuideTest {
  private static final Path GUIDE = Path.of("../../docs/writing-a-kernel.md");
  private static final Path SOURCES = Path.of("src/main/java/io/weft/kernels/jacobi2d");
  private static final Pattern EXCERPT =
      Pattern.compile("```java\n// (\\S+[.]java)\n(.*?)\n```", Pattern.DOTALL);

  @Test
  void everyExcerptIsInItsSource() throws IOException {
    Matcher excerpts = EXCERPT.matcher(Files.readString(GUIDE));
    int found = 0;
    while (excerpts.find()) {
      List<String> source = stripped(Files.readString(SOURCES.resolve(excerpts.group(1))));
      List<String> quoted = stripped(excerpts.group(2));
      boolean there = false;
      for (int at = 0; at + quoted.size() <= source.size(); at++) {
        there |= source.subList(at, at + quoted.size()).equals(quoted);
      }
      assertTrue(there, "not in " + excerpts.group(1) + ":\n" + excerpts.group(2));
      found++;
    }
    assertTrue(found >= 8, found + " excerpts");
  }

  private static List<String> stripped(String text) {
    return text.lines().map(String::strip).toList();
  }
}
