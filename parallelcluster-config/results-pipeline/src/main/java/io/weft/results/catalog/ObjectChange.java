package io.weft.results.catalog;

/**
 * A change of an object in the bucket.
 *
 * @param key where, not encoded
 * @param sequencer its order among the key's changes, padded
 * @param created false if the object was removed
 * @param ofVersion a single version was removed, perhaps not the one that readers see
 */
public record ObjectChange(String key, String sequencer, boolean created, boolean ofVersion) {}
