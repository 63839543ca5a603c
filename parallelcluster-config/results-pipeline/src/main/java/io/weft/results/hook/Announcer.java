package io.weft.results.hook;

import io.weft.cli.WeftException;
import io.weft.launch.JobIdentity;
import io.weft.results.Refused;
import io.weft.results.event.ClaimCheck;
import io.weft.results.event.RunEvent;
import io.weft.results.port.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Announces bundles: publishes their events, or keeps them in the spool. */
public final class Announcer {
  private final Site site;

  /** Null where events that cannot be published are an error. */
  private final EventSpool spool;

  private final boolean nodeEnds;

  /** What became of an announcement. */
  public enum Outcome {
    /** The topic has it. */
    PUBLISHED,
    /** The topic could not be reached, and the spool has it. */
    SPOOLED
  }

  /**
   * Makes a hook.
   *
   * @param site where to publish
   * @param spool what keeps events meanwhile; null for none
   * @param nodeEnds whether this node may be gone before the bundle is shipped: then storage that
   *     ends with it is refused
   */
  public Announcer(Site site, EventSpool spool, boolean nodeEnds) {
    this.site = site;
    this.spool = spool;
    this.nodeEnds = nodeEnds;
  }

  /**
   * Announces a bundle.
   *
   * @param bundle its folder
   * @param job whose run it is; null to believe its result
   * @return what became of it
   * @throws Refused if it is no whole bundle, or lies where it ends with the node
   * @throws IOException if it can be neither read, nor published, nor spooled
   */
  public Outcome announce(Path bundle, JobIdentity job) throws IOException, Refused {
    refuseNodeLocal("the bundle " + bundle, bundle);
    RunEvent event = RunReader.read(bundle, job);
    IOException noSpool = null;
    if (spool != null) {
      try {
        spool.prepare();
      } catch (IOException notHere) {
        // That matters only if the event is to be kept.
        noSpool = notHere;
      }
      refuseNodeLocal("the spool " + spool.root(), spool.root());
    }
    try {
      publish(event);
      return Outcome.PUBLISHED;
    } catch (IOException | WeftException away) {
      if (spool == null) {
        throw away;
      }
      if (noSpool != null) {
        away.addSuppressed(noSpool);
        throw away;
      }
      Path kept = spool.keep(event);
      System.err.println(
          "weft: not published now ("
              + away.getMessage()
              + "); kept as "
              + kept
              + ", which 'weft results ship' publishes");
      return Outcome.SPOOLED;
    }
  }

  /**
   * Publishes an event.
   *
   * @param event which
   * @throws IOException if that does not work now
   */
  public void publish(RunEvent event) throws IOException {
    publish(event, event.id());
  }

  /**
   * Publishes an event once more, which the topic must not drop as a double.
   *
   * @param event which
   * @param deduplicationId another than any before
   * @throws IOException if that does not work now
   */
  public void publish(RunEvent event, String deduplicationId) throws IOException {
    String message = new ClaimCheck(site::objects).message(event);
    site.topic().publish(message, event.attributes(), event.group(), deduplicationId);
  }

  private void refuseNodeLocal(String what, Path path) throws IOException, Refused {
    if (!nodeEnds || !Files.exists(path)) {
      return;
    }
    Storage storage = Storage.of(path);
    if (!storage.outlivesNode()) {
      throw new Refused(
          "%s is on %s (%s), which may end with this node: use a shared file system, or say --outlives-node if it stays"
              .formatted(what, storage.mountPoint(), storage.type()));
    }
  }
}
