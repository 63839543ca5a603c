package io.weft.results.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.results.port.RejectedException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What can be mended by waiting, and what cannot. */
class AwsFailureTest {
  @ParameterizedTest(name = "{0} {1}: refused {2}")
  @CsvSource({
    "403, AccessDenied, true",
    "403, SignatureDoesNotMatch, true",
    "404, NoSuchBucket, true",
    "400, BadDigest, true",
    "400, ExpiredToken, true",
    "400, ValidationException, true",
    "301, PermanentRedirect, true",
    "400, RequestTimeout, false",
    "400, ThrottlingException, false",
    "400, ProvisionedThroughputExceededException, false",
    "408, RequestTimeout, false",
    "409, ConditionalRequestConflict, false",
    "429, TooManyRequestsException, false",
    "500, InternalError, false",
    "502, '', false",
    "503, SlowDown, false",
    "503, ServiceUnavailable, false",
  })
  void tellsRefusalsFromWhatIsAway(int status, String code, boolean refused) {
    IOException failure =
        AwsFailure.of(
            "PutObject",
            (S3Exception)
                S3Exception.builder()
                    .statusCode(status)
                    .awsErrorDetails(
                        AwsErrorDetails.builder().errorCode(code).errorMessage("why").build())
                    .build());
    assertEquals(refused, failure instanceof RejectedException);
    assertEquals("PutObject: why (" + code + ")", failure.getMessage());
  }

  @Test
  void whoDoesNotAnswerIsAway() {
    IOException failure = AwsFailure.of("PutObject", SdkClientException.create("no route"));
    assertTrue(failure instanceof AwsFailure);
    assertEquals("PutObject: AWS cannot be reached: no route", failure.getMessage());
  }
}
