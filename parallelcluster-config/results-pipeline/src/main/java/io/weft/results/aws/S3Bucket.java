package io.weft.results.aws;

import io.weft.results.Digests;
import io.weft.results.port.ObjectStore;
import io.weft.results.port.PartBody;
import io.weft.results.port.StoredObject;
import io.weft.results.port.UploadGoneException;
import io.weft.results.port.UploadedPart;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * A bucket of S3. Nothing is put but with {@code If-None-Match: *} and the content's SHA-256, which
 * S3 compares with what arrived; the bucket must belong to the account that was named.
 */
final class S3Bucket implements ObjectStore {
  private static final String TYPE = "application/octet-stream";
  private static final String ANY = "*";
  private static final String PART_BYTES = "weft-part-bytes";
  private static final int NOT_FOUND = 404;
  private static final int PRECONDITION_FAILED = 412;

  private final S3Client s3;
  private final String bucket;
  private final String owner;

  S3Bucket(S3Client s3, String bucket, String owner) {
    this.s3 = s3;
    this.bucket = bucket;
    this.owner = owner;
  }

  private String where(String call, String key) {
    return call + " of s3://" + bucket + "/" + key;
  }

  @Override
  public Optional<StoredObject> head(String key) throws IOException {
    try {
      HeadObjectResponse head =
          s3.headObject(
              r ->
                  r.bucket(bucket)
                      .key(key)
                      .expectedBucketOwner(owner)
                      .checksumMode(ChecksumMode.ENABLED));
      return Optional.of(
          new StoredObject(
              key, head.contentLength(), head.checksumSHA256(), partBytes(head.metadata())));
    } catch (S3Exception refused) {
      if (refused.statusCode() == NOT_FOUND) {
        return Optional.empty();
      }
      throw AwsFailure.of(where("HeadObject", key), refused);
    } catch (SdkException failure) {
      throw AwsFailure.of(where("HeadObject", key), failure);
    }
  }

  /** Anything but a number means that the object is to be read. */
  private static long partBytes(Map<String, String> metadata) {
    String noted = metadata.getOrDefault(PART_BYTES, "0");
    return noted.matches("\\d{1,18}") ? Long.parseLong(noted) : 1;
  }

  @Override
  public Optional<byte[]> read(String key, int mostBytes) throws IOException {
    try (InputStream in = get(key)) {
      return Optional.of(in.readNBytes(mostBytes + 1));
    } catch (S3Exception refused) {
      if (refused.statusCode() == NOT_FOUND && AwsFailure.code(refused).equals("NoSuchKey")) {
        return Optional.empty();
      }
      throw AwsFailure.of(where("GetObject", key), refused);
    } catch (SdkException failure) {
      throw AwsFailure.of(where("GetObject", key), failure);
    }
  }

  private InputStream get(String key) {
    return s3.getObject(r -> r.bucket(bucket).key(key).expectedBucketOwner(owner));
  }

  @Override
  public InputStream open(String key) throws IOException {
    return AwsFailure.in(where("GetObject", key), () -> get(key));
  }

  @Override
  public boolean putIfAbsent(String key, byte[] content, Map<String, String> metadata)
      throws IOException {
    return put(
        key,
        Base64.getEncoder().encodeToString(Digests.sha256().digest(content)),
        metadata,
        RequestBody.fromBytes(content));
  }

  @Override
  public boolean putIfAbsent(String key, PartBody body) throws IOException {
    return put(key, body.sha256(), Map.of(), body(body));
  }

  /** Neither copied nor read ahead. */
  private static RequestBody body(PartBody body) {
    return RequestBody.fromContentProvider(() -> body.content().get(), body.bytes(), TYPE);
  }

  private boolean put(String key, String sha256, Map<String, String> metadata, RequestBody body)
      throws IOException {
    try {
      s3.putObject(
          r ->
              r.bucket(bucket)
                  .key(key)
                  .expectedBucketOwner(owner)
                  .ifNoneMatch(ANY)
                  .checksumAlgorithm(ChecksumAlgorithm.SHA256)
                  .checksumSHA256(sha256)
                  .metadata(metadata),
          body);
      return true;
    } catch (S3Exception refused) {
      if (refused.statusCode() == PRECONDITION_FAILED) {
        return false;
      }
      throw AwsFailure.of(where("PutObject", key), refused);
    } catch (SdkException failure) {
      throw AwsFailure.of(where("PutObject", key), failure);
    }
  }

