package io.weft.mpi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weft.ffi.NativeLibrary;
import io.weft.launch.MpiInstallation;
import io.weft.launch.MpiSearch;
import io.weft.launch.MpiVendor;
import io.weft.mpi.ffm.MpiAbi;
import io.weft.mpi.ffm.MpiConstant;
import io.weft.mpi.ffm.MpiErrorClass;
import io.weft.mpi.ffm.MpichAbi;
import io.weft.mpi.ffm.OpenMpiAbi;
import io.weft.mpi.ffm.PredefinedHandle;
import io.weft.mpi.ffm.StandardAbi;
import io.weft.testing.HeaderProbe;
import io.weft.testing.MpiBuild;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables of values against the headers of every build, for both architectures. */
class MpiAbiTest {
  /** Where Debian and Fedora keep them. */
  private static final List<Path> OPEN_MPI_HEADERS =
      List.of(
          Path.of("/usr/lib/x86_64-linux-gnu/openmpi/include"),
          Path.of("/usr/lib/aarch64-linux-gnu/openmpi/include"),
          Path.of("/usr/include/openmpi-x86_64"),
          Path.of("/usr/include/openmpi-aarch64"));

  private static final List<Path> MPICH_HEADERS =
      List.of(
          Path.of("/usr/include/x86_64-linux-gnu/mpich"),
          Path.of("/usr/include/aarch64-linux-gnu/mpich"),
          Path.of("/usr/include/mpich-x86_64"),
          Path.of("/usr/include/mpich-aarch64"));

  /** Handles that Open MPI 4.1 does not have. */
  private static final Set<PredefinedHandle> NEWER_HANDLES =
      EnumSet.of(PredefinedHandle.MPI_SESSION_NULL, PredefinedHandle.MPI_ERRORS_ABORT);

  /** Classes that Open MPI 4.1 does not have. */
  private static final Set<MpiErrorClass> NEWER =
      EnumSet.of(
          MpiErrorClass.MPI_ERR_PROC_ABORTED,
          MpiErrorClass.MPI_ERR_VALUE_TOO_LARGE,
          MpiErrorClass.MPI_ERR_SESSION);

  private static HeaderProbe probe(
      String compiler,
      List<Path> directories,
      MpiAbi abi,
      String header,
      Set<MpiErrorClass> newer) {
    Path[] include = directories.stream().filter(Files::isDirectory).toArray(Path[]::new);
    HeaderProbe probe = HeaderProbe.of(compiler).include(include).header(header);
    probe
        .expect("sizeof(MPI_File)", 8)
        .expect("sizeof(MPI_Message)", abi.handleBytes())
        .expect("sizeof(MPI_Group)", abi.handleBytes())
        .expect("sizeof(MPI_Count)", Long.BYTES)
        .expect("sizeof(MPI_Offset)", Long.BYTES)
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
    for (MpiConstant constant : MpiConstant.values()) {
      probe.expect("(long)" + constant, abi.value(constant));
    }
    for (MpiErrorClass errorClass : MpiErrorClass.values()) {
      if (abi.number(errorClass) >= 0 && !newer.contains(errorClass)) {
        probe.expect(errorClass.name(), abi.number(errorClass));
      }
    }
    return probe;
  }

  /** Where a wheel keeps its headers. */
  private static List<Path> headersOf(MpiBuild build) {
    return List.of(build.root().resolve("include"));
  }

  private static MpiInstallation debian(MpiVendor vendor) {
    return new MpiSearch(System.getenv()).find(vendor);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gcc", "aarch64-linux-gnu-gcc"})
  void openMpi(String compiler) {
    NativeLibrary library = NativeLibrary.open(debian(MpiVendor.OPEN_MPI).libmpi().toString());
    probe(compiler, OPEN_MPI_HEADERS, new OpenMpiAbi(library), "mpi.h", NEWER).check();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gcc", "aarch64-linux-gnu-gcc"})
  void openMpi5(String compiler) {
    NativeLibrary library = NativeLibrary.open(debian(MpiVendor.OPEN_MPI).libmpi().toString());
    probe(compiler, headersOf(MpiBuild.OPEN_MPI_5), new OpenMpiAbi(library), "mpi.h", Set.of())
        .check();
  }

  private static HeaderProbe withHandles(HeaderProbe probe, MpiAbi abi) {
    for (PredefinedHandle handle : PredefinedHandle.values()) {
      probe.expect("(int)(long)" + handle.name(), (int) abi.handle(handle));
    }
    return probe;
  }

  private static MpichAbi mpichAbi() {
    return new MpichAbi(NativeLibrary.open(debian(MpiVendor.MPICH).libmpi().toString()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gcc", "aarch64-linux-gnu-gcc"})
  void mpich(String compiler) {
    MpiAbi abi = mpichAbi();
    Set<MpiErrorClass> newer =
        EnumSet.of(MpiErrorClass.MPI_ERR_ERRHANDLER, MpiErrorClass.MPI_ERR_ABI);
    withHandles(probe(compiler, MPICH_HEADERS, abi, "mpi.h", newer), abi).check();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gcc", "aarch64-linux-gnu-gcc"})
  void mpich5(String compiler) {
    MpiAbi abi = mpichAbi();
    withHandles(probe(compiler, headersOf(MpiBuild.MPICH_5), abi, "mpi.h", Set.of()), abi).check();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gcc", "aarch64-linux-gnu-gcc"})
  void standard(String compiler) {
    MpiAbi abi = new StandardAbi(MpiVendor.MPICH);
    withHandles(probe(compiler, headersOf(MpiBuild.MPICH_5_ABI), abi, "mpi_abi.h", Set.of()), abi)
        .expect("(long)MPI_UNWEIGHTED", abi.unweighted())
        .check();
  }

  @Test
  void openMpiExportsEveryPredefinedHandle() {
    NativeLibrary library = NativeLibrary.open(debian(MpiVendor.OPEN_MPI).libmpi().toString());
    MpiAbi abi = new OpenMpiAbi(library);
    for (PredefinedHandle handle : PredefinedHandle.values()) {
      if (NEWER_HANDLES.contains(handle)) {
        assertTrue(abi.lacks(handle), handle.name());
      } else {
        assertEquals(library.address(handle.openMpiSymbol()), abi.handle(handle), handle.name());
      }
    }
  }
}
