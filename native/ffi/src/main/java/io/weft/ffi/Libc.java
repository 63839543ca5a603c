package io.weft.ffi;

import static io.weft.ffi.CType.INT;
import static io.weft.ffi.CType.LONG;
import static io.weft.ffi.CType.POINTER;
import static io.weft.ffi.CType.intFunction;
import static io.weft.ffi.CType.longFunction;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/** The C library functions that this module needs, one declaration each. */
final class Libc {
  /** {@code dlopen}: resolve every symbol now. Linux value. */
  static final int RTLD_NOW = 2;

  /** {@code dlopen}: later libraries may use the symbols. Linux value. */
  static final int RTLD_GLOBAL = 0x100;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      CALL_STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  /** {@code void *dlopen(const char *filename, int flags)}, dlopen(3). */
  private static final MethodHandle DLOPEN = libc("dlopen", longFunction(POINTER, INT));

  /** {@code void *dlsym(void *handle, const char *symbol)}, dlsym(3). */
  private static final MethodHandle DLSYM = libc("dlsym", longFunction(POINTER, POINTER));

  /** {@code void *dlvsym(void *handle, const char *symbol, const char *version)}, dlsym(3). */
  private static final MethodHandle DLVSYM =
      libc("dlvsym", longFunction(POINTER, POINTER, POINTER));

  /** {@code char *dlerror(void)}, dlerror(3). */
  private static final MethodHandle DLERROR = libc("dlerror", longFunction());

  /** {@code int dladdr(const void *addr, Dl_info *info)}, dladdr(3). */
  private static final MethodHandle DLADDR = libc("dladdr", intFunction(POINTER, POINTER));

  /** {@code int sigaction(int signum, const struct sigaction *act, struct sigaction *old)}. */
  private static final MethodHandle SIGACTION =
      libc("sigaction", intFunction(INT, POINTER, POINTER), errno());

  /** {@code int getsockopt(int fd, int level, int name, void *value, socklen_t *length)}. */
  private static final MethodHandle GETSOCKOPT =
      libc("getsockopt", intFunction(INT, INT, INT, POINTER, POINTER), errno());

  /** {@code int socket(int domain, int type, int protocol)}, socket(2). */
  private static final MethodHandle SOCKET = libc("socket", intFunction(INT, INT, INT), errno());

  /** {@code int close(int fd)}, close(2). */
  private static final MethodHandle CLOSE = libc("close", intFunction(INT), errno());

  /** {@code ssize_t read(int fd, void *buffer, size_t count)}, read(2). */
  private static final MethodHandle READ = libc("read", longFunction(INT, POINTER, LONG), errno());

  /** {@code ssize_t write(int fd, const void *buffer, size_t count)}, write(2). */
  private static final MethodHandle WRITE =
      libc("write", longFunction(INT, POINTER, LONG), errno());

  /** {@code int poll(struct pollfd *fds, nfds_t nfds, int timeoutMillis)}, poll(2). */
  private static final MethodHandle POLL = libc("poll", intFunction(POINTER, LONG, INT), errno());

  /** {@code int ioctl(int fd, unsigned long request, void *argument)}; variadic after 2. */
  private static final MethodHandle IOCTL =
      libc("ioctl", intFunction(INT, LONG, POINTER), errno(), Linker.Option.firstVariadicArg(2));

  /** {@code int memfd_create(const char *name, unsigned int flags)}, memfd_create(2). */
  private static final MethodHandle MEMFD_CREATE =
      libc("memfd_create", intFunction(POINTER, INT), errno());

  /** {@code int prctl(int option, unsigned long arg2, ...)}, prctl(2); variadic after 1. */
  private static final MethodHandle PRCTL =
      libc("prctl", intFunction(INT, LONG), errno(), Linker.Option.firstVariadicArg(1));

  /**
   * {@code ssize_t process_vm_readv(pid_t pid, const struct iovec *local, unsigned long liovcnt,
   * const struct iovec *remote, unsigned long riovcnt, unsigned long flags)}, process_vm_readv(2).
   * On the data path, where a handle that captures errno allocates until it is compiled.
   */
  private static final MethodHandle PROCESS_VM_READV =
      libc("process_vm_readv", longFunction(INT, POINTER, LONG, POINTER, LONG, LONG));

  /** The same function, to learn why it failed. */
  private static final MethodHandle PROCESS_VM_READV_ERRNO =
      libc("process_vm_readv", longFunction(INT, POINTER, LONG, POINTER, LONG, LONG), errno());

  /** {@code void *mmap(void *at, size_t length, int prot, int flags, int fd, off_t offset)}. */
  private static final MethodHandle MMAP =
      libc("mmap", longFunction(POINTER, LONG, INT, INT, INT, LONG), errno());

