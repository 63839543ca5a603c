package io.weft.results.aws;

import java.io.IOException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/** A call to AWS that did not do what it should: unreachable, throttled, or not permitted. */
final class AwsFailure extends IOException {
  private static final long serialVersionUID = 1L;

  /** A call. */
  interface Call<T> {
    T make();
  }

  private AwsFailure(String what, SdkException cause) {
    super(what + ": " + words(cause), cause);
  }

  /**
   * Makes a call.
   *
   * @param what for the message
   * @throws AwsFailure if it fails
   */
  static <T> T in(String what, Call<T> call) throws AwsFailure {
    try {
      return call.make();
    } catch (SdkException failure) {
      throw of(what, failure);
    }
  }

  static AwsFailure of(String what, SdkException failure) {
    if (failure instanceof AbortedException) {
      // The SDK has taken the interrupt, by which the thread was told to end.
      Thread.currentThread().interrupt();
    }
    return new AwsFailure(what, failure);
  }

  private static String words(SdkException failure) {
    if (failure instanceof AwsServiceException refused && refused.awsErrorDetails() != null) {
      return refused.awsErrorDetails().errorMessage()
          + " ("
          + refused.awsErrorDetails().errorCode()
          + ")";
    }
    return failure instanceof SdkClientException
        ? "AWS cannot be reached: " + failure.getMessage()
        : failure.getMessage();
  }

  static String code(AwsServiceException refused) {
    return refused.awsErrorDetails() == null ? "" : refused.awsErrorDetails().errorCode();
  }
}
