/**
 * libfabric from Java: discovery, endpoints, address vectors, completion queues, memory regions,
 * access to peers' memory.
 */
module io.weft.fabric {
  requires io.weft.ffi;

  exports io.weft.fabric;
}
