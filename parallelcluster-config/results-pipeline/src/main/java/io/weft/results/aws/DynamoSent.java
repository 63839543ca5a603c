package io.weft.results.aws;

import io.weft.results.port.SentStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * What was told, in a table of DynamoDB whose partition key is {@code id}. A lease ends by the
 * clocks of those who claim, which are seconds apart at most where leases are minutes.
 */
final class DynamoSent implements SentStore {
  private static final String ID = "id";
  private static final String LEASE = "leaseUntil";

  /** Past every lease, and exact as a number of DynamoDB's. */
  private static final String FOR_EVER = "9999999999999";

  private static final String IS_FREE = "attribute_not_exists(#i) OR #l <= :now";
  private static final String IS_LEASED = "#l < :ever";

  private final DynamoDbClient dynamo;
  private final String table;

  DynamoSent(DynamoDbClient dynamo, String table) {
    this.dynamo = dynamo;
    this.table = table;
  }

  @Override
  public Claim claim(String id, Duration lease) throws IOException {
    Instant now = Instant.now();
    try {
      dynamo.putItem(
          r ->
              r.tableName(table)
                  .item(item(id, Long.toString(now.plus(lease).toEpochMilli())))
                  .conditionExpression(IS_FREE)
                  .expressionAttributeNames(Map.of("#i", ID, "#l", LEASE))
                  .expressionAttributeValues(
                      Map.of(":now", AttributeValue.fromN(Long.toString(now.toEpochMilli()))))
                  .returnValuesOnConditionCheckFailure(
                      ReturnValuesOnConditionCheckFailure.ALL_OLD));
      return Claim.MINE;
    } catch (ConditionalCheckFailedException taken) {
      AttributeValue until = taken.hasItem() ? taken.item().get(LEASE) : null;
      // A server that does not say what is there leaves it to the next look.
      return until != null && FOR_EVER.equals(until.n()) ? Claim.SENT : asked(id);
    } catch (SdkException failure) {
      throw AwsFailure.of("PutItem to " + table, failure);
    }
  }

  private Claim asked(String id) throws IOException {
    Map<String, AttributeValue> item =
        AwsFailure.in(
            "GetItem from " + table,
            () -> dynamo.getItem(r -> r.tableName(table).key(key(id)).consistentRead(true)).item());
    AttributeValue until = item.get(LEASE);
    return until != null && FOR_EVER.equals(until.n()) ? Claim.SENT : Claim.BUSY;
  }

  @Override
  public void sent(String id) throws IOException {
    AwsFailure.in(
        "PutItem to " + table,
        () -> dynamo.putItem(r -> r.tableName(table).item(item(id, FOR_EVER))));
  }

  @Override
  public void release(String id) throws IOException {
    try {
      dynamo.deleteItem(
          r ->
              r.tableName(table)
                  .key(key(id))
                  .conditionExpression(IS_LEASED)
                  .expressionAttributeNames(Map.of("#l", LEASE))
                  .expressionAttributeValues(Map.of(":ever", AttributeValue.fromN(FOR_EVER))));
    } catch (ConditionalCheckFailedException toldOrGone) {
      // Somebody whose claim came after ours has told it: nothing is to be given back.
      return;
    } catch (SdkException failure) {
      throw AwsFailure.of("DeleteItem from " + table, failure);
    }
  }

  private static Map<String, AttributeValue> item(String id, String until) {
    return Map.of(ID, AttributeValue.fromS(id), LEASE, AttributeValue.fromN(until));
  }

  private static Map<String, AttributeValue> key(String id) {
    return Map.of(ID, AttributeValue.fromS(id));
  }
}
