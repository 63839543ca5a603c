package io.weft.comm.rendezvous;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Proves to both ends of a connection that the other one knows the job's secret, which itself does
 * not travel: each answers the other's random number with an HMAC (RFC 2104, SHA-256) over both.
 */
final class Handshake {
  private static final int NONCE = 32;
  private static final int MAC = 32;
  private static final int MAGIC = 0x57454654; // "WEFT"
  private static final SecureRandom RANDOM = new SecureRandom();

  private Handshake() {}

  /** The other end does not know the secret, or is no rank at all. */
  static final class StrangerException extends IOException {
    private static final long serialVersionUID = 1L;

    StrangerException(String message) {
      super(message);
    }
  }

  /** Rank 0's side: finds out which rank has come. */
  static int admit(DataInputStream in, DataOutputStream out, RendezvousSettings settings)
      throws IOException {
    byte[] mine = nonce();
    out.writeInt(MAGIC);
    out.write(mine);
    out.flush();
    int rank = in.readInt();
    int size = in.readInt();
    byte[] theirs = in.readNBytes(NONCE);
    byte[] proof = in.readNBytes(MAC);
    if (!MessageDigest.isEqual(proof, mac(settings.secret(), "member", mine, theirs, rank, size))) {
      throw new StrangerException("it does not know the secret");
    }
    if (size != settings.size() || rank < 1 || rank >= size) {
      throw new StrangerException("it is rank " + rank + " of " + size);
    }
    out.write(mac(settings.secret(), "hub", theirs, mine, rank, size));
    out.flush();
    return rank;
  }

  /** The other ranks' side. */
  static void enter(DataInputStream in, DataOutputStream out, RendezvousSettings settings)
      throws IOException {
    if (in.readInt() != MAGIC) {
      throw new StrangerException("no rank 0 of Weft listens there");
    }
    byte[] theirs = in.readNBytes(NONCE);
    byte[] mine = nonce();
    out.writeInt(settings.rank());
    out.writeInt(settings.size());
    out.write(mine);
    out.write(mac(settings.secret(), "member", theirs, mine, settings.rank(), settings.size()));
    out.flush();
    byte[] proof = in.readNBytes(MAC);
    byte[] right = mac(settings.secret(), "hub", mine, theirs, settings.rank(), settings.size());
    if (proof.length == 0) {
      throw new StrangerException(
          "rank 0 refused: "
              + RendezvousSettings.SECRET
              + " and the number of ranks must be equal on all ranks");
    }
    if (!MessageDigest.isEqual(proof, right)) {
      throw new StrangerException("what listens there does not know the job's secret");
    }
  }

  private static byte[] nonce() {
    byte[] nonce = new byte[NONCE];
    RANDOM.nextBytes(nonce);
    return nonce;
  }

  private static byte[] mac(
      byte[] secret, String role, byte[] first, byte[] second, int rank, int size) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      mac.update(role.getBytes(StandardCharsets.US_ASCII));
      mac.update(first);
      mac.update(second);
      return mac.doFinal(ByteBuffer.allocate(2 * Integer.BYTES).putInt(rank).putInt(size).array());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
