package io.weft.results.aws;

import io.weft.results.port.CatalogRecord;
import io.weft.results.port.CatalogStore;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/** The catalog in a table of DynamoDB, whose partition key is {@code key}. */
final class DynamoCatalog implements CatalogStore {
  private static final String KEY = "key";
  private static final String SEQUENCER = "sequencer";
  private static final String SUMMARY = "summary";
  private static final String IS_LATER = "attribute_not_exists(#k) OR #s < :s";

  private final DynamoDbClient dynamo;
  private final String table;

  DynamoCatalog(DynamoDbClient dynamo, String table) {
    this.dynamo = dynamo;
    this.table = table;
  }

  @Override
  public boolean putIfLater(CatalogRecord record) throws IOException {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put(KEY, AttributeValue.fromS(record.key()));
    item.put(SEQUENCER, AttributeValue.fromS(record.sequencer()));
    if (record.isPresent()) {
      item.put(SUMMARY, AttributeValue.fromS(record.summary()));
    }
    try {
      dynamo.putItem(
          r ->
              r.tableName(table)
                  .item(item)
                  .conditionExpression(IS_LATER)
                  .expressionAttributeNames(Map.of("#k", KEY, "#s", SEQUENCER))
                  .expressionAttributeValues(
                      Map.of(":s", AttributeValue.fromS(record.sequencer()))));
      return true;
    } catch (ConditionalCheckFailedException notLater) {
      return false;
    } catch (SdkException failure) {
      throw AwsFailure.of("PutItem to " + table, failure);
    }
  }

  @Override
  public Optional<CatalogRecord> get(String key) throws IOException {
    Map<String, AttributeValue> item =
        AwsFailure.in(
            "GetItem from " + table,
            () ->
                dynamo
                    .getItem(
                        r ->
                            r.tableName(table)
                                .key(Map.of(KEY, AttributeValue.fromS(key)))
                                .consistentRead(true))
                    .item());
    return item.isEmpty() ? Optional.empty() : Optional.of(record(item));
  }

  @Override
  public void forEach(Consumer<CatalogRecord> each) throws IOException {
    AwsFailure.in(
        "Scan of " + table,
        () -> {
          dynamo.scanPaginator(r -> r.tableName(table).consistentRead(true)).items().stream()
              .map(DynamoCatalog::record)
              .forEach(each);
          return null;
        });
  }

  private static CatalogRecord record(Map<String, AttributeValue> item) {
    AttributeValue summary = item.get(SUMMARY);
    return new CatalogRecord(
        item.get(KEY).s(), item.get(SEQUENCER).s(), summary == null ? null : summary.s());
  }
}
