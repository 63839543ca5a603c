package io.weft.results.port;

import java.io.InputStream;
import java.util.function.Supplier;

/**
 * What is put: may be read several times, since a request may be sent again.
 *
 * @param bytes the length
 * @param sha256 the digest, in base64
 * @param content opens it
 */
public record PartBody(long bytes, String sha256, Supplier<InputStream> content) {}
