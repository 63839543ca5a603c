import io.weft.cli.Subcommand;
import io.weft.results.command.ResultsCommand;

/** Carries result bundles to S3 and keeps a catalog of them. */
// The AWS SDK's jars have names as modules, but no descriptors.
@SuppressWarnings("requires-automatic")
module io.weft.results {
  requires aws.lambda.java.core;
  requires info.picocli;
  requires io.weft.cli;
  requires io.weft.launch;
  requires java.sql;
  requires me.tongfei.progressbar;
  requires org.apache.httpcomponents.httpclient;
  requires org.apache.httpcomponents.httpcore;
  requires org.xerial.sqlitejdbc;
  requires software.amazon.awssdk.awscore;
  requires software.amazon.awssdk.core;
  requires software.amazon.awssdk.http.apache;
  requires software.amazon.awssdk.http;
  requires software.amazon.awssdk.regions;
  requires software.amazon.awssdk.services.dynamodb;
  requires software.amazon.awssdk.services.s3;
  requires software.amazon.awssdk.services.secretsmanager;
  requires software.amazon.awssdk.services.sns;
  requires software.amazon.awssdk.services.sqs;
  requires software.amazon.awssdk.utils;
  requires tools.jackson.databind;

  opens io.weft.results.command to
      info.picocli;

  provides Subcommand with
      ResultsCommand;
}
