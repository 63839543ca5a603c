package io.weft.results.aws;

import io.weft.results.port.AuditLog;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;

/**
 * The audit in a bucket of S3: each object is locked when it is put. The bucket's policy refuses
 * one that is not, and lets nobody unlock it.
 */
final class LockedAudit implements AuditLog {
  /** S3 counts whole days that are left, of which the first is over at once. */
  private static final int BEGUN_DAY = 1;

  private static final int ALREADY_THERE = 412;

  private final S3Client s3;
  private final String bucket;
  private final String owner;
  private final int days;

  LockedAudit(S3Client s3, String bucket, String owner, int days) {
    this.s3 = s3;
    this.bucket = bucket;
    this.owner = owner;
    this.days = days;
  }

  @Override
  public boolean append(String key, byte[] content) throws IOException {
    try {
      s3.putObject(
          r ->
              r.bucket(bucket)
                  .expectedBucketOwner(owner)
                  .key(key)
                  .ifNoneMatch("*")
                  .contentType("application/jsonl")
                  .objectLockMode(ObjectLockMode.GOVERNANCE)
                  .objectLockRetainUntilDate(Instant.now().plus(days + BEGUN_DAY, ChronoUnit.DAYS)),
          RequestBody.fromBytes(content));
      return true;
    } catch (AwsServiceException refused) {
      if (refused.statusCode() == ALREADY_THERE) {
        return false;
      }
      throw AwsFailure.of("PutObject " + key, refused);
    } catch (SdkException failure) {
      throw AwsFailure.of("PutObject " + key, failure);
    }
  }
}
