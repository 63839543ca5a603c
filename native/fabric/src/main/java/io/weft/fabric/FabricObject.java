package io.weft.fabric;

import io.weft.fabric.ffm.Operations;
import io.weft.ffi.Owner;
import java.util.ArrayList;
import java.util.List;

/**
 * A native object with its place in the order of closing: it closes the objects that were opened
 * through it first, and refuses while another one uses it. Confined to the thread that opened it.
 */
abstract class FabricObject implements AutoCloseable {
  private final Owner owner;
  private final String what;
  private final FabricObject parent;
  private final List<FabricObject> children = new ArrayList<>();
  private long address;
  private int users;

  FabricObject(String what, FabricObject parent, long address) {
    this.owner = new Owner(what);
    this.what = what;
    this.parent = parent;
    this.address = address;
    if (parent != null) {
      parent.children.add(this);
    }
  }

  /** The native address, after the checks that every call starts with. */
  final long address() {
    owner.check();
    if (address == 0) {
      throw new IllegalStateException(what + " is closed");
    }
    return address;
  }

  /** Fails in any thread but the one that this belongs to. */
  final void checkOwner() {
    owner.check();
  }

  final void use() {
    users++;
  }

  final void release() {
    users--;
  }

  /** Why it cannot be closed now; null if it can. */
  String hindrance() {
    return users == 0
        ? null
        : what + " is bound to an endpoint that is open: close the endpoint first";
  }

  /** What a subclass has to do once the native object is gone. */
  void closed() {}

  /**
   * Says whether {@link #close} was called.
   *
   * @return true until then
   */
  public final boolean isOpen() {
    return address != 0;
  }

  /** What it is, and whether it is open. */
  @Override
  public String toString() {
    return what + (address == 0 ? " (closed)" : " (open, used by " + users + ")");
  }

  /** First those that nothing hinders: with them go the hindrances of others. */
  private void closeChildren(boolean free) {
    // A copy: one may take others with it.
    for (FabricObject each : List.copyOf(children).reversed()) {
      if (each.isOpen() && (!free || each.hindrance() == null)) {
        each.close();
      }
    }
  }

  final int users() {
    return users;
  }

  /**
   * Closes what was opened through this object, in reverse order, then this object. Closing twice
   * does nothing.
   *
   * @throws IllegalStateException if another open object is bound to this one
   * @throws FabricException if the provider refuses
   */
  @Override
  public final void close() {
    owner.check();
    if (address == 0) {
      return;
    }
    String hindrance = hindrance();
    if (hindrance != null) {
      throw new IllegalStateException(hindrance);
    }
    closeChildren(true);
    closeChildren(false);
    FabricException.check(Operations.FI_CLOSE.name(), Operations.fi_close(address));
    address = 0;
    if (parent != null) {
      parent.children.remove(this);
    }
    closed();
  }
}
