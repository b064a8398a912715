package io.ghostworks.series;

import io.ghostworks.journal.Journal;
import io.ghostworks.model.TenantId;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.series.LiveLayers.Layers;
import io.ghostworks.series.chunk.SampleBuffer;
import io.ghostworks.series.head.HeadLayer;
import io.ghostworks.series.head.HeadSeries;
import io.ghostworks.series.part.PartFacts;
import io.ghostworks.series.part.SeriesPartWriter;
import io.ghostworks.storage.bytes.BytesOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends what the head has gathered and writes it into parts, one a UTC day. Where that fails, it is
 * written with the next flush. Used by one thread at a time, except for what {@link Head.Exchange}
 * tells.
 */
final class HeadFlush implements Head.Exchange {
  private static final Logger log = LoggerFactory.getLogger(HeadFlush.class);
  private static final long DAY_MS = LivePart.DAY_MS;
  private static final int SEEN_MINUTES = 60;

  private final Clock clock;
  private final Head head;
  private final LiveLayers live;
  private final Parts parts;
  private final PartExchange exchange;
  private final Journal journal;
  private final Accounts accounts;

  /** Stores that are to be written, oldest first; added under the head's locks. */
  private final Queue<HeadLayer> frozen = new ConcurrentLinkedQueue<>();

  HeadFlush(
      Clock clock,
      Head head,
      LiveLayers live,
      Parts parts,
      PartExchange exchange,
      Journal journal,
      Accounts accounts) {
    this.clock = clock;
    this.head = head;
    this.live = live;
    this.parts = parts;
    this.exchange = exchange;
    this.journal = journal;
    this.accounts = accounts;
  }

  @Override
  public void exchange(HeadLayer ended, HeadLayer active) {
    frozen.add(ended);
    live.replace(layers -> {
      List<HeadLayer> all = new ArrayList<>(layers.frozen());
      all.add(ended);
      return new Layers(layers.parts(), all, active, layers.tombstones());
    });
  }

  @Override
  public void ended(TenantId tenant, String metric) {
    accounts.of(tenant).ended(metric, clock.epochMs());
  }

  /**
   * Writes what is in memory into parts.
   *
   * @param replaying whether the journal is being replayed: series keep their numbers meanwhile
   */
  void flush(boolean replaying) throws IOException {
    writeFrozen();
    if (head.activeSamples() > 0
        || head.appliedSequence() > parts.journalSequence()
        || exchange.isCatalogStale()) {
      int seenSince =
          replaying ? Integer.MIN_VALUE : Admission.minute(clock.epochMs()) - SEEN_MINUTES;
      head.freeze(seenSince, this);
      writeFrozen();
    }
  }

  private void writeFrozen() throws IOException {
    for (HeadLayer ended = frozen.peek(); ended != null; ended = frozen.peek()) {
      write(ended);
      frozen.remove();
    }
  }

  private void write(HeadLayer ended) throws IOException {
    List<LivePart> written = new ArrayList<>();
    boolean handedOver = false;
    try {
      writeDays(ended, written);
      PartExchange.CatalogChange catalog = exchange.writeCatalog();
      handedOver = true;
      exchange.replaceHead(ended, written, catalog);
    } catch (IOException | RuntimeException e) {
      for (LivePart part : written) {
        part.part.close();
        if (!handedOver) {
          parts.delete(part.part.path());
        }
      }
      throw e;
    }
    head.forget(ended);
    try {
      journal.release(parts.journalSequence());
    } catch (IOException e) {
      // The samples are safe in parts; the segments are released again with the next flush.
      log.warn("the journal could not be released", e);
    }
  }

  private void writeDays(HeadLayer layer, List<LivePart> written) throws IOException {
    if (layer.minTimestampMs() > layer.maxTimestampMs()) {
      return;
    }
    int[] series = head.sorted(layer);
    long first = Math.floorDiv(layer.minTimestampMs(), DAY_MS);
    long last = Math.floorDiv(layer.maxTimestampMs(), DAY_MS);
    for (long day = first; day <= last; day++) {
      writeDay(layer, series, day, written);
    }
  }

  private void writeDay(HeadLayer layer, int[] series, long day, List<LivePart> written)
      throws IOException {
    SampleBuffer samples = new SampleBuffer();
    BytesOutput scratch = new BytesOutput(512, Integer.MAX_VALUE - 64);
    Path path = null;
    SeriesPartWriter writer = null;
    try {
      for (int number : series) {
        samples.clear();
        layer.read(number, day * DAY_MS, (day + 1) * DAY_MS - 1, scratch, samples);
        samples.normalize();
        if (samples.size() > 0) {
          if (writer == null) {
            path = parts.newPath();
            writer = SeriesPartWriter.create(parts.files(), path);
          }
          HeadSeries one = layer.series(number);
          writer.add(one.tenant(), one.labels(), samples);
        }
      }
      if (writer != null && path != null) {
        PartFacts facts = writer.finish();
        written.add(parts.openNew(path, 0, facts.withThroughSequence(layer.throughSequence())));
      }
    } catch (IOException | RuntimeException e) {
      parts.abandon(writer, path, e);
      throw e;
    }
    if (writer != null) {
      writer.close();
    }
  }
}
