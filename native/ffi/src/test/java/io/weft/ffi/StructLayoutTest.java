package io.weft.ffi;

import io.weft.testing.HeaderProbe;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The offsets and constants declared here against the headers of both architectures. */
class StructLayoutTest {
  @ParameterizedTest
  @ValueSource(strings = {"gcc", "aarch64-linux-gnu-gcc"})
  void headersAgree(String compiler) {
    HeaderProbe.of(compiler)
        .include(Path.of("/usr/include"))
        .header("dlfcn.h")
        .header("signal.h")
        .header("netinet/in.h")
        .header("linux/tcp.h")
        .header("net/if.h")
        .header("linux/sockios.h")
        .header("linux/ethtool.h")
        .header("poll.h")
        .header("errno.h")
        .expect("RTLD_NOW", Libc.RTLD_NOW)
        .expect("RTLD_GLOBAL", Libc.RTLD_GLOBAL)
        .expect("sizeof(struct sigaction) <= " + SignalHandlers.ACTION_BYTES, 1)
        .expect("IPPROTO_TCP", TcpInfo.IPPROTO_TCP)
        .expect("TCP_INFO", TcpInfo.TCP_INFO)
        .expect("offsetof(struct tcp_info, tcpi_bytes_acked)", TcpInfo.BYTES_ACKED)
        .expect("offsetof(struct tcp_info, tcpi_bytes_received)", TcpInfo.BYTES_RECEIVED)
        .expect("sizeof(struct tcp_info) <= " + TcpInfo.ROOM_BYTES, 1)
        .expect("SIOCETHTOOL", NetworkDriver.SIOCETHTOOL)
        .expect("ETHTOOL_GDRVINFO", NetworkDriver.ETHTOOL_GDRVINFO)
        .expect("IFNAMSIZ", NetworkDriver.NAME_BYTES)
        .expect("offsetof(struct ifreq, ifr_data)", NetworkDriver.IFR_DATA)
        .expect("sizeof(struct ifreq)", NetworkDriver.IFREQ_BYTES)
        .expect("offsetof(struct ethtool_drvinfo, driver)", NetworkDriver.DRIVER)
        .expect("sizeof(struct ethtool_drvinfo)", NetworkDriver.DRVINFO_BYTES)
        .expect("sizeof(struct pollfd)", InheritedDescriptor.POLLFD_BYTES)
        .expect("offsetof(struct pollfd, events)", InheritedDescriptor.EVENTS)
        .expect("POLLIN", InheritedDescriptor.POLLIN)
        .expect("POLLOUT", InheritedDescriptor.POLLOUT)
        .expect("EINTR", InheritedDescriptor.EINTR)
        .expect("EAGAIN", InheritedDescriptor.EAGAIN)
        .check();
  }
}
