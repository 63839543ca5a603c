package io.weft.cli.spool;

import io.weft.launch.JobIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * Works through the notes of ended jobs: makes failed bundles of runs that left none, hands whole
 * bundles to the publisher, and files the notes away. What fails stays for the next pass. Every
 * step can be done again: the service may be ended at any point.
 */
final class SpoolService {
  /** How long a job may be completing before its state is taken as unknown. */
  private static final Duration COMPLETING = Duration.ofSeconds(60);

  /** How Slurm names the end of an attempt after which the job is to run again. */
  private static final String REQUEUED = "REQUEUED";

  private final Spool spool;
  private final Set<String> trusted;
  private final Duration settle;
  private final SlurmStates states;
  private final Publisher publisher;

  /**
   * Makes the service.
   *
   * @param spool where notes are
   * @param trusted users whose notes may name anybody's bundles; others' only their own
   * @param settle the age that a note must have: the processes of its job may still be ending
   * @param states who knows how jobs ended
   * @param publisher who gets whole bundles
   */
  SpoolService(
      Spool spool, Set<String> trusted, Duration settle, SlurmStates states, Publisher publisher) {
    this.spool = spool;
    this.trusted = Set.copyOf(trusted);
    this.settle = settle;
    this.states = states;
    this.publisher = publisher;
  }

  /** Goes through all notes once. */
  void pass() throws IOException, InterruptedException {
    for (Path file : spool.notes()) {
      try {
        work(NoteFile.read(file));
      } catch (IllegalArgumentException wrong) {
        SpoolLog.say("refused " + file.getFileName() + ": " + wrong.getMessage());
        spool.moveTo(spool.refused(), file);
      } catch (NoSuchFileException gone) {
        SpoolLog.say(file.getFileName() + " is gone: " + gone.getMessage());
      } catch (AtomicMoveNotSupportedException wrongSpool) {
        throw wrongSpool;
      } catch (IOException again) {
        SpoolLog.say(file.getFileName() + " stays for another try: " + again);
      }
    }
  }

  private void work(NoteFile file) throws IOException, InterruptedException {
    if (file.written().plus(settle).isAfter(Instant.now())) {
      return;
    }
    Note note = withState(file);
    if (note == null) {
      return;
    }
    boolean handedOn = true;
    List<BundleSearch.Found> bundles =
        BundleSearch.of(note.job(), note.bundles()).stream()
            .filter(run -> !isOfNextAttempt(run, note))
            .toList();
    for (BundleSearch.Found run : bundles) {
      try (BundleFolder folder = BundleFolder.open(run.path())) {
        if (mayTouch(file.owner(), folder)) {
          RunEnd end = end(note, run.job());
          if (FailedBundle.finish(folder, end)) {
            SpoolLog.say("finalised " + run.path() + " as failed: " + end.reason());
          }
          handedOn &= handOn(folder, run.job());
        }
      }
    }
    if (!handedOn) {
      SpoolLog.say(file.file().getFileName() + " stays until all its bundles are handed on");
      return;
    }
    SpoolLog.say(
        note.job().fileName()
            + " ended as "
            + note.state()
            + ": "
            + bundles.size()
            + " bundle"
            + (bundles.size() == 1 ? "" : "s")
            + (publisher.lack() == null ? "" : "; nothing is published: " + publisher.lack()));
    spool.moveTo(spool.sent(), file.file());
  }

  /** The note with the state that Slurm says; null if the job is still on its way out. */
  private Note withState(NoteFile file) throws IOException, InterruptedException {
    Note note = file.note();
    if (!note.state().equals(RunEnd.UNKNOWN)) {
      return note;
    }
    String state = states.of(note.job().jobId());
    boolean over = note.endedAt().plus(COMPLETING).isBefore(Instant.now());
    return switch (state) {
      case "COMPLETING" -> over ? note : null;
      case "RUNNING", "PENDING", "CONFIGURING", REQUEUED ->
          // The job goes on, so an attempt of it has ended: all but the first can say so.
          note.job().attempt() > 0 ? note.withState(REQUEUED) : over ? note : null;
      default -> note.withState(state);
    };
  }

  /**
   * Says whether a run had not begun when the note was written. Slurm counts a requeued job's next
   * attempt before it tells the epilog of the one that has ended: the number is of both.
   */
  private static boolean isOfNextAttempt(BundleSearch.Found run, Note note) {
    boolean goesOn = note.state().equals(REQUEUED) || note.state().equals(RunEnd.UNKNOWN);
    return goesOn
        && run.job().attempt() > 0
        && run.job().attempt() == note.job().attempt()
        && run.startedAt() != null
        && run.startedAt().isAfter(note.endedAt());
  }

  private boolean mayTouch(UserPrincipal writer, BundleFolder folder) throws IOException {
    if (trusted.contains(writer.getName()) || writer.equals(folder.owner())) {
      return true;
    }
    SpoolLog.say(
        "passing over "
            + folder
            + ": it belongs to "
            + folder.owner().getName()
            + ", and "
            + writer.getName()
            + " wrote the note");
    return false;
  }

  private static RunEnd end(Note note, JobIdentity job) {
    boolean before = job.attempt() < note.job().attempt();
    String state = before ? REQUEUED : note.state();
    int exitCode = before && !note.state().equals(REQUEUED) ? -1 : note.exitCode();
    boolean told = !Set.of("COMPLETED", RunEnd.UNKNOWN).contains(state);
    return new RunEnd(
        told ? state : RunEnd.FAILED,
        exitCode,
        "the job ended ("
            + state
            + ", exit status "
            + (exitCode < 0 ? "unknown" : exitCode)
            + ") and its run had left no manifest");
  }

  /**
   * Hands a whole bundle to the publisher, unless that was done; false if it has to be tried again.
   */
  private boolean handOn(BundleFolder folder, JobIdentity job) throws IOException {
    if (publisher.lack() != null || !folder.has(FailedBundle.MANIFEST)) {
      return true;
    }
    Path done = spool.announced().resolve(identity(folder.path()));
    if (Files.exists(done, LinkOption.NOFOLLOW_LINKS)) {
      return true;
    }
    if (!publisher.announce(folder.path(), job)) {
      return false;
    }
    Files.writeString(done, folder.path() + "\n");
    SpoolLog.say("handed on " + folder.path());
    return true;
  }

  private static String identity(Path path) {
    try {
      byte[] bytes = path.toString().getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
