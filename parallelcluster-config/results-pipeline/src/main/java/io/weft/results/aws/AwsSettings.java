package io.weft.results.aws;

import io.weft.cli.ExitStatus;
import io.weft.cli.WeftException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

  /** The URL of the queue of failed runs. */
  public static final String ALERTS_QUEUE = "WEFT_RESULTS_ALERTS_QUEUE";

  /** The URL of the FIFO queue of everything that was announced. */
  public static final String AUDIT_QUEUE = "WEFT_RESULTS_AUDIT_QUEUE";

  /** The URL of the queue of results that are whole. */
  public static final String WEBHOOK_QUEUE = "WEFT_RESULTS_WEBHOOK_QUEUE";

  /** The ARN of the topic that failed runs are told by. */
  public static final String ALERT_TOPIC = "WEFT_RESULTS_ALERT_TOPIC";

  /** The name of the table of what was told to whom. */
  public static final String SENT_TABLE = "WEFT_RESULTS_SENT_TABLE";

  /** For how many days an entry of the audit is locked, as the stack has it. */
  public static final String AUDIT_DAYS = "WEFT_RESULTS_AUDIT_DAYS";

  /** The name of the catalog's table. */
  public static final String TABLE = "WEFT_RESULTS_TABLE";

  private static final Pattern TOPIC_ARN =
      Pattern.compile("arn:[a-z-]+:sns:([a-z0-9-]+):[0-9]{12}:.+");

  private static final int MOST_DAYS = 36_500;

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

  /**
   * Says whether a setting is there.
   *
   * @param name of the variable
   * @return false if it is not set, or empty
   */
  public boolean has(String name) {
    return !environment.getOrDefault(name, "").isBlank();
  }

  /**
   * The region of the topic that runs are announced to, which is that of the whole stack.
   *
   * @return nothing if no topic is set, or what is set is no ARN of one
   */
  public Optional<String> regionOfTopic() {
    Matcher arn = TOPIC_ARN.matcher(environment.getOrDefault(TOPIC, "").strip());
    return arn.matches() ? Optional.of(arn.group(1)) : Optional.empty();
  }

  /**
   * A setting that is a number of days.
   *
   * @param name of the variable
   * @return its value, from 1 to 36500
   * @throws WeftException if it is not set or no such number
   */
  public int days(String name) {
    String value = get(name);
    if (!value.matches("[1-9][0-9]{0,4}") || Integer.parseInt(value) > MOST_DAYS) {
      throw new WeftException(
          ExitStatus.USAGE, name + "=" + value + " is no number of days from 1 to " + MOST_DAYS);
    }
    return Integer.parseInt(value);
  }
}
