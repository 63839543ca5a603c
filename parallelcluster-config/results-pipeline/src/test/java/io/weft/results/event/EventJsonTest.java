package io.weft.results.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.results.Refused;
import io.weft.results.TestBundle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventJsonTest {
  @TempDir private Path directory;
  private RunEvent event;

  @BeforeEach
  void bundle() throws Exception {
    event = TestBundle.event(new TestBundle(directory).file("a", 10, 1).write(), "42", 3);
  }

  @Test
  @DisplayName("an event is what was written, also with fields that nobody knows")
  void roundTrip() throws Exception {
    String text = EventJson.text(event);
    assertEquals(event, EventJson.parse(text));
    assertEquals(event, EventJson.parse(text.replaceFirst("\\{", "{\"later\":{\"a\":[1]},")));
  }

  @Test
  @DisplayName("its id is the SHA-256 of cluster, job, attempt and manifest digest")
  void id() throws Exception {
    String named = "cluster\n42\n3\n" + event.manifest().sha256();
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(named.getBytes(StandardCharsets.UTF_8));
    assertEquals(HexFormat.of().formatHex(digest), event.id());
    assertNotEquals(event.id(), TestBundle.event(directory, "42", 4).id());
  }

  @Test
  @DisplayName("keys have cluster, job, attempt and id, and say them again")
  void keys() throws Exception {
    String key = BucketKeys.manifest(event);
    assertEquals("runs/cluster/42/3/" + event.id() + "/manifest.json", key);
    assertEquals(event.id(), BucketKeys.idOfManifest(key).orElseThrow());
    assertEquals(event.job(), BucketKeys.jobOf(key));
    RunEvent none = TestBundle.event(directory, "", 0);
    assertEquals(none.job(), BucketKeys.jobOf(BucketKeys.manifest(none)));
    assertTrue(BucketKeys.idOfManifest("runs/cluster/42/3/x/manifest.json").isEmpty());
    assertTrue(
        BucketKeys.idOfManifest("other/cluster/42/3/" + event.id() + "/manifest.json").isEmpty());
  }

  /** What is replaced in a good event, by what, and a word of the reason. */
  static Stream<String[]> wrong() {
    return Stream.of(
        new String[] {"\"format\":1", "\"format\":2", "format 2"},
        new String[] {"\"format\":1", "\"format\":\"1\"", "no whole number"},
        new String[] {"\"attempt\":3", "\"attempt\":4", "its id is not that"},
        new String[] {"\"attempt\":3", "\"attempt\":3.5", "no whole number"},
        new String[] {"\"attempt\":3", "\"attempt\":-1", "not within"},
        new String[] {"\"attempt\":3", "\"attempt\":99999999999999999999999", "no whole number"},
        new String[] {"\"cluster\":\"cluster\"", "\"cluster\":\"../x\"", "other characters"},
        new String[] {"\"status\":\"verified\"", "\"status\":\"fine\"", "neither verified"},
        new String[] {"\"kernel\":\"cg\"", "\"kernel\":\"" + "x".repeat(70_000) + "\"", "no JSON"},
        new String[] {"\"kernel\":\"cg\"", "\"kernel\":\"" + "x".repeat(200) + "\"", "at most 128"},
        new String[] {"\"kernel\":\"cg\"", "\"kernel\":\"c\\ng\"", "control characters"},
        new String[] {"\"kernel\":\"cg\"", "\"kernel\":\" \"", "empty"},
        new String[] {"\"kernel\":\"cg\"", "\"kernel\":[]", "no text"},
        new String[] {"\"kernel\":\"cg\"", "\"kernel\":\"cg\",\"kernel\":\"ft\"", "no JSON"},
        new String[] {"\"bundle\":\"/", "\"bundle\":\"", "no absolute path"},
        new String[] {"\"bundle\":\"/", "\"bundle\":\"/../", "no absolute path"},
        new String[] {"\"bundle\":\"/", "\"bundle\":\"/\\u0000", "control characters"},
        new String[] {"\"name\":\"a\"", "\"name\":\"../a\"", "no path below"},
        new String[] {"\"name\":\"a\"", "\"name\":\"/a\"", "no path below"},
        new String[] {"\"name\":\"a\"", "\"name\":\"d/manifest.json\"", "name of a manifest"},
        new String[] {"\"name\":\"a\"", "\"name\":\"result.json\"", "listed twice"},
        new String[] {"\"name\":\"a\"", "\"name\":\"\\ud800\"", ""},
        new String[] {"\"bytes\":10", "\"bytes\":-10", "not within"},
        new String[] {"\"sha256\":\"", "\"sha256\":\"X", "no SHA-256"},
        new String[] {"\"finishedAt\":\"2026", "\"finishedAt\":\"then", "no time"},
        new String[] {"}}", "}", "no JSON"},
        new String[] {"{\"format\"", "[{\"format\"", "no JSON"});
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @MethodSource("wrong")
  @DisplayName("what is wrong is refused with its reason, in a line")
  void refused(String good, String bad, String reason) {
    String text = EventJson.text(event);
    assertTrue(text.contains(good), text);
    Refused refused =
        assertThrows(
            Refused.class,
            () ->
                EventJson.parse(
                    text.replaceFirst(
                        java.util.regex.Pattern.quote(good),
                        java.util.regex.Matcher.quoteReplacement(bad))));
    assertTrue(refused.getMessage().contains(reason), refused.getMessage());
    assertTrue(refused.getMessage().length() < 600 && !refused.getMessage().contains("\n"));
  }

  @Test
  @DisplayName("deep nesting and text that goes on for ever are refused")
  void enormous() {
    for (String text :
        new String[] {"[".repeat(100_000), "{\"a\":".repeat(1000), "", "null", "1"}) {
      assertThrows(Refused.class, () -> EventJson.parse(text));
    }
    assertThrows(Refused.class, () -> EventJson.parse(" ".repeat(EventJson.MOST_CHARACTERS + 1)));
  }
}
