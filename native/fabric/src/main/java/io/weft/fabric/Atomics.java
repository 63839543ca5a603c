package io.weft.fabric;

import io.weft.fabric.ffm.AtomicOperations;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * Atomic operations on peers' memory through an endpoint, fi_atomic(3): each element by itself,
 * with regard to other atomic operations of the same provider on the same type. They are not atomic
 * with regard to loads and stores of the peer's own, unless the provider says so. Operations are
 * posted and complete later in the {@link CompletionQueue}; none blocks or allocates. Whoever posts
 * must keep local memory, its arena and its registration open until the completion is there. Errors
 * of the peer's side are those of {@link OneSided}. Made by {@link Endpoint#atomics}; confined to
 * the endpoint's thread.
 */
public final class Atomics {
  private final Endpoint endpoint;
  private final AtomicLimits limits;
  private final long injectBytes;
  private final boolean needsDescriptor;
  private final MemorySegment applyFunction;
  private final MemorySegment injectFunction;
  private final MemorySegment fetchFunction;
  private final MemorySegment compareFunction;

  Atomics(Endpoint endpoint, long address, FabricInfo info) {
    this.endpoint = endpoint;
    limits = new AtomicLimits(info.provider(), address);
    injectBytes = info.injectBytes();
    needsDescriptor = info.needsRegistration();
    applyFunction = AtomicOperations.FI_ATOMIC.of(address);
    injectFunction = AtomicOperations.FI_INJECT_ATOMIC.of(address);
    fetchFunction = AtomicOperations.FI_FETCH_ATOMIC.of(address);
    compareFunction = AtomicOperations.FI_COMPARE_ATOMIC.of(address);
  }

  /** Fails if the provider has no atomic operation. */
  void checkAny() {
    limits.checkAny();
  }

  /**
   * How many elements an operation takes at once.
   *
   * @param form how it is called
   * @param type of the elements
   * @param operation what it does
   * @return a count of elements, 0 if the provider has no such operation
   */
  public long most(AtomicForm form, AtomicType type, AtomicOperation operation) {
    return limits.most(form, type, operation);
  }

  /**
   * Posts an operation on elements of a peer's memory.
   *
   * @param type of the elements
   * @param operation what becomes of them
   * @param count how many elements
   * @param operand one element for each, not to be changed before the completion
   * @param peer what {@link AddressVector#insert} gave
   * @param remote the peer's memory, registered with {@link Access#REMOTE_READ} and {@link
   *     Access#REMOTE_WRITE}
   * @param remoteOffsetBytes where in it the target begins, a multiple of the element's length
   * @param context an address of {@link OperationContexts}, not in use by another operation
   * @return false if the provider has no room now: read the completion queue and try again
   * @throws UnsupportedOperationException if {@link #most} is 0
   * @throws IndexOutOfBoundsException if either side lies outside of its memory
   * @throws IllegalArgumentException if there are more elements than {@link #most}, local memory is
   *     on the heap, read-only where it is written, or is not registered and must be, or the target
   *     is not aligned, or {@code peer} is no address of the vector
   * @throws IllegalStateException if the endpoint or an arena of local memory is closed
   * @throws FabricException if the provider refuses
   */
  public boolean apply(
      AtomicType type,
      AtomicOperation operation,
      long count,
      Operand operand,
      long peer,
      RemoteRegion remote,
      long remoteOffsetBytes,
      long context) {
    long address = endpoint.address();
    limits.check(AtomicForm.APPLY, type, operation, count);
    long from = addressIn(operand, count * type.bytes());
    long to = addressIn(remote, remoteOffsetBytes, count, type);
    endpoint.checkPeer(peer);
    long result =
        AtomicOperations.fi_atomic(
            applyFunction,
            address,
            from,
            count,
            operand.descriptor(),
            peer,
            to,
            remote.key(),
            type.value(),
            operation.value(),
            context);
    return result == 0 || Endpoint.refused(AtomicOperations.FI_ATOMIC.name(), result);
  }

  /**
   * Does an operation at once: the operand may be changed on return, and no completion follows.
   *
   * @param type of the elements
   * @param operation what becomes of them
   * @param count how many elements, at most {@link FabricInfo#injectBytes} long
   * @param operand one element for each
   * @param peer what {@link AddressVector#insert} gave
   * @param remote the peer's memory, registered with {@link Access#REMOTE_READ} and {@link
   *     Access#REMOTE_WRITE}
   * @param remoteOffsetBytes where in it the target begins, a multiple of the element's length
   * @return false if the provider has no room now: read the completion queue and try again
   * @throws UnsupportedOperationException if {@link #most} is 0
   * @throws IndexOutOfBoundsException if either side lies outside of its memory
   * @throws IllegalArgumentException if there are more elements than {@link #most}, local memory is
   *     on the heap, read-only where it is written, or is not registered and must be, or the target
   *     is not aligned, or {@code peer} is no address of the vector
   * @throws IllegalStateException if the endpoint or an arena of local memory is closed
   * @throws FabricException if the provider refuses
   */
  public boolean inject(
      AtomicType type,
      AtomicOperation operation,
      long count,
      Operand operand,
      long peer,
      RemoteRegion remote,
      long remoteOffsetBytes) {
    long address = endpoint.address();
    limits.check(AtomicForm.APPLY, type, operation, count);
    long lengthBytes = count * type.bytes();
    long from = Endpoint.addressIn(operand.memory(), 0, lengthBytes);
    long to = addressIn(remote, remoteOffsetBytes, count, type);
    endpoint.checkPeer(peer);
    if (lengthBytes > injectBytes) {
      throw new IllegalArgumentException(
          "inject of " + lengthBytes + " bytes, more than the provider's " + injectBytes);
    }
    long result =
        AtomicOperations.fi_inject_atomic(
            injectFunction,
            address,
            from,
            count,
            peer,
            to,
            remote.key(),
            type.value(),
            operation.value());
    return result == 0 || Endpoint.refused(AtomicOperations.FI_INJECT_ATOMIC.name(), result);
  }

