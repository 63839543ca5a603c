package io.weft.bench.report.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** What every page has in it: style, script, and the plotting library as its package has it. */
final class PageResources {
  private PageResources() {}

  static String style() {
    return text("page.css");
  }

  static String script() {
    return text("page.js");
  }

  static String licence() {
    return text("LICENSE");
  }

  /** The library packed, a sixth of its length; the page's script unpacks it. */
  static String packedLibrary() {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream stream = new BestGzip(packed)) {
      stream.write(bytes("plotly.js"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Base64.getEncoder().encodeToString(packed.toByteArray());
  }

  /**
   * What the page allows itself: these two scripts and no other, styles, and pictures that are in
   * it. A browser holds it to that, whatever a result file smuggled in.
   */
  static String policy() {
    return "default-src 'none'; script-src 'sha256-%s' 'sha256-%s'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
        .formatted(hash(bytes("page.js")), hash(bytes("plotly.js")));
  }

  private static String hash(byte[] script) {
    try {
      return Base64.getEncoder()
          .encodeToString(MessageDigest.getInstance("SHA-256").digest(script));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static String text(String name) {
    return new String(bytes(name), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String name) {
    try (InputStream stream = PageResources.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException(
            name + " is missing in the jar of io.weft.bench.report; build it again");
      }
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With the best compression, which the constructor of its parent does not offer. */
  private static final class BestGzip extends GZIPOutputStream {
    BestGzip(ByteArrayOutputStream out) throws IOException {
      super(out);
      def.setLevel(Deflater.BEST_COMPRESSION);
    }
  }
}
