package io.weft.results.port;

/**
 * An object as the bucket describes it.
 *
 * @param key where
 * @param bytes its length
 * @param checksum its SHA-256 in base64 as the bucket took it: of the object, or with the number of
 *     parts behind a dash of its parts' digests; null if the bucket does not say
 * @param partBytes the length of its parts but the last; 0 if it was not uploaded in parts
 */
public record StoredObject(String key, long bytes, String checksum, long partBytes) {}
