package io.weft.comm.fabric;

import io.weft.comm.Bootstrap;
import io.weft.comm.CommunicatorException;

/** Opens channels. */
public final class Opening {
  private Opening() {}

  /**
   * Opens a channel between all ranks; collective.
   *
   * @param bootstrap reaches the other ranks
   * @param settings how
   * @return the channel
   * @throws CommunicatorException on every rank if it fails on one, with that rank's reason
   */
  public static Channel open(Bootstrap bootstrap, FabricSettings settings) {
    if (bootstrap.size() > Envelope.MAX_RANKS) {
      throw new CommunicatorException(
          bootstrap.size()
              + " ranks are more than the "
              + Envelope.MAX_RANKS
              + " that an envelope names");
    }
    boolean crowded = Cores.areShared(bootstrap);
    Waiting waiting = new Waiting(crowded, settings.timeoutNanos());
    if (settings.usesRings()) {
      RingLink link = RingLink.open(bootstrap, settings, crowded);
      return new Channel(new RingPostings(link), bootstrap, Carrier.of(link), waiting);
    }
    Link link = Link.open(bootstrap, settings);
    return new Channel(new ProviderPostings(link), bootstrap, Carrier.of(link.info()), waiting);
  }
}
