package io.weft.comm;

/** A request of libmpi, for one message or for many. */
interface MpiOperation extends Request {
  boolean isOf(MpiCommunicator other);

  /** Says whether an await would return at once. */
  boolean isComplete();
}
