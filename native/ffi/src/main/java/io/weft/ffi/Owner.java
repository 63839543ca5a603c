package io.weft.ffi;

/**
 * The thread that an object is confined to. A plain field comparison: no lock, no fence, cheap
 * enough for every call.
 */
public final class Owner {
  private final Thread thread = Thread.currentThread();
  private final String what;

  /**
   * Confines an object to the current thread.
   *
   * @param what the object's name in messages
   */
  public Owner(String what) {
    this.what = what;
  }

  /**
   * Checks that the current thread is the owner.
   *
   * @throws WrongThreadException if it is not
   */
  public void check() {
    if (Thread.currentThread() != thread) {
      refuse();
    }
  }

  private void refuse() {
    throw new WrongThreadException(
        what
            + " belongs to thread \""
            + thread.getName()
            + "\" and was called from \""
            + Thread.currentThread().getName()
            + "\"; open one per thread, or hand the work to its owner");
  }
}