  /** {@code int munmap(void *address, size_t length)}, mmap(2). */
  private static final MethodHandle MUNMAP = libc("munmap", intFunction(POINTER, LONG), errno());

  /** {@code int madvise(void *address, size_t length, int advice)}, madvise(2). */
  private static final MethodHandle MADVISE = libc("madvise", intFunction(POINTER, LONG, INT));

  /** {@code int execve(const char *path, char *const argv[], char *const envp[])}, execve(2). */
  private static final MethodHandle EXECVE =
      libc("execve", intFunction(POINTER, POINTER, POINTER), errno());

  /** {@code const char *strerrordesc_np(int errnum)}, strerror(3); glibc 2.32. */
  private static final MethodHandle STRERRORDESC_NP =
      libc("strerrordesc_np", FunctionDescriptor.of(POINTER, INT));

  private Libc() {}

  private static Linker.Option errno() {
    return Linker.Option.captureCallState("errno");
  }

  @SuppressWarnings("restricted") // the C library's own functions, declared above
  private static MethodHandle libc(String name, FunctionDescriptor type, Linker.Option... options) {
    MemorySegment address =
        LINKER
            .defaultLookup()
            .find(name)
            .orElseThrow(() -> new NativeLibraryException("the C library exports no " + name));
    return LINKER.downcallHandle(address, type, options);
  }

  static long dlopen(MemorySegment name, int flags) {
    try {
      return (long) DLOPEN.invokeExact(name.address(), flags);
    } catch (Throwable t) {
      throw rethrow(t);
    }
  }

  static long dlsym(long handle, MemorySegment symbol) {
    try {
      return (long) DLSYM.invokeExact(handle, symbol.address());
    } catch (Throwable t) {
      throw rethrow(t);
    }
  }

  static long dlvsym(long handle, MemorySegment symbol, MemorySegment version) {
    try {
      return (long) DLVSYM.invokeExact(handle, symbol.address(), version.address());
    } catch (Throwable t) {
      throw rethrow(t);
    }
  }

  static String dlerror() {
    try {
      String text = NativeMemory.stringAt((long) DLERROR.invokeExact());
      return text == null ? "no reason given" : text;
    } catch (Throwable t) {
      throw rethrow(t);
    }
  }

