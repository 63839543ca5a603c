import io.weft.batch.BatchCommand;
import io.weft.batch.CredentialsProbe;
import io.weft.cli.Subcommand;
import io.weft.cli.doctor.Probe;

/** Multi-node parallel jobs of AWS Batch from the command line. */
// The AWS SDK's jars have names as modules, but no descriptors.
@SuppressWarnings("requires-automatic")
module io.weft.batch {
  requires info.picocli;
  requires io.weft.cli;
  requires io.weft.kernels;
  requires io.weft.launch;
  requires software.amazon.awssdk.auth;
  requires software.amazon.awssdk.awscore;
  requires software.amazon.awssdk.core;
  requires software.amazon.awssdk.http;
  requires software.amazon.awssdk.http.apache;
  requires software.amazon.awssdk.identity.spi;
  requires software.amazon.awssdk.regions;
  requires software.amazon.awssdk.retries;
  requires software.amazon.awssdk.retries.api;
  requires software.amazon.awssdk.services.batch;
  requires software.amazon.awssdk.services.cloudwatchlogs;
  requires software.amazon.awssdk.services.sns;
  requires software.amazon.awssdk.utils;
  requires tools.jackson.databind;

  opens io.weft.batch to
      info.picocli;

  provides Probe with
      CredentialsProbe;
  provides Subcommand with
      BatchCommand;
}
