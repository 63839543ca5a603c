package io.weft.fabric;

import io.weft.fabric.ffm.Constants;

/**
 * An operation that failed, {@code struct fi_cq_err_entry} of fi_cq(3).
 *
 * @param context the context that it was posted with; 0 for an injected message
 * @param isReceive false for a send
 * @param lengthBytes what was received before it failed
 * @param overflowBytes what did not fit into the receive buffer
 * @param tag the sender's tag, where the provider tells it
 * @param code the error number, fi_errno(3)
 * @param text libfabric's text for {@code code}
 * @param providerText the provider's own text
 */
public record CompletionError(
    long context,
    boolean isReceive,
    long lengthBytes,
    long overflowBytes,
    long tag,
    int code,
    String text,
    String providerText) {
  /**
   * Says whether the message was longer than the receive buffer.
   *
   * @return true if it was
   */
  public boolean isTruncation() {
    return code == Constants.FI_ETRUNC;
  }

  /**
   * Says whether the operation was cancelled.
   *
   * @return true if it was
   */
  public boolean isCancellation() {
    return code == Constants.FI_ECANCELED;
  }

  /**
   * Says whether {@link TaggedProbe} found no message.
   *
   * @return true if there was none
   */
  public boolean isNoMessage() {
    return code == Constants.FI_ENOMSG;
  }

  @Override
  public String toString() {
    return text
        + " ("
        + code
        + ")"
        + (providerText.isEmpty() || providerText.equals(text)
            ? ""
            : ", the provider says: " + providerText);
  }
}