  /** The path of the file that holds an address: {@code dli_fname}, the first field of Dl_info. */
  static String fileOf(long address) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = arena.allocate(4 * ValueLayout.JAVA_LONG.byteSize());
      int found = (int) DLADDR.invokeExact(address, info.address());
      return found == 0 ? "" : NativeMemory.stringAt(info.get(ValueLayout.JAVA_LONG, 0));
    } catch (Throwable t) {
      throw rethrow(t);
    }
  }

  /** Private memory of this process, to be read and written; Linux values. */
  static long mmapAnonymous(long lengthBytes) {
    int readWrite = 0x1 | 0x2;
    int privateAnonymous = 0x02 | 0x20;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CALL_STATE);
      long address =
          (long) MMAP.invokeExact(state, 0L, lengthBytes, readWrite, privateAnonymous, -1, 0L);
      if (address == -1) {
        throw new OutOfMemoryError(
            "mmap of " + lengthBytes + " bytes: " + strerror((int) ERRNO.get(state, 0L)));
      }
      return address;
    } catch (Throwable t) {
      throw rethrow(t);
    }
  }

  static void munmap(long address, long lengthBytes) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CALL_STATE);
      check((int) MUNMAP.invokeExact(state, address, lengthBytes), state, "munmap");
    } catch (Throwable t) {
      throw rethrow(t);
    }
  }

  /** MADV_HUGEPAGE; false where the kernel has none: nothing is lost then. */
  static boolean madviseHugePage(long address, long lengthBytes) {
    return madvise(address, lengthBytes, 14);
  }

  /** MADV_DONTNEED: what is read next is zero; false where pages are locked, and stay. */
  static boolean madviseDontNeed(long address, long lengthBytes) {
    return madvise(address, lengthBytes, 4);
  }

  private static boolean madvise(long address, long lengthBytes, int advice) {
    try {
      return (int) MADVISE.invokeExact(address, lengthBytes, advice) == 0;
    } catch (Throwable t) {
      throw rethrow(t);
    }
  }

  static void sigaction(int signal, long action, long old) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CALL_STATE);
      check((int) SIGACTION.invokeExact(state, signal, action, old), state, "sigaction");
    } catch (Throwable t) {
      throw rethrow(t);
    }
  }

  /** Returns 0 or the errno. */
  static int getsockopt(int fd, int level, int name, MemorySegment value, MemorySegment length) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CALL_STATE);
      int code =
          (int) GETSOCKOPT.invokeExact(state, fd, level, name, value.address(), length.address());
      return code == 0 ? 0 : errnoOf(state);
    } catch (Throwable t) {
      throw rethrow(t);
    }
  }

  static int socket(int domain, int type, int protocol) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CALL_STATE);
      return check((int) SOCKET.invokeExact(state, domain, type, protocol), state, "socket");
    } catch (Throwable t) {
      throw rethrow(t);
    }
  }

  static void close(int fd) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CALL_STATE);
      check((int) CLOSE.invokeExact(state, fd), state, "close");
    } catch (Throwable t) {
      throw rethrow(t);
    }
  }

  /** Returns the bytes read, 0 at the end of the stream, or the negative errno. */
  static long read(int fd, MemorySegment target) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CALL_STATE);
      long read = (long) READ.invokeExact(state, fd, target.address(), target.byteSize());
      return read >= 0 ? read : -errnoOf(state);
    } catch (Throwable t) {
      throw rethrow(t);
    }
  }

  /** Returns the bytes written, or the negative errno. */
  static long write(int fd, MemorySegment source) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CALL_STATE);
      long written = (long) WRITE.invokeExact(state, fd, source.address(), source.byteSize());
      return written >= 0 ? written : -errnoOf(state);
    } catch (Throwable t) {
      throw rethrow(t);
    }
  }

  /** Returns how many descriptors are ready, or the negative errno. */
  static int poll(MemorySegment descriptors, long count, int timeoutMillis) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CALL_STATE);
      int ready = (int) POLL.invokeExact(state, descriptors.address(), count, timeoutMillis);
      return ready >= 0 ? ready : -errnoOf(state);
    } catch (Throwable t) {
      throw rethrow(t);
    }
  }

  /** Returns 0 or the errno. */
  static int ioctl(int fd, long request, MemorySegment argument) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CALL_STATE);
      int code = (int) IOCTL.invokeExact(state, fd, request, argument.address());
      return code >= 0 ? 0 : errnoOf(state);
    } catch (Throwable t) {
      throw rethrow(t);
    }
  }

  static int memfdCreate(MemorySegment name, int flags) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CALL_STATE);
      int fd = (int) MEMFD_CREATE.invokeExact(state, name.address(), flags);
      return check(fd, state, "memfd_create");
    } catch (Throwable t) {
      throw rethrow(t);
    }
  }

  /** Returns 0 or the errno. */
  static int prctl(int option, long argument) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CALL_STATE);
      int code = (int) PRCTL.invokeExact(state, option, argument);
      return code >= 0 ? 0 : errnoOf(state);
    } catch (Throwable t) {
      throw rethrow(t);
    }
  }

  /** Returns the bytes read, or the negative errno; allocates nothing. */
  static long processVmReadv(int pid, long local, long remote) {
    try {
      long read = (long) PROCESS_VM_READV.invokeExact(pid, local, 1L, remote, 1L, 0L);
      return read >= 0 ? read : processVmReadvAgain(pid, local, remote);
    } catch (Throwable t) {
      throw rethrow(t);
    }
  }

  /** Once more what has failed: it works now, or tells its errno. */
  private static long processVmReadvAgain(int pid, long local, long remote) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CALL_STATE);
      long read = (long) PROCESS_VM_READV_ERRNO.invokeExact(state, pid, local, 1L, remote, 1L, 0L);
      return read >= 0 ? read : -errnoOf(state);
    } catch (Throwable t) {
      throw rethrow(t);
    }
  }

  /** Returns only by an exception. */
  static void execve(MemorySegment path, MemorySegment arguments, MemorySegment variables) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CALL_STATE);
      int code =
          (int) EXECVE.invokeExact(state, path.address(), arguments.address(), variables.address());
      check(code, state, "execve of " + path.getString(0));
    } catch (Throwable t) {
      throw rethrow(t);
    }
  }

  static String strerror(int errno) {
    try {
      String text = NativeMemory.stringAt((long) STRERRORDESC_NP.invokeExact(errno));
      return text == null ? "errno " + errno : text;
    } catch (Throwable t) {
      throw rethrow(t);
    }
  }

  private static int errnoOf(MemorySegment state) {
    return (int) ERRNO.get(state, 0L);
  }

  private static int check(int code, MemorySegment state, String function) {
    if (code < 0) {
      int errno = errnoOf(state);
      throw new NativeCallException(function, errno, strerror(errno));
    }
    return code;
  }

  /** Handles declare Throwable; what really comes out is unchecked. */
  private static RuntimeException rethrow(Throwable t) {
    return Unchecked.rethrow(t);
  }
}
