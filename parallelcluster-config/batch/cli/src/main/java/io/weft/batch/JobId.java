package io.weft.batch;

import io.weft.cli.ExitStatus;
import io.weft.cli.WeftException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A job, or one of its nodes.
 *
 * @param job the job's id
 * @param node the node's number, -1 for the job as a whole
 */
record JobId(String job, int node) {
  private static final Pattern FORM = Pattern.compile("([A-Za-z0-9-]{1,64})(?:#(\\d{1,4}))?");

  static JobId of(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new WeftException(
          ExitStatus.USAGE,
          "\""
              + text
              + "\" is no job: give ID, or ID#N for a node (in quotes, # begins a comment)");
    }
    String node = matcher.group(2);
    return new JobId(matcher.group(1), node == null ? -1 : Integer.parseInt(node));
  }

  JobId node(int number) {
    return new JobId(job, number);
  }

  /** As AWS Batch writes it. */
  @Override
  public String toString() {
    return node < 0 ? job : job + "#" + node;
  }
}