  @Override
  public void delete(String key) throws IOException {
    AwsFailure.in(
        where("DeleteObject", key),
        () -> s3.deleteObject(r -> r.bucket(bucket).key(key).expectedBucketOwner(owner)));
  }

  @Override
  public void list(String prefix, Consumer<String> each) throws IOException {
    AwsFailure.in(
        where("ListObjectsV2", prefix),
        () -> {
          s3
              .listObjectsV2Paginator(
                  r -> r.bucket(bucket).prefix(prefix).expectedBucketOwner(owner))
              .contents()
              .stream()
              .map(S3Object::key)
              .forEach(each);
          return null;
        });
  }

  @Override
  public List<String> openUploads(String key) throws IOException {
    return AwsFailure.in(
        where("ListMultipartUploads", key),
        () ->
            s3
                .listMultipartUploadsPaginator(
                    r -> r.bucket(bucket).prefix(key).expectedBucketOwner(owner))
                .uploads()
                .stream()
                .filter(upload -> upload.key().equals(key))
                .sorted(Comparator.comparing(MultipartUpload::initiated))
                .map(MultipartUpload::uploadId)
                .toList());
  }

  @Override
  public String beginUpload(String key, long partBytes) throws IOException {
    return AwsFailure.in(
        where("CreateMultipartUpload", key),
        () ->
            s3.createMultipartUpload(
                    r ->
                        r.bucket(bucket)
                            .key(key)
                            .expectedBucketOwner(owner)
                            .checksumAlgorithm(ChecksumAlgorithm.SHA256)
                            .metadata(Map.of(PART_BYTES, Long.toString(partBytes))))
                .uploadId());
  }

  @Override
  public List<UploadedPart> parts(String key, String upload) throws IOException {
    return onUpload(
        "ListParts",
        key,
        () ->
            s3
                .listPartsPaginator(
                    r -> r.bucket(bucket).key(key).uploadId(upload).expectedBucketOwner(owner))
                .parts()
                .stream()
                .map(
                    part ->
                        new UploadedPart(
                            part.partNumber(), part.size(), part.checksumSHA256(), part.eTag()))
                .toList());
  }

  @Override
  public UploadedPart putPart(String key, String upload, int number, PartBody body)
      throws IOException {
    UploadPartResponse answer =
        onUpload(
            "UploadPart",
            key,
            () ->
                s3.uploadPart(
                    r ->
                        r.bucket(bucket)
                            .key(key)
                            .uploadId(upload)
                            .partNumber(number)
                            .expectedBucketOwner(owner)
                            .checksumAlgorithm(ChecksumAlgorithm.SHA256)
                            .checksumSHA256(body.sha256()),
                    body(body)));
    return new UploadedPart(number, body.bytes(), body.sha256(), answer.eTag());
  }

  @Override
  public boolean completeUpload(String key, String upload, List<UploadedPart> parts)
      throws IOException {
    List<CompletedPart> completed =
        parts.stream()
            .map(
                part ->
                    CompletedPart.builder()
                        .partNumber(part.number())
                        .eTag(part.etag())
                        .checksumSHA256(part.checksum())
                        .build())
            .toList();
    return onUpload(
        "CompleteMultipartUpload",
        key,
        () -> {
          try {
            s3.completeMultipartUpload(
                r ->
                    r.bucket(bucket)
                        .key(key)
                        .uploadId(upload)
                        .expectedBucketOwner(owner)
                        .ifNoneMatch(ANY)
                        .multipartUpload(m -> m.parts(completed)));
            return true;
          } catch (S3Exception refused) {
            if (refused.statusCode() == PRECONDITION_FAILED) {
              return false;
            }
            throw refused;
          }
        });
  }

  @Override
  public void abortUpload(String key, String upload) throws IOException {
    try {
      onUpload(
          "AbortMultipartUpload",
          key,
          () ->
              s3.abortMultipartUpload(
                  r -> r.bucket(bucket).key(key).uploadId(upload).expectedBucketOwner(owner)));
    } catch (UploadGoneException already) {
      // As it should be.
    }
  }

  private <T> T onUpload(String what, String key, AwsFailure.Call<T> call) throws IOException {
    try {
      return call.make();
    } catch (S3Exception refused) {
      if (AwsFailure.code(refused).equals("NoSuchUpload")) {
        throw new UploadGoneException(key);
      }
      throw AwsFailure.of(where(what, key), refused);
    } catch (SdkException failure) {
      throw AwsFailure.of(where(what, key), failure);
    }
  }
}
