package io.weft.results.port;

/**
 * A part of an open upload.
 *
 * @param number from 1
 * @param bytes its length
 * @param checksum its SHA-256 in base64; null if the bucket does not say
 * @param etag the bucket's name for its content
 */
public record UploadedPart(int number, long bytes, String checksum, String etag) {}
