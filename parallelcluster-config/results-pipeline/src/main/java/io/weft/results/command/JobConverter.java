package io.weft.results.command;

import io.weft.launch.JobIdentity;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@link JobIdentity#argument()}. */
final class JobConverter implements ITypeConverter<JobIdentity> {
  private static final int PARTS = 3;

  @Override
  public JobIdentity convert(String text) {
    String[] parts = text.split(",", -1);
    if (parts.length != PARTS || !parts[2].matches("\\d{1,7}")) {
      throw new TypeConversionException("'" + text + "' is not CLUSTER,JOB,ATTEMPT");
    }
    try {
      return new JobIdentity(parts[0], parts[1], Integer.parseInt(parts[2]));
    } catch (IllegalArgumentException wrong) {
      throw new TypeConversionException(wrong.getMessage());
    }
  }
}
