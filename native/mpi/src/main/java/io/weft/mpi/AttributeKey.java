package io.weft.mpi;

import io.weft.ffi.CType;
import io.weft.ffi.NativeMemory;
import io.weft.ffi.Upcall;
import io.weft.mpi.ffm.MpiAttributes;
import io.weft.mpi.ffm.Thrown;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Names values that communicators, datatypes or windows carry (MPI-4.0 section 7.7): Java objects,
 * kept here while C carries a number for each. Made by {@link Mpi#createAttributeKey}. To be
 * closed; values that are still carried stay. Threads: as its {@link Mpi}.
 *
 * @param <T> the values
 */
public final class AttributeKey<T> implements AutoCloseable {
  /** What carries the values. */
  public enum Kind {
    /** Communicators; copied by {@link Comm#dup}. */
    COMM,
    /** Datatypes; copied by {@link DerivedTypes#dup}. */
    TYPE,
    /** Windows; never copied. */
    WIN
  }

  private static final FunctionDescriptor COPY =
      CType.intFunction(
          CType.POINTER, CType.INT, CType.POINTER, CType.POINTER, CType.POINTER, CType.POINTER);

  private static final FunctionDescriptor DELETE =
      CType.intFunction(CType.POINTER, CType.INT, CType.POINTER, CType.POINTER);

  private static final MethodHandle COPIED = method("copied", COPY);
  private static final MethodHandle DELETED = method("deleted", DELETE);

  private final Mpi mpi;
  private final Kind kind;
  private final UnaryOperator<T> copy;
  private final Consumer<T> delete;
  private final Map<Long, T> values = new ConcurrentHashMap<>();
  private final AtomicLong last = new AtomicLong();
  private final MemorySegment place;
  private final int key;
  private boolean closed;

  AttributeKey(Mpi mpi, Kind kind, UnaryOperator<T> copy, Consumer<T> delete) {
    this.mpi = mpi;
    this.kind = kind;
    this.copy = copy;
    this.delete = delete;
    // Never freed: what carries a value calls these when it is freed itself.
    Arena arena = mpi.arena();
    long copied = Upcall.of(COPIED.bindTo(this), COPY, arena);
    long deleted = Upcall.of(DELETED.bindTo(this), DELETE, arena);
    this.place = arena.allocate(Long.BYTES, Long.BYTES);
    switch (kind) {
      case COMM -> MpiAttributes.commCreateKeyval(copied, deleted, place.address(), 0);
      case TYPE -> MpiAttributes.typeCreateKeyval(copied, deleted, place.address(), 0);
      case WIN -> MpiAttributes.winCreateKeyval(copied, deleted, place.address(), 0);
    }
    this.key = place.get(ValueLayout.JAVA_INT, 0);
  }

  private static MethodHandle method(String name, FunctionDescriptor type) {
    MethodType signature = type.toMethodType();
    try {
      return MethodHandles.lookup().findVirtual(AttributeKey.class, name, signature);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  /** Called by C; always succeeds, so that nothing stays half done. */
  private int copied(long object, int keyval, long extra, long in, long out, long flag) {
    T value = null;
    try {
      T old = values.get(in);
      value = copy == null || old == null ? null : copy.apply(old);
    } catch (Throwable t) {
      Thrown.keep(t);
    }
    if (value != null) {
      NativeMemory.EVERYTHING.set(ValueLayout.JAVA_LONG, out, keep(value));
    }
    NativeMemory.EVERYTHING.set(ValueLayout.JAVA_INT, flag, value == null ? 0 : 1);
    return 0;
  }

  /** Called by C; always succeeds, so that nothing stays half done. */
  private int deleted(long object, int keyval, long value, long extra) {
    T gone = values.remove(value);
    if (gone != null && delete != null) {
      try {
        delete.accept(gone);
      } catch (Throwable t) {
        Thrown.keep(t);
      }
    }
    return 0;
  }

  private long keep(T value) {
    long number = last.incrementAndGet();
    values.put(number, value);
    return number;
  }

  private void check(Kind wanted) {
    if (closed) {
      throw new IllegalStateException("the attribute key is closed");
    }
    if (kind != wanted) {
      throw new IllegalArgumentException("the attribute key is for " + kind + ", not " + wanted);
    }
    mpi.check();
  }

  void set(Kind wanted, long object, T value) {
    check(wanted);
    long number = keep(Objects.requireNonNull(value, "value"));
    try {
      switch (kind) {
        case COMM -> MpiAttributes.commSetAttr(object, key, number);
        case TYPE -> MpiAttributes.typeSetAttr(object, key, number);
        case WIN -> MpiAttributes.winSetAttr(object, key, number);
      }
    } catch (MpiException failed) {
      values.remove(number);
      throw failed;
    }
    Thrown.rethrow();
  }

  T get(Kind wanted, long object) {
    check(wanted);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment answer = arena.allocate(16, 8);
      long flag = answer.address() + 8;
      switch (kind) {
        case COMM -> MpiAttributes.commGetAttr(object, key, answer.address(), flag);
        case TYPE -> MpiAttributes.typeGetAttr(object, key, answer.address(), flag);
        case WIN -> MpiAttributes.winGetAttr(object, key, answer.address(), flag);
      }
      boolean there = answer.get(ValueLayout.JAVA_INT, 8) != 0;
      return there ? values.get(answer.get(ValueLayout.JAVA_LONG, 0)) : null;
    }
  }

  void delete(Kind wanted, long object) {
    check(wanted);
    switch (kind) {
      case COMM -> MpiAttributes.commDeleteAttr(object, key);
      case TYPE -> MpiAttributes.typeDeleteAttr(object, key);
      case WIN -> MpiAttributes.winDeleteAttr(object, key);
    }
    Thrown.rethrow();
  }

  /** {@code MPI_Comm_free_keyval} and its like; closing twice does nothing. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    mpi.check();
    closed = true;
    switch (kind) {
      case COMM -> MpiAttributes.commFreeKeyval(place.address());
      case TYPE -> MpiAttributes.typeFreeKeyval(place.address());
      case WIN -> MpiAttributes.winFreeKeyval(place.address());
    }
  }
}
