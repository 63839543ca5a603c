package io.weft.results.aws;

import io.weft.results.port.RejectedException;
import java.io.IOException;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * A call to AWS that did not do what it should, and that may do it later: unreachable, throttled, a
 * server's fault. One that AWS refuses is a {@link RejectedException}.
 */
final class AwsFailure extends IOException {
  private static final long serialVersionUID = 1L;

  private static final int REFUSED = 300;
  private static final int TIMEOUT = 408;

  /** S3: another request for the same key was first, or is under way. */
  private static final int CONFLICT = 409;

  private static final int FAULT_OF_SERVER = 500;

  /** What S3 says with 400, and means that the connection was slow. */
  private static final Set<String> SLOW = Set.of("RequestTimeout", "RequestTimeoutException");

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
   * @throws RejectedException if AWS refuses it
   * @throws IOException if it fails
   */
  static <T> T in(String what, Call<T> call) throws IOException {
    try {
      return call.make();
    } catch (SdkException failure) {
      throw of(what, failure);
    }
  }

  static IOException of(String what, SdkException failure) {
    if (failure instanceof AwsServiceException answer && isRefusal(answer)) {
      return new RejectedException(what + ": " + words(answer), answer);
    }
    if (failure instanceof AbortedException) {
      // The SDK has taken the interrupt, by which the thread was told to end.
      Thread.currentThread().interrupt();
    }
    return new AwsFailure(what, failure);
  }

  private static boolean isRefusal(AwsServiceException answer) {
    int status = answer.statusCode();
    return status >= REFUSED
        && status < FAULT_OF_SERVER
        && status != TIMEOUT
        && status != CONFLICT
        // 429 and the many codes of throttling that come with 400.
        && !answer.isThrottlingException()
        && !SLOW.contains(code(answer));
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
