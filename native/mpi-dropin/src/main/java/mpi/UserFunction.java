package mpi;

import java.nio.ByteBuffer;

/**
 * An operation for reductions, written in Java: subclasses override one of the two {@code call}.
 */
public abstract class UserFunction {
  /** For subclasses. */
  public UserFunction() {}

  /**
   * Combines elements as arrays: {@code inOutVec[i] = inVec[i] op inOutVec[i]}. Called where the
   * other {@code call} is not overridden; the arrays are copies.
   *
   * @param inVec the left operands: an array of the datatype's primitive type
   * @param inOutVec the right operands, for the results
   * @param count how many elements of the datatype
   * @param datatype the datatype
   * @throws MPIException is thrown by the call that reduces
   */
  public void call(Object inVec, Object inOutVec, int count, Datatype datatype)
      throws MPIException {
    throw new UnsupportedOperationException(
        getClass().getName() + " overrides no call: it combines nothing");
  }

  /**
   * Combines elements where they lie: {@code inOut[i] = in[i] op inOut[i]}. To be overridden for
   * structures, and to spare copies.
   *
   * @param in the left operands, in native byte order, valid until the return; not to be written
   * @param inOut the right operands, for the results
   * @param count how many elements of the datatype
   * @param datatype the datatype
   * @throws MPIException is thrown by the call that reduces
   */
  public void call(ByteBuffer in, ByteBuffer inOut, int count, Datatype datatype)
      throws MPIException {
    Base base = datatype.base();
    Object inVec = base.toArray(in);
    Object inOutVec = base.toArray(inOut);
    call(inVec, inOutVec, count, datatype);
    base.fromArray(inOutVec, inOut);
  }
}
