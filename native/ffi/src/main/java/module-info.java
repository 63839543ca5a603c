/** Crossing into C through the JDK's Foreign Function and Memory API. */
module io.weft.ffi {
  exports io.weft.ffi;
}
