package mpi;

/** What a process sees of a file; given by {@link File#getView}. */
public final class FileView {
  private final long disp;
  private final Datatype eType;
  private final Datatype fileType;
  private final String dataRep;

  /**
   * Keeps what it is given.
   *
   * @param disp where the view starts in the file, in bytes
   * @param eType in what offsets are counted
   * @param fileType which of them are seen: it repeats
   * @param dataRep the representation
   */
  public FileView(long disp, Datatype eType, Datatype fileType, String dataRep) {
    this.disp = disp;
    this.eType = eType;
    this.fileType = fileType;
    this.dataRep = dataRep;
  }

  /**
   * Where the view starts in the file.
   *
   * @return bytes
   */
  public long getDisp() {
    return disp;
  }

  /**
   * In what offsets are counted.
   *
   * @return the type
   */
  public Datatype getEType() {
    return eType;
  }

  /**
   * Which of them are seen: it repeats.
   *
   * @return the type
   */
  public Datatype getFileType() {
    return fileType;
  }

  /**
   * The representation.
   *
   * @return such as {@code native}
   */
  public String getDataRep() {
    return dataRep;
  }
}
