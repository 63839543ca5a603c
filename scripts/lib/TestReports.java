import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Adds up surefire's XML reports; scripts/test runs it from source.
 *
 * <p>{@code java TestReports.java ROOT MARKER}: every {@code target/surefire-reports/TEST-*.xml} under ROOT that is not
 * older than the file MARKER. Prints lines whose columns are separated by tabs: {@code total passed failed skipped}, then
 * {@code failed CASE MESSAGE}, {@code skipped CASE REASON} and {@code folder PATH}. Cases of one class that are skipped for
 * one reason share a line, which names the class and says how many they are. A report that cannot be read counts as a
 * failure: a test JVM that died in the middle of writing must not pass for a success.
 */
final class TestReports {

  private int passed;
  private int failed;
  private int skipped;
  private final List<String> lines = new ArrayList<>();

  /** By class and reason. */
  private final Map<String, List<String>> skippedCases = new TreeMap<>();

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
    reports.skippedCases.forEach(
        (key, cases) -> {
          String[] words = key.split("\t", 2);
          String what = cases.size() == 1 ? cases.getFirst() : words[0] + " (" + cases.size() + " cases)";
          System.out.println("skipped\t" + what + "\t" + words[1]);
        });
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
      String owner = "";
      String name = "";
      String outcome = null;
      String reason = "";
      while (xml.hasNext()) {
        int event = xml.next();
        if (event == XMLStreamReader.START_ELEMENT) {
          switch (xml.getLocalName()) {
            case "testcase" -> {
              owner = xml.getAttributeValue(null, "classname");
              name = owner + "." + xml.getAttributeValue(null, "name");
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
          count(owner, name, outcome, reason);
        }
      }
    } catch (IOException | XMLStreamException e) {
      count("", file.toString(), "failed", "the report cannot be read: " + oneLine(e.getMessage()));
    }
  }

  private void count(String owner, String name, String outcome, String reason) {
    switch (outcome) {
      case "passed" -> passed++;
      case "failed" -> failed++;
      default -> skipped++;
    }
    if (outcome.equals("failed")) {
      lines.add(outcome + "\t" + oneLine(name) + "\t" + reason);
    } else if (outcome.equals("skipped")) {
      skippedCases.computeIfAbsent(owner + "\t" + reason, key -> new ArrayList<>()).add(oneLine(name));
    }
  }

  /** The element's message, else the first line of its text, which is a stack trace, else its type. */
  private static String reason(XMLStreamReader xml) throws XMLStreamException {
    String message = xml.getAttributeValue(null, "message");
    String type = xml.getAttributeValue(null, "type");
    if (message != null && !message.isBlank()) {
      return oneLine(message);
    }
    String thrown = xml.getElementText().strip().lines().findFirst().orElse("");
    if (type != null && thrown.startsWith(type + ": ")) {
      thrown = thrown.substring(type.length() + 2);
    }
    return !thrown.isBlank() ? oneLine(thrown) : type == null ? "no reason given" : oneLine(type);
  }

  private static String oneLine(String text) {
    String line = String.valueOf(text).strip().replaceAll("\\s+", " ");
    return line.length() <= 300 ? line : line.substring(0, 300) + "...";
  }
}
