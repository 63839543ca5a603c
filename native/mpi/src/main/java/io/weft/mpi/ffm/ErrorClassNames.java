package io.weft.mpi.ffm;

/** Error classes by number. */
final class ErrorClassNames {
  private ErrorClassNames() {}

  static String of(String[] names, int errorClass) {
    return errorClass >= 0 && errorClass < names.length
        ? names[errorClass]
        : "error class " + errorClass;
  }
}
