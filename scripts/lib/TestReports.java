import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Adds up surefire's XML reports; scripts/test runs it from source.
 *
 * <p>{@code java TestReports.java ROOT MARKER}: every {@code target/surefire-reports/TEST-*.xml} under ROOT that is not
 * older than the file MARKER. Prints lines whose columns are separated by tabs: {@code total passed failed skipped}, then
 * {@code failed CASE MESSAGE}, {@code skipped CASE REASON} and {@code folder PATH}. A report that cannot be read counts as a
 * failure: a test JVM that died in the middle of writing must not pass for a success.
 */
final class TestReports {

  private int passed;
  private int failed;
  private int skipped;
  private final List<String> lines = new ArrayList<>();
  private final TreeSet<Path> folders = new TreeSet<>();

  public static void main(String[] args) throws IOException {
    Path root = Path.of(args[0]);
    FileTime since = Files.getLastModifiedTime(Path.of(args[1]));
    TestReports reports = new TestReports();
    for (Path file : find(root, since)) {
      reports.add(file);
      reports.folders.add(file.getParent());
    }
    System.out.println(String.join("\t", "total", "" + reports.passed, "" + reports.failed, "" + reports.skipped));
    reports.lines.forEach(System.out::println);
    reports.folders.forEach(folder -> System.out.println("folder\t" + folder));
  }

  /** The reports of this run; those of earlier runs of modules that were not tested now are left out. */
  private static List<Path> find(Path root, FileTime since) throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
            String name = dir.getFileName().toString();
            boolean closed = name.equals(".git") || name.equals("src");
            return closed ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = file.getFileName().toString();
            if (file.getParent().endsWith(Path.of("target", "surefire-reports"))
                && name.startsWith("TEST-")
                && name.endsWith(".xml")
                && attributes.lastModifiedTime().compareTo(since) >= 0) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            // Builds and tests may still be removing their files.
            return FileVisitResult.CONTINUE;
          }
        });
    found.sort(null);
    return found;
  }

  private void add(Path file) {
    XMLInputFactory factory = XMLInputFactory.newInstance();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    try (var in = Files.newInputStream(file)) {
      XMLStreamReader xml = factory.createXMLStreamReader(in);
      String name = "";
      String outcome = null;
      String reason = "";
      while (xml.hasNext()) {
        int event = xml.next();
        if (event == XMLStreamReader.START_ELEMENT) {
          switch (xml.getLocalName()) {
            case "testcase" -> {
              name = xml.getAttributeValue(null, "classname") + "." + xml.getAttributeValue(null, "name");
              outcome = "passed";
              reason = "";
            }
            case "failure", "error" -> {
              outcome = "failed";
              reason = reason(xml);
            }
            case "skipped" -> {
              outcome = "skipped";
              reason = reason(xml);
            }
            default -> {}
          }
        } else if (event == XMLStreamReader.END_ELEMENT && xml.getLocalName().equals("testcase")) {
          count(name, outcome, reason);
        }
      }
    } catch (IOException | XMLStreamException e) {
      count(file.toString(), "failed", "the report cannot be read: " + oneLine(e.getMessage()));
    }
  }

  private void count(String name, String outcome, String reason) {
    switch (outcome) {
      case "passed" -> passed++;
      case "failed" -> failed++;
      default -> skipped++;
    }
    if (!outcome.equals("passed")) {
      lines.add(outcome + "\t" + oneLine(name) + "\t" + reason);
    }
  }

  private static String reason(XMLStreamReader xml) {
    String message = xml.getAttributeValue(null, "message");
    String type = xml.getAttributeValue(null, "type");
    String text = message != null && !message.isBlank() ? message : type;
    return text == null ? "no reason given" : oneLine(text);
  }

  private static String oneLine(String text) {
    String line = String.valueOf(text).strip().replaceAll("\\s+", " ");
    return line.length() <= 300 ? line : line.substring(0, 300) + "...";
  }
}
