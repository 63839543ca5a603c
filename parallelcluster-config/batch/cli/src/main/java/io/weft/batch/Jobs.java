package io.weft.batch;

import io.weft.cli.ExitStatus;
import io.weft.cli.WeftException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.batch.BatchClient;
import software.amazon.awssdk.services.batch.model.JobDetail;

/** Looks jobs and their nodes up. */
record Jobs(Aws aws, BatchClient batch) {
  /** What DescribeJobs takes at once. */
  private static final int MOST_AT_ONCE = 100;

  /** A job; fails if AWS Batch does not know it. */
  JobDetail find(JobId id) {
    List<JobDetail> found = describe(List.of(id.toString()));
    if (found.isEmpty()) {
      throw new WeftException(
          ExitStatus.UNAVAILABLE,
          "AWS Batch in %s knows no job %s: look at --region and --profile; it forgets jobs some days after their end"
              .formatted(aws.region(), id));
    }
    return found.getFirst();
  }

  /** The nodes of a job that exist by now, in order. */
  List<JobDetail> nodes(JobDetail job) {
    int count = job.nodeProperties() == null ? 0 : job.nodeProperties().numNodes();
    JobId id = JobId.of(job.jobId());
    List<String> ids = IntStream.range(0, count).mapToObj(n -> id.node(n).toString()).toList();
    List<JobDetail> result = new ArrayList<>();
    for (int first = 0; first < count; first += MOST_AT_ONCE) {
      result.addAll(describe(ids.subList(first, Math.min(count, first + MOST_AT_ONCE))));
    }
    result.sort(Comparator.comparingInt(node -> JobId.of(node.jobId()).node()));
    return result;
  }

  private List<JobDetail> describe(List<String> ids) {
    return aws.call("DescribeJobs", () -> batch.describeJobs(request -> request.jobs(ids)).jobs());
  }
}
