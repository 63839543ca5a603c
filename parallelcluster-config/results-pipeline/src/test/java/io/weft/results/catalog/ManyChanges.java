package io.weft.results.catalog;

import io.weft.results.Digests;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Changes of some keys, in the order in which they happened and as messages in any other: shuffled,
 * a third twice, in both shapes, with sequencers of unequal length.
 */
final class ManyChanges {
  final List<String> messages = new ArrayList<>();

  /** What all keys begin with. */
  final String prefix;

  /** What a key has in the end: the sequencer of its last creation; nothing for a removed one. */
  final Map<String, String> end = new TreeMap<>();

  ManyChanges(int events, int keys, long seed) {
    prefix = "runs/my+cluster." + seed;
    Random random = new Random(seed);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < keys; i++) {
      String id = Digests.hex("key " + i);
      names.add("%s/j:%d/0/%s/manifest.json".formatted(prefix, i, id));
    }
    Map<String, Long> clocks = new HashMap<>();
    for (int i = 0; i < events; i++) {
      String key = names.get(random.nextInt(keys));
      long clock = clocks.merge(key, 1L + random.nextInt(1 << 20), Long::sum);
      // The same number with more or fewer digits behind: zeros, which padding must not mind.
      String sequencer = "%012X".formatted(clock);
      sequencer =
          switch (random.nextInt(3)) {
            case 0 -> sequencer.replaceFirst("0+$", "");
            case 1 -> sequencer + "0000";
            default -> sequencer;
          };
      boolean created = random.nextInt(3) > 0;
      if (created) {
        end.put(key, sequencer);
      } else {
        end.remove(key);
      }
      String message = message(key, sequencer, created, random);
      messages.add(message);
      if (random.nextInt(3) == 0) {
        messages.add(message);
      }
    }
    Collections.shuffle(messages, random);
  }

  private static String message(String key, String sequencer, boolean created, Random random) {
    if (random.nextBoolean()) {
      return """
      {"source": "aws.s3", "detail-type": "Object %s", "detail":
       {"object": {"key": "%s", "sequencer": "%s"}, "later": [1, {}]}}
      """
          .formatted(created ? "Created" : "Deleted", key, sequencer);
    }
    return """
    {"Records": [{"eventSource": "aws:s3", "eventName": "%s",
     "s3": {"object": {"key": "%s", "sequencer": "%s"}}}]}
    """
        .formatted(
            created ? "ObjectCreated:Put" : "ObjectRemoved:Delete",
            URLEncoder.encode(key, StandardCharsets.UTF_8).replace("%2F", "/"),
            sequencer);
  }
}
