package io.weft.results.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.launch.JobIdentity;
import io.weft.results.Refused;
import io.weft.results.TestBundle;
import io.weft.results.local.LocalSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageTest {
  /** In the form of proc(5), with fields of FSx, EFS, an instance store and a container's root. */
  private static final String MOUNTS =
      """
      22 1 259:1 / / rw,relatime shared:1 - xfs /dev/nvme0n1p1 rw,attr2
      30 22 0:25 / /dev/shm rw,nosuid,nodev shared:4 - tmpfs tmpfs rw
      40 22 0:40 / /fsx rw,relatime shared:9 - lustre 10.0.0.5@tcp:/abc rw,flock
      41 22 0:41 / /shared rw,relatime shared:10 master:2 - nfs4 10.0.0.9:/shared rw,vers=4.1
      42 22 259:3 / /scratch rw shared:11 - ext4 /dev/nvme1n1 rw
      43 41 0:43 / /shared/local\\040disk rw - overlay overlay rw
      44 40 0:44 / /fsx rw - tmpfs hidden rw
      """;

  @TempDir private Path directory;

  private static Storage at(String path) throws IOException {
    return Storage.of(Path.of(path), MOUNTS);
  }

  @Test
  @DisplayName("only what another machine serves outlives the node, and the last mount counts")
  void kinds() throws Exception {
    assertEquals(new Storage(Path.of("/shared"), "nfs4"), at("/shared/jobs/1"));
    assertTrue(at("/shared/jobs/1").outlivesNode());
    assertFalse(at("/scratch/a").outlivesNode());
    assertFalse(at("/dev/shm/a").outlivesNode());
    assertFalse(at("/home/a").outlivesNode());
    assertFalse(at("/sharedish").outlivesNode());
    assertEquals("overlay", at("/shared/local disk/a").type());
    assertEquals("tmpfs", at("/fsx/a").type());
    String without = MOUNTS.replace("44 40", "44 40 x").replaceFirst("(?m)^44.*$", "");
    assertTrue(Storage.of(Path.of("/fsx/a"), without).outlivesNode());
    assertThrows(IOException.class, () -> Storage.of(Path.of("/a"), ""));
  }

  @Test
  @DisplayName("a hook refuses a bundle on this node's disk, and publishes nothing")
  void refuses() throws Exception {
    Path bundle = new TestBundle(directory.resolve("bundle")).write();
    assertFalse(Storage.of(bundle).outlivesNode(), "the test's folder is on " + Storage.of(bundle));
    try (LocalSite site = LocalSite.open(directory.resolve("site"))) {
      EventSpool spool = new EventSpool(directory.resolve("spool"));
      Announcer hook = new Announcer(site, spool, true);
      JobIdentity job = new JobIdentity("cluster", "1", 0);
      Refused refused = assertThrows(Refused.class, () -> hook.announce(bundle, job));
      assertTrue(refused.getMessage().contains("may end with this node"), refused.getMessage());
      assertEquals(0, site.queue(io.weft.results.port.QueueName.SHIP).depth().total());
      assertFalse(Files.exists(spool.root()));
    }
  }
}
