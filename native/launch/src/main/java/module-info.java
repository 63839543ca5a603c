/** Finding MPI installations and writing the command lines that start ranks. */
module io.weft.launch {
  exports io.weft.launch;
}
