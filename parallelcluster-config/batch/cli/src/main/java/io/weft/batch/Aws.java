package io.weft.batch;

import io.weft.cli.ExitStatus;
import io.weft.cli.WeftException;
import java.util.function.Supplier;
import picocli.CommandLine.Option;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.batch.BatchClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;

/** Which account and region, and clients for it; errors of theirs in words. */
final class Aws {
  private static final int SUBMIT_ATTEMPTS = 5;

  @Option(
      names = "--region",
      paramLabel = "REGION",
      description = "The region, such as eu-west-1 (default: as the AWS command line finds it).")
  private String region;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "The profile of ~/.aws to use (default: as the AWS command line finds it).")
  private String profile;

  /** The region; fails if none is set. */
  Region region() {
    if (region != null) {
      return Region.of(region);
    }
    try {
      return DefaultAwsRegionProviderChain.builder().profileName(profile).build().getRegion();
    } catch (SdkClientException none) {
      throw new WeftException(
          ExitStatus.UNAVAILABLE,
          "no AWS region is set: give --region, or set AWS_REGION, or run 'aws configure'");
    }
  }

  private AwsCredentialsProvider credentials() {
    DefaultCredentialsProvider chain =
        DefaultCredentialsProvider.builder().profileName(profile).build();
    try {
      chain.resolveCredentials();
      return chain;
    } catch (SdkClientException none) {
      throw new WeftException(
          ExitStatus.UNAVAILABLE,
          "no AWS credentials: run 'aws configure', or set AWS_PROFILE, or start"
              + " on an instance with a role. Looked for: "
              + none.getMessage());
    }
  }

  BatchClient batch() {
    return batch(ApacheHttpClient.create());
  }

  /** A client whose requests go to a given place. */
  BatchClient batch(SdkHttpClient http) {
    return BatchClient.builder()
        .region(region())
        .credentialsProvider(credentials())
        .httpClient(http)
        .build();
  }

  /**
   * A client for SubmitJob, which has no token of its own against doubles: a request whose answer
   * was lost may have been heard. Only one that was refused for its rate is sent again.
   */
  BatchClient batchOnce() {
    RetryStrategy onlyWhenRefused =
        DefaultRetryStrategy.standardStrategyBuilder()
            .maxAttempts(SUBMIT_ATTEMPTS)
            .retryOnException(Aws::isThrottled)
            .treatAsThrottling(Aws::isThrottled)
            .build();
    return BatchClient.builder()
        .region(region())
        .credentialsProvider(credentials())
        .httpClient(ApacheHttpClient.create())
        .overrideConfiguration(configuration -> configuration.retryStrategy(onlyWhenRefused))
        .build();
  }

  private static boolean isThrottled(Throwable failure) {
    return failure instanceof AwsServiceException refused && refused.isThrottlingException();
  }

  CloudWatchLogsClient logs() {
    return CloudWatchLogsClient.builder()
        .region(region())
        .credentialsProvider(credentials())
        .httpClient(ApacheHttpClient.create())
        .build();
  }

  /** Makes a call; what goes wrong says what, where, and what to do. */
  <T> T call(String what, Supplier<T> call) {
    try {
      return call.get();
    } catch (AwsServiceException refused) {
      throw new WeftException(ExitStatus.UNAVAILABLE, words(what, refused));
    } catch (SdkClientException unreachable) {
      throw new WeftException(
          ExitStatus.UNAVAILABLE,
          "%s: AWS in %s cannot be reached: %s. Look at the network, and at --region"
              .formatted(what, region(), unreachable.getMessage()));
    }
  }

  private String words(String what, AwsServiceException refused) {
    String code = refused.awsErrorDetails() == null ? "" : refused.awsErrorDetails().errorCode();
    String said =
        refused.awsErrorDetails() == null
            ? refused.getMessage()
            : refused.awsErrorDetails().errorMessage();
    String where = what + " in " + region() + ": ";
    if (refused.isThrottlingException()) {
      return where
          + "AWS throttles this account ("
          + code
          + ", after "
          + refused.numAttempts()
          + " attempts). Wait a minute and try again";
    }
    if (code.startsWith("AccessDenied")) {
      return where + said + ". Ask for this permission, or take another --profile";
    }
    if (refused.statusCode() == 403 || code.startsWith("ExpiredToken")) {
      return where
          + "the credentials are not valid ("
          + code
          + ": "
          + said
          + "). Renew them: 'aws configure', or for single sign-on 'aws sso login' and 'aws"
          + " configure export-credentials'";
    }
    return where
        + said
        + " ("
        + code
        + (refused.statusCode() >= 500 ? "; a fault of AWS: try again" : "; mend what it names")
        + ")";
  }
}
