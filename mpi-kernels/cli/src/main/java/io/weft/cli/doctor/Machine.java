package io.weft.cli.doctor;

import java.util.List;
import java.util.Map;

/** What probes read of a machine: files by absolute path, environment, programs' output. */
public interface Machine {
  /**
   * The text of a file.
   *
   * @param file its absolute path
   * @return the text without white space around it, or null if it is not there or not readable
   */
  String text(String file);

  /**
   * The names in a folder.
   *
   * @param folder its absolute path
   * @return sorted; none if it is not there
   */
  List<String> names(String folder);

  /**
   * The last name of the path that a link leads to.
   *
   * @param link its absolute path
   * @return the name, or null if it is no link
   */
  String target(String link);

  /**
   * Says whether this process may read and write a file.
   *
   * @param file its absolute path
   * @return false also if it is not there
   */
  boolean isReadWrite(String file);

  /**
   * The room in a file system.
   *
   * @param folder a folder in it
   * @return the room, or null if it is not there
   */
  Space space(String folder);

  /**
   * The environment of this process.
   *
   * @return names and values
   */
  Map<String, String> environment();

  /**
   * The folder in which runs would write.
   *
   * @return its absolute path, links resolved
   */
  String workingFolder();

  /**
   * Runs a program; blocks for ten seconds at most.
   *
   * @param command the program and its arguments
   * @return what it did, or null if it is not there or did not end
   */
  Output run(List<String> command);

  /**
   * The room in a file system.
   *
   * @param totalBytes all of it
   * @param freeBytes what this user may still write
   */
  record Space(long totalBytes, long freeBytes) {}

  /**
   * What a program did.
   *
   * @param status its exit status
   * @param out its standard output
   * @param err its standard error
   */
  record Output(int status, String out, String err) {}
}
