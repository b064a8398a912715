package io.ghostworks.series;

import io.ghostworks.journal.JournalListener;
import io.ghostworks.journal.segment.DamagedFrames;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hears what happens to the journal, and remembers what its replay could not give back. */
final class JournalWatch implements JournalListener {
  private static final Logger log = LoggerFactory.getLogger(JournalWatch.class);

  private final Runnable flush;
  private volatile boolean replayed;
  private volatile @Nullable String lostInReplay;

  /**
   * @param flush asks for a flush
   */
  JournalWatch(Runnable flush) {
    this.flush = flush;
  }

  /** Says that what is lost from now on was not lost in the replay. */
  void replayed() {
    replayed = true;
  }

  /** What the replay did not make visible of what was acknowledged; empty if it is all there. */
  Optional<String> lostInReplay() {
    return Optional.ofNullable(lostInReplay);
  }

  @Override
  public void flushWanted(long throughSequence) {
    flush.run();
  }

  @Override
  public void segmentFailed(long segment, IOException cause) {
    log.error("series: the journal's segment {} failed and is closed", segment, cause);
  }

  @Override
  public void setAside(long sequence, Throwable cause) {
    if (!replayed) {
      lostInReplay = "frame %d was set aside".formatted(sequence);
    }
    log.error("series: frame {} was set aside", sequence, cause);
  }

  @Override
  public void damaged(DamagedFrames frames) {
    if (!replayed) {
      lostInReplay = "acknowledged frames cannot be read: " + frames;
    }
    log.error("series: acknowledged frames cannot be read: {}", frames);
  }

  @Override
  public void upkeepFailed(IOException cause) {
    log.warn("series: the journal's upkeep failed and will be tried again", cause);
  }
}
