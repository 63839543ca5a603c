package io.weft.bench.peer;

import org.agrona.concurrent.UnsafeBuffer;

/** Messages over Aeron. */
final class AeronOperation extends PairOperation {
  private final AeronDriver driver;
  private final AeronLink link;
  private final int length;
  private final UnsafeBuffer outgoing = new UnsafeBuffer(out().asByteBuffer());
  private final UnsafeBuffer incoming = new UnsafeBuffer(in().asByteBuffer());

  AeronOperation(
      Pattern pattern,
      long bytes,
      int rank,
      int size,
      int partner,
      AeronDriver driver,
      AeronLink link) {
    super(pattern, bytes, rank, size, partner);
    this.driver = driver;
    this.link = link;
    this.length = Math.toIntExact(bytes);
  }

  /** The way may have carried another operation's messages meanwhile. */
  @Override
  void begin() {
    driver.acquire();
    link.use(outgoing, incoming);
  }

  @Override
  void end() {
    link.flush();
    driver.release();
  }

  @Override
  void send() {
    link.send(length);
    link.flush();
  }

  @Override
  void receive() {
    link.receive(1);
  }

  @Override
  void sendEmpty() {
    link.send(0);
    link.flush();
  }

  @Override
  void receiveEmpty() {
    link.receive(1);
  }

  @Override
  void sendWindow() {
    for (int i = 0; i < WINDOW; i++) {
      link.send(length);
    }
    link.flush();
  }

  @Override
  void receiveWindow() {
    link.receive(WINDOW);
  }

  @Override
  void exchangeWindow() {
    link.exchange(WINDOW, length);
  }
}
