package io.weft.testing;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One line of a rank's log.
 *
 * @param kind what happened
 * @param method the test method, or {@link #OPEN} or {@link #CLOSE}
 * @param message why, in one line
 * @param trace the stack trace as Java prints it
 * @param frames the frames of the stack trace that are known by class and line
 * @param pid the rank's process
 */
record RankEvent(
    Kind kind,
    String method,
    String message,
    String trace,
    List<StackTraceElement> frames,
    long pid) {
  /** Stands for a method before the first. */
  static final String OPEN = "open()";

  /** Stands for a method after the last. */
  static final String CLOSE = "close()";

  /** What a line tells. */
  enum Kind {
    /** The JVM is up. */
    READY,
    /** A method begins. */
    STARTED,
    PASSED,
    SKIPPED,
    FAILED,
    /** Somebody called System.exit. */
    EXITED,
    /** Everything is done and the process is about to end by itself. */
    CLOSED
  }

  static RankEvent of(Kind kind, String method) {
    return new RankEvent(kind, method, "", "", List.of(), ProcessHandle.current().pid());
  }

  static RankEvent of(Kind kind, String method, Throwable thrown) {
    RankFrames.cut(thrown);
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace, true));
    return new RankEvent(
        kind,
        method,
        kind == Kind.SKIPPED ? String.valueOf(thrown.getMessage()) : thrown.toString(),
        trace.toString(),
        List.of(thrown.getStackTrace()),
        ProcessHandle.current().pid());
  }

  boolean ends() {
    return kind == Kind.PASSED || kind == Kind.SKIPPED || kind == Kind.FAILED;
  }

  /** The line, without its end. Written by the streaming half of Jackson: ranks start often. */
  String toJson() {
    StringWriter line = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), line)) {
      json.writeStartObject();
      json.writeStringProperty("kind", kind.name());
      json.writeStringProperty("method", method);
      json.writeStringProperty("message", message);
      json.writeStringProperty("trace", trace);
      json.writeArrayPropertyStart("frames");
      for (StackTraceElement frame : frames) {
        json.writeStartArray();
        json.writeString(frame.getClassName());
        json.writeString(frame.getMethodName());
        json.writeString(frame.getFileName());
        json.writeNumber(frame.getLineNumber());
        json.writeEndArray();
      }
      json.writeEndArray();
      json.writeNumberProperty("pid", pid);
      json.writeEndObject();
    }
    return line.toString();
  }

  static RankEvent fromJson(String line) {
    JsonNode json = JsonMapper.shared().readTree(line);
    List<StackTraceElement> frames = new ArrayList<>();
    for (JsonNode frame : json.get("frames")) {
      JsonNode file = frame.get(2);
      frames.add(
          new StackTraceElement(
              frame.get(0).asString(),
              frame.get(1).asString(),
              file.isNull() ? null : file.asString(),
              frame.get(3).asInt()));
    }
    return new RankEvent(
        Kind.valueOf(json.get("kind").asString()),
        json.get("method").asString(),
        json.get("message").asString(),
        json.get("trace").asString(),
        frames,
        json.get("pid").asLong());
  }
}
