package io.weft.results.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.results.Refused;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Both shapes as AWS publishes them. */
class ObjectChangesTest {
  /** Amazon S3 User Guide, "EventBridge event message structure", with a key of ours. */
  private static final String EVENT_BRIDGE =
      """
      {"version": "0", "id": "17793124-05d4-b198-2fde-7ededc63b103", "detail-type": "Object Created",
       "source": "aws.s3", "account": "111122223333", "time": "2021-11-12T00:00:00Z",
       "region": "ca-central-1", "resources": ["arn:aws:s3:::amzn-s3-demo-bucket1"],
       "detail": {"version": "0", "bucket": {"name": "amzn-s3-demo-bucket1"},
         "object": {"key": "runs/a b+c:1", "size": 5, "etag": "b1946ac92492d2347c6235b4d2611184",
           "version-id": "IYV3p45BT0ac8hjHg1houSdS1a.Mro8e", "sequencer": "617f08299329d189"},
         "request-id": "N4N7GDK58NMKJ12R", "requester": "111122223333",
         "source-ip-address": "1.2.3.4", "reason": "PutObject"}}
      """;

  /** Amazon S3 User Guide, "Event message structure". */
  private static final String NOTIFICATION =
      """
      {"Records": [{"eventVersion": "2.1", "eventSource": "aws:s3", "awsRegion": "us-west-2",
        "eventTime": "1970-01-01T00:00:00.000Z", "eventName": "ObjectCreated:Put",
        "userIdentity": {"principalId": "AIDAJDPLRKLG7UEXAMPLE"},
        "requestParameters": {"sourceIPAddress": "172.16.0.1"},
        "responseElements": {"x-amz-request-id": "C3D13FE58DE4C810"},
        "s3": {"s3SchemaVersion": "1.0", "configurationId": "testConfigRule",
          "bucket": {"name": "amzn-s3-demo-bucket",
            "ownerIdentity": {"principalId": "A3NL1KOZZKExample"},
            "arn": "arn:aws:s3:::amzn-s3-demo-bucket"},
          "object": {"key": "runs/a+b%2Bc%3A1", "size": 1024,
            "eTag": "d41d8cd98f00b204e9800998ecf8427e",
            "versionId": "096fKKXTRTtl3on89fVO.nfljtsv6qko",
            "sequencer": "0055AED6DCD90281E5"}}}]}
      """;

  private static ObjectChange one(String text) throws Refused {
    List<ObjectChange> changes = ObjectChanges.parse(text);
    assertEquals(1, changes.size());
    return changes.getFirst();
  }

  @Test
  @DisplayName("keys are raw in events and encoded in notifications")
  void shapes() throws Exception {
    assertEquals(
        new ObjectChange("runs/a b+c:1", Sequencer.padded("617F08299329D189"), true, true),
        one(EVENT_BRIDGE));
    assertEquals(
        new ObjectChange("runs/a b+c:1", Sequencer.padded("0055AED6DCD90281E5"), true, true),
        one(NOTIFICATION));
  }

  @Test
  @DisplayName("removals of both shapes, and which of them are of a version")
  void removals() throws Exception {
    String deleted = EVENT_BRIDGE.replace("Object Created", "Object Deleted");
    String marker =
        deleted.replace(
            "\"reason\": \"PutObject\"", "\"deletion-type\": \"Delete Marker Created\"");
    assertEquals(List.of(false, true), List.of(one(deleted).created(), one(deleted).ofVersion()));
    assertEquals(List.of(false, false), List.of(one(marker).created(), one(marker).ofVersion()));
    String removed = NOTIFICATION.replace("ObjectCreated:Put", "ObjectRemoved:Delete");
    assertEquals(List.of(false, true), List.of(one(removed).created(), one(removed).ofVersion()));
    removed = NOTIFICATION.replace("ObjectCreated:Put", "s3:ObjectRemoved:DeleteMarkerCreated");
    assertEquals(List.of(false, false), List.of(one(removed).created(), one(removed).ofVersion()));
    removed = NOTIFICATION.replace("ObjectCreated:Put", "LifecycleExpiration:DeleteMarkerCreated");
    assertEquals(List.of(false, false), List.of(one(removed).created(), one(removed).ofVersion()));
  }

  @Test
  @DisplayName("the test message of S3 and other kinds of events are no changes")
  void noChanges() throws Exception {
    assertEquals(
        List.of(),
        ObjectChanges.parse(
            """
            {"Service": "Amazon S3", "Event": "s3:TestEvent", "Time": "2014-10-13T15:57:02.089Z",
             "Bucket": "amzn-s3-demo-bucket", "RequestId": "5582815E1AEA5ADF",
             "HostId": "8cLeGAmw098X5cv4Zkwcmo8vvZa3eH3eKxsPzbB9wrR+YstdA6Knx4Ip8EXAMPLE"}
            """));
    assertEquals(
        List.of(),
        ObjectChanges.parse(EVENT_BRIDGE.replace("Object Created", "Object Tags Added")));
    assertEquals(
        List.of(),
        ObjectChanges.parse(NOTIFICATION.replace("ObjectCreated:Put", "ObjectTagging:Put")));
  }

  @Test
  @DisplayName("what is neither is refused with its reason")
  void refused() {
    assertRefused("no JSON", NOTIFICATION.substring(0, 100));
    assertRefused("neither an event", "{\"hello\": 1}");
    assertRefused("no array", "{\"Records\": {}}");
    assertRefused("eventSource", "{\"Records\": [1]}");
    assertRefused("not aws:s3", NOTIFICATION.replace("aws:s3\"", "aws:sns\""));
    assertRefused("not aws.s3", EVENT_BRIDGE.replace("aws.s3", "aws.ec2"));
    assertRefused("sequencer", NOTIFICATION.replace("0055AED6DCD90281E5", "later"));
    assertRefused("sequencer", NOTIFICATION.replace("\"sequencer\"", "\"sequence\""));
    assertRefused("encoded", NOTIFICATION.replace("%2B", "%ZZ"));
    assertRefused("1024 bytes", NOTIFICATION.replace("runs/", "x".repeat(1100)));
    assertRefused(
        "no object",
        EVENT_BRIDGE.replace("\"object\": {", "\"object\": [{").replace("d189\"}", "d189\"}]"));
  }

  private static void assertRefused(String reason, String text) {
    Refused refused = assertThrows(Refused.class, () -> ObjectChanges.parse(text));
    assertTrue(refused.getMessage().contains(reason), refused.getMessage());
  }

  @Test
  @DisplayName("the shorter sequencer is padded at its right")
  void sequencers() throws Exception {
    assertTrue(
        Sequencer.padded("0055AED6DCD9").compareTo(Sequencer.padded("0055AED6DCD90281E5")) < 0);
    assertTrue(Sequencer.padded("0056").compareTo(Sequencer.padded("0055AED6DCD90281E5")) > 0);
    assertEquals(Sequencer.padded("0055ae"), Sequencer.padded("0055AE00"));
    String after = Sequencer.justAfter(Sequencer.padded("0055AE"));
    assertTrue(after.compareTo(Sequencer.padded("0055AE")) > 0);
    assertTrue(after.compareTo(Sequencer.padded("0055AE01")) < 0);
    assertThrows(Refused.class, () -> Sequencer.padded(""));
    assertThrows(Refused.class, () -> Sequencer.padded("0".repeat(65)));
  }
}
