package io.weft.results.aws;

import io.weft.cli.ExitStatus;
import io.weft.cli.WeftException;
import java.util.Map;

/**
 * Where the pipeline's parts are, as the stack's outputs say it: variables, so that hooks need no
 * arguments. Each command needs only some of them.
 *
 * @param environment the process's variables
 */
public record AwsSettings(Map<String, String> environment) {
  /** The ARN of the topic that runs are announced to. */
  public static final String TOPIC = "WEFT_RESULTS_TOPIC";

  /** The bucket's name. */
  public static final String BUCKET = "WEFT_RESULTS_BUCKET";

  /** The account that the bucket belongs to; requests to a bucket of any other fail. */
  public static final String BUCKET_OWNER = "WEFT_RESULTS_BUCKET_OWNER";

  /** The URL of the queue of announced runs. */
  public static final String SHIP_QUEUE = "WEFT_RESULTS_SHIP_QUEUE";

  /** The URL of the queue of changes in the bucket. */
  public static final String CATALOG_QUEUE = "WEFT_RESULTS_CATALOG_QUEUE";

  /** The name of the catalog's table. */
  public static final String TABLE = "WEFT_RESULTS_TABLE";

  /** Keeps its own variables. */
  public AwsSettings {
    environment = Map.copyOf(environment);
  }

  /**
   * A setting.
   *
   * @param name of the variable
   * @return its value
   * @throws WeftException if it is not set
   */
  public String get(String name) {
    String value = environment.getOrDefault(name, "").strip();
    if (value.isEmpty()) {
      throw new WeftException(
          ExitStatus.USAGE,
          name
              + " is not set: take it from the outputs of the results stack, or give --local DIR"
              + " for a pipeline on this machine");
    }
    return value;
  }
}
