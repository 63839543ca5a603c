package io.weft.results.ship;

/** Where a shipper is with a bundle, in the order in which it comes there. */
public enum ShipPhase {
  /** It has the message. */
  RECEIVED,
  /** A part of a file is on its way. */
  MID_PART,
  /** All parts of a file are in the bucket, and no object yet. */
  PARTS_DONE,
  /** All files are in the bucket. */
  BEFORE_MANIFEST,
  /** So is the manifest: the bundle is shipped. */
  MANIFEST_WRITTEN,
  /** The message is about to be deleted. */
  BEFORE_DELETE
}
