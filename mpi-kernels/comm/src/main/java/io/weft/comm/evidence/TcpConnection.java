package io.weft.comm.evidence;

/**
 * A connected TCP socket of a process, with the kernel's byte counters.
 *
 * @param local address and port, as the kernel writes them in hexadecimal
 * @param remote address and port, likewise
 * @param networkInterface the interface that has the local address, such as {@code lo}
 * @param driver the interface's driver, such as {@code ena}, {@code veth} or {@code lo}
 * @param bytesSent bytes sent and acknowledged
 * @param bytesReceived bytes received
 */
public record TcpConnection(
    String local,
    String remote,
    String networkInterface,
    String driver,
    long bytesSent,
    long bytesReceived) {}
