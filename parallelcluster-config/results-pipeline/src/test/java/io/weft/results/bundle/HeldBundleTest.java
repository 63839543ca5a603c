package io.weft.results.bundle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.results.Refused;
import io.weft.results.TestBundle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeldBundleTest {
  @TempDir private Path directory;

  private Path bundle() throws Exception {
    return new TestBundle(directory.resolve("bundle"))
        .file("a/b", "hello".getBytes(StandardCharsets.UTF_8))
        .write();
  }

  private void assertRefused(String reason, Path folder) throws Exception {
    Refused refused =
        assertThrows(
            Refused.class,
            () -> {
              try (HeldBundle held = HeldBundle.open(folder)) {
                held.open(held.manifest().files().getFirst()).close();
              }
            });
    assertTrue(refused.getMessage().contains(reason), refused.getMessage());
  }

  @Test
  @DisplayName("a whole bundle is read, also after its folder was renamed and another put there")
  void held() throws Exception {
    Path folder = bundle();
    try (HeldBundle held = HeldBundle.open(folder)) {
      Manifest manifest = held.manifest();
      assertEquals(
          List.of("a/b", "result.json"), manifest.files().stream().map(BundleFile::name).toList());
      Files.move(folder, directory.resolve("elsewhere"));
      new TestBundle(folder).file("a/b", "other".getBytes(StandardCharsets.UTF_8)).write();
      assertArrayEquals(
          "hello".getBytes(StandardCharsets.UTF_8), held.read(manifest.files().getFirst(), 100));
    }
  }

  @Test
  @DisplayName("links are not followed: the file's, a folder's on the way, the bundle's own")
  void links() throws Exception {
    Path folder = bundle();
    Path secret = Files.writeString(directory.resolve("secret"), "hello");
    Files.delete(folder.resolve("a/b"));
    Files.createSymbolicLink(folder.resolve("a/b"), secret);
    assertRefused("symbolic link", folder);
    Files.delete(folder.resolve("a/b"));
    Files.delete(folder.resolve("a"));
    Path other = Files.createDirectory(directory.resolve("other"));
    Files.writeString(other.resolve("b"), "hello");
    Files.createSymbolicLink(folder.resolve("a"), other);
    assertRefused("symbolic link", folder);
    assertRefused("no folder", Files.createSymbolicLink(directory.resolve("link"), folder));
  }

  @Test
  @DisplayName("a pipe, a folder, a file that is gone or has another length are refused")
  void noFiles() throws Exception {
    Path folder = bundle();
    Path file = folder.resolve("a/b");
    Files.writeString(file, "hello!");
    assertRefused("has 6 bytes, and the manifest says 5", folder);
    Files.delete(file);
    assertRefused("is not there", folder);
    Files.createDirectory(file);
    assertRefused("no regular file", folder);
    Files.delete(file);
    assertEquals(0, new ProcessBuilder("mkfifo", file.toString()).inheritIO().start().waitFor());
    assertRefused("no regular file", folder);
  }

  @Test
  @DisplayName("a manifest that is none, of another format, without result or huge is refused")
  void manifests() throws Exception {
    Path folder = bundle();
    Path manifest = folder.resolve("manifest.json");
    String good = Files.readString(manifest);
    Files.writeString(manifest, good.substring(0, good.length() / 2));
    assertRefused("no JSON", folder);
    Files.writeString(manifest, good.replace("\"format\": 2", "\"format\": 3"));
    assertRefused("format 3", folder);
    Files.writeString(manifest, good.replace("result.json", "other.json"));
    assertRefused("no file result.json", folder);
    Files.writeString(manifest, good.replace("a/b", "a/../../b"));
    assertRefused("no path below", folder);
    Files.write(manifest, new byte[] {'{', (byte) 0xff, '}'});
    assertRefused("no UTF-8", folder);
    Files.write(manifest, new byte[Manifest.MOST_BYTES + 1]);
    assertRefused("more than " + Manifest.MOST_BYTES, folder);
    String line = TestBundle.line("x", 1, "0".repeat(64));
    Files.writeString(manifest, TestBundle.manifest(Collections.nCopies(100_001, line)));
    assertRefused("at most 100000", folder);
    Files.delete(manifest);
    assertRefused("is not there", folder);
  }
}