  /**
   * Posts an operation that returns what the elements were before.
   *
   * @param type of the elements
   * @param operation what becomes of them
   * @param count how many elements
   * @param operand one element for each, not to be changed before the completion
   * @param before where the elements' former values go, not to be touched before the completion;
   *     not the operand's memory
   * @param peer what {@link AddressVector#insert} gave
   * @param remote the peer's memory, registered with {@link Access#REMOTE_READ} and {@link
   *     Access#REMOTE_WRITE}
   * @param remoteOffsetBytes where in it the target begins, a multiple of the element's length
   * @param context an address of {@link OperationContexts}, not in use by another operation
   * @return false if the provider has no room now: read the completion queue and try again
   * @throws UnsupportedOperationException if {@link #most} is 0
   * @throws IndexOutOfBoundsException if either side lies outside of its memory
   * @throws IllegalArgumentException if there are more elements than {@link #most}, local memory is
   *     on the heap, read-only where it is written, or is not registered and must be, or the target
   *     is not aligned, or {@code peer} is no address of the vector
   * @throws IllegalStateException if the endpoint or an arena of local memory is closed
   * @throws FabricException if the provider refuses
   */
  public boolean fetch(
      AtomicType type,
      AtomicOperation operation,
      long count,
      Operand operand,
      Operand before,
      long peer,
      RemoteRegion remote,
      long remoteOffsetBytes,
      long context) {
    long address = endpoint.address();
    limits.check(AtomicForm.FETCH, type, operation, count);
    long from = addressIn(operand, count * type.bytes());
    long result = writableAddressIn(before, count * type.bytes());
    long to = addressIn(remote, remoteOffsetBytes, count, type);
    endpoint.checkPeer(peer);
    long code =
        AtomicOperations.fi_fetch_atomic(
            fetchFunction,
            address,
            from,
            count,
            operand.descriptor(),
            result,
            before.descriptor(),
            peer,
            to,
            remote.key(),
            type.value(),
            operation.value(),
            context);
    return code == 0 || Endpoint.refused(AtomicOperations.FI_FETCH_ATOMIC.name(), code);
  }

  /**
   * Posts an operation that compares, and returns what the elements were before.
   *
   * @param type of the elements
   * @param operation what becomes of them
   * @param count how many elements
   * @param operand one element for each, not to be changed before the completion
   * @param comparand one element for each, not to be changed before the completion
   * @param before where the elements' former values go, not to be touched before the completion;
   *     not the memory of the operand or the comparand
   * @param peer what {@link AddressVector#insert} gave
   * @param remote the peer's memory, registered with {@link Access#REMOTE_READ} and {@link
   *     Access#REMOTE_WRITE}
   * @param remoteOffsetBytes where in it the target begins, a multiple of the element's length
   * @param context an address of {@link OperationContexts}, not in use by another operation
   * @return false if the provider has no room now: read the completion queue and try again
   * @throws UnsupportedOperationException if {@link #most} is 0
   * @throws IndexOutOfBoundsException if either side lies outside of its memory
   * @throws IllegalArgumentException if there are more elements than {@link #most}, local memory is
   *     on the heap, read-only where it is written, or is not registered and must be, or the target
   *     is not aligned, or {@code peer} is no address of the vector
   * @throws IllegalStateException if the endpoint or an arena of local memory is closed
   * @throws FabricException if the provider refuses
   */
  public boolean compare(
      AtomicType type,
      AtomicOperation operation,
      long count,
      Operand operand,
      Operand comparand,
      Operand before,
      long peer,
      RemoteRegion remote,
      long remoteOffsetBytes,
      long context) {
    long address = endpoint.address();
    limits.check(AtomicForm.COMPARE, type, operation, count);
    long from = addressIn(operand, count * type.bytes());
    long compare = addressIn(comparand, count * type.bytes());
    long result = writableAddressIn(before, count * type.bytes());
    long to = addressIn(remote, remoteOffsetBytes, count, type);
    endpoint.checkPeer(peer);
    long code =
        AtomicOperations.fi_compare_atomic(
            compareFunction,
            address,
            from,
            count,
            operand.descriptor(),
            compare,
            comparand.descriptor(),
            result,
            before.descriptor(),
            peer,
            to,
            remote.key(),
            type.value(),
            operation.value(),
            context);
    return code == 0 || Endpoint.refused(AtomicOperations.FI_COMPARE_ATOMIC.name(), code);
  }

  private long addressIn(Operand local, long lengthBytes) {
    check(local);
    return Endpoint.addressIn(local.memory(), 0, lengthBytes);
  }

  private long writableAddressIn(Operand local, long lengthBytes) {
    check(local);
    return Endpoint.writableAddressIn(local.memory(), 0, lengthBytes);
  }

  private void check(Operand local) {
    if (needsDescriptor && local.descriptor() == 0) {
      Endpoint.refuseUnregistered();
    }
  }

  private static long addressIn(
      RemoteRegion remote, long offsetBytes, long count, AtomicType type) {
    Objects.checkFromIndexSize(offsetBytes, count * type.bytes(), remote.lengthBytes());
    long address = remote.address() + offsetBytes;
    if (address % type.bytes() != 0) {
      throw new IllegalArgumentException(
          "the target's address 0x"
              + Long.toHexString(address)
              + " is no multiple of "
              + type.bytes());
    }
    return address;
  }
}
