package io.weft.mpi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weft.ffi.NativeLibrary;
import io.weft.launch.MpiInstallation;
import io.weft.launch.MpiSearch;
import io.weft.launch.MpiVendor;
import io.weft.mpi.ffm.MpiAbi;
import io.weft.mpi.ffm.MpichAbi;
import io.weft.mpi.ffm.OpenMpiAbi;
import io.weft.mpi.ffm.PredefinedHandle;
import io.weft.testing.HeaderProbe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both tables of values against the headers of both MPIs, for both architectures. */
class MpiAbiTest {
  /** Where Debian and Fedora keep them. */
  private static final List<String> OPEN_MPI_HEADERS =
      List.of(
          "/usr/lib/x86_64-linux-gnu/openmpi/include",
          "/usr/lib/aarch64-linux-gnu/openmpi/include",
          "/usr/include/openmpi-x86_64",
          "/usr/include/openmpi-aarch64");

  private static final List<String> MPICH_HEADERS =
      List.of(
          "/usr/include/x86_64-linux-gnu/mpich",
          "/usr/include/aarch64-linux-gnu/mpich",
          "/usr/include/mpich-x86_64",
          "/usr/include/mpich-aarch64");

  private static HeaderProbe probe(String compiler, List<String> directories, MpiAbi abi) {
    Path[] include =
        directories.stream().map(Path::of).filter(Files::isDirectory).toArray(Path[]::new);
    HeaderProbe probe = HeaderProbe.of(compiler).include(include).header("mpi.h");
    probe
        .expect("sizeof(MPI_Comm)", abi.handleBytes())
        .expect("sizeof(MPI_Request)", abi.handleBytes())
        .expect("sizeof(MPI_Datatype)", abi.handleBytes())
        .expect("sizeof(MPI_Op)", abi.handleBytes())
        .expect("sizeof(MPI_Errhandler)", abi.handleBytes())
        .expect("sizeof(MPI_Win)", abi.handleBytes())
        .expect("sizeof(MPI_Info)", abi.handleBytes())
        .expect("sizeof(MPI_Aint)", Long.BYTES)
        .expect("MPI_LOCK_EXCLUSIVE", abi.lockExclusive())
        .expect("MPI_LOCK_SHARED", abi.lockShared())
        .expect("MPI_MODE_NOCHECK", abi.modeNoCheck())
        .expect("MPI_MODE_NOSTORE", abi.modeNoStore())
        .expect("MPI_MODE_NOPUT", abi.modeNoPut())
        .expect("MPI_MODE_NOPRECEDE", abi.modeNoPrecede())
        .expect("MPI_MODE_NOSUCCEED", abi.modeNoSucceed())
        .expect("sizeof(MPI_Status)", abi.statusBytes())
        .expect("offsetof(MPI_Status, MPI_SOURCE)", abi.statusSource())
        .expect("offsetof(MPI_Status, MPI_TAG)", abi.statusTag())
        .expect("offsetof(MPI_Status, MPI_ERROR)", abi.statusError())
        .expect("(long)MPI_STATUS_IGNORE", abi.statusIgnore())
        .expect("(long)MPI_IN_PLACE", abi.inPlace())
        .expect("MPI_ANY_SOURCE", abi.anySource())
        .expect("MPI_ANY_TAG", abi.anyTag())
        .expect("MPI_PROC_NULL", abi.procNull())
        .expect("MPI_UNDEFINED", abi.undefined())
        .expect("MPI_MAX_ERROR_STRING", abi.maxErrorString())
        .expect("MPI_MAX_PROCESSOR_NAME", abi.maxProcessorName())
        .expect("MPI_MAX_LIBRARY_VERSION_STRING", abi.maxLibraryVersionString())
        .expect("MPI_SUCCESS", 0);
    for (ThreadLevel level : ThreadLevel.values()) {
      probe.expect("MPI_THREAD_" + level, level.ordinal());
    }
    for (int errorClass = 1; ; errorClass++) {
      String name = abi.errorClassName(errorClass);
      if (!name.startsWith("MPI_ERR_")) {
        return probe;
      }
      probe.expect(name, errorClass);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gcc", "aarch64-linux-gnu-gcc"})
  void openMpi(String compiler) {
    MpiInstallation installed = new MpiSearch(System.getenv()).find(MpiVendor.OPEN_MPI);
    NativeLibrary library = NativeLibrary.open(installed.libmpi().toString());
    probe(compiler, OPEN_MPI_HEADERS, new OpenMpiAbi(library)).check();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gcc", "aarch64-linux-gnu-gcc"})
  void mpich(String compiler) {
    MpiAbi abi = new MpichAbi();
    HeaderProbe probe = probe(compiler, MPICH_HEADERS, abi);
    for (PredefinedHandle handle : PredefinedHandle.values()) {
      probe.expect(handle.name(), abi.handle(handle));
    }
    probe.check();
  }

  @Test
  void openMpiExportsEveryPredefinedHandle() {
    MpiInstallation installed = new MpiSearch(System.getenv()).find(MpiVendor.OPEN_MPI);
    NativeLibrary library = NativeLibrary.open(installed.libmpi().toString());
    MpiAbi abi = new OpenMpiAbi(library);
    for (PredefinedHandle handle : PredefinedHandle.values()) {
      assertEquals(library.address(handle.openMpiSymbol()), abi.handle(handle), handle.name());
    }
  }
}
