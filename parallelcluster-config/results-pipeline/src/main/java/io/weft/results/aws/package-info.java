/** The pipeline on AWS: SNS, SQS, S3 and DynamoDB. */
package io.weft.results.aws;
