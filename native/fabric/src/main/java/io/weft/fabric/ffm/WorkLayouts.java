package io.weft.fabric.ffm;

/**
 * Offsets in bytes of the structures that describe deferred work, fi_trigger(3), as {@link Layouts}
 * has those of others: the same names, and the same test.
 */
@SuppressWarnings("doclint:missing") // every name is the C name
public final class WorkLayouts {
  private WorkLayouts() {}

  /** {@code struct fi_deferred_work}. */
  public static final class fi_deferred_work {
    public static final long context = 0;
    public static final long threshold = 64;
    public static final long triggering_cntr = 72;
    public static final long completion_cntr = 80;
    public static final long op_type = 88;
    public static final long op = 96;
    public static final long sizeof = 104;

    private fi_deferred_work() {}
  }

  /** {@code struct fi_op_msg}. */
  public static final class fi_op_msg {
    public static final long ep = 0;
    public static final long msg = 8;
    public static final long flags = 56;
    public static final long sizeof = 64;

    private fi_op_msg() {}
  }

  /** {@code struct fi_op_tagged}. */
  public static final class fi_op_tagged {
    public static final long ep = 0;
    public static final long msg = 8;
    public static final long flags = 72;
    public static final long sizeof = 80;

    private fi_op_tagged() {}
  }

  /** {@code struct fi_op_rma}. */
  public static final class fi_op_rma {
    public static final long ep = 0;
    public static final long msg = 8;
    public static final long flags = 72;
    public static final long sizeof = 80;

    private fi_op_rma() {}
  }

  /** {@code struct fi_op_cntr}. */
  public static final class fi_op_cntr {
    public static final long cntr = 0;
    public static final long value = 8;
    public static final long sizeof = 16;

    private fi_op_cntr() {}
  }
}
