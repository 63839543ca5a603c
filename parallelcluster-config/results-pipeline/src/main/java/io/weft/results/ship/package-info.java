/**
 * Carries announced bundles to the bucket: every file, then the manifest, then the message goes.
 */
package io.weft.results.ship;
