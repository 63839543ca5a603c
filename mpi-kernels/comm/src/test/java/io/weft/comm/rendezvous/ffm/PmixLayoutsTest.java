package io.weft.comm.rendezvous.ffm;

import io.weft.testing.HeaderProbe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is declared here against PMIx's own header, for both architectures. */
class PmixLayoutsTest {
  /** Where Debian, Fedora and Amazon's EFA installer keep it. */
  private static final List<String> HEADERS =
      List.of(
          "/usr/lib/x86_64-linux-gnu/pmix2/include",
          "/usr/lib/aarch64-linux-gnu/pmix2/include",
          "/opt/amazon/openmpi5/include",
          "/usr/include");

  @ParameterizedTest
  @ValueSource(strings = {"gcc", "aarch64-linux-gnu-gcc"})
  void headerAgrees(String compiler) {
    HeaderProbe.of(compiler)
        .include(HEADERS.stream().map(Path::of).filter(Files::isDirectory).toArray(Path[]::new))
        .header("pmix.h")
        .expect("sizeof(pmix_proc_t)", PmixLayouts.PROC_BYTES)
        .expect("offsetof(pmix_proc_t, rank)", PmixLayouts.PROC_RANK)
        .expect("sizeof(((pmix_proc_t *)0)->rank)", Integer.BYTES)
        .expect("sizeof(pmix_value_t)", PmixLayouts.VALUE_BYTES)
        .expect("offsetof(pmix_value_t, type)", 0)
        .expect("sizeof(pmix_data_type_t)", Short.BYTES)
        .expect("offsetof(pmix_value_t, data)", PmixLayouts.VALUE_DATA)
        .expect("sizeof(pmix_info_t)", PmixLayouts.INFO_BYTES)
        .expect("offsetof(pmix_info_t, key)", 0)
        .expect("offsetof(pmix_info_t, value)", PmixLayouts.INFO_VALUE)
        .expect("sizeof(pmix_status_t)", Integer.BYTES)
        .expect("sizeof(pmix_scope_t)", Byte.BYTES)
        .expect("sizeof(bool)", Byte.BYTES)
        .expect("PMIX_SUCCESS", PmixLayouts.SUCCESS)
        .expect("PMIX_ERR_TIMEOUT", PmixLayouts.ERR_TIMEOUT)
        .expect("PMIX_ERR_NOT_FOUND", PmixLayouts.ERR_NOT_FOUND)
        .expect("PMIX_BOOL", PmixLayouts.BOOL)
        .expect("PMIX_STRING", PmixLayouts.STRING)
        .expect("PMIX_INT", PmixLayouts.INT)
        .expect("PMIX_UINT32", PmixLayouts.UINT32)
        .expect("PMIX_GLOBAL", PmixLayouts.GLOBAL)
        .expect(
            "(pmix_rank_t)(PMIX_RANK_WILDCARD)", Integer.toUnsignedLong(PmixLayouts.RANK_WILDCARD))
        .expect(differs("PMIX_JOB_SIZE", PmixLayouts.JOB_SIZE), 0)
        .expect(differs("PMIX_LOCAL_SIZE", PmixLayouts.LOCAL_SIZE), 0)
        .expect(differs("PMIX_TIMEOUT", PmixLayouts.TIMEOUT), 0)
        .expect(differs("PMIX_COLLECT_DATA", PmixLayouts.COLLECT_DATA), 0)
        .check();
  }

  private static String differs(String macro, String text) {
    return "__builtin_strcmp(" + macro + ", \"" + text + "\")";
  }
}
