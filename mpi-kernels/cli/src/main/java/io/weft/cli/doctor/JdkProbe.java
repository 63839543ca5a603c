package io.weft.cli.doctor;

import java.util.List;

/** The JDK that runs this, and so also ranks. */
record JdkProbe(Runtime.Version version, String home, String architecture) implements Probe {
  private static final String SUBJECT = "JDK";
  private static final int TESTED = 25;

  static JdkProbe here() {
    return new JdkProbe(
        Runtime.version(), System.getProperty("java.home"), System.getProperty("os.arch"));
  }

  @Override
  public List<Finding> look(Machine machine) {
    String what = "Java " + version + " (" + architecture + ", " + home + ")";
    if (version.feature() > TESTED) {
      return List.of(
          Finding.warning(
              SUBJECT,
              what + ": Weft is tested with " + TESTED,
              "set JAVA_HOME to a JDK " + TESTED + " if something is odd"));
    }
    String named = machine.environment().get("JAVA_HOME");
    if (named != null && machine.text(named + "/release") == null) {
      return List.of(
          Finding.warning(
              SUBJECT,
              what + ", but JAVA_HOME=" + named + " is no JDK: other tools will stumble over it",
              "set JAVA_HOME to " + home + ", or unset it"));
    }
    return List.of(Finding.ok(SUBJECT, what));
  }
}
