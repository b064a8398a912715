package io.ghostworks.series;

import io.ghostworks.model.label.LabelSetTable;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.Exemplar;
import io.ghostworks.model.metric.MetricMetadata;
import java.time.Duration;

/**
 * Decides about what a batch has beside its samples: exemplars of series that are known, and
 * metadata of families. Used by the holder of the admission lock.
 */
final class BesideSamples {
  private static final int EXEMPLAR_BYTES_MAX = 512;
  private static final int METADATA_BYTES_MAX = 4_096;

  private final Duration futureLimit;
  private final Head head;
  private final ExemplarStore exemplars;
  private final MetadataStore metadata;
  private final SeriesResolver series;
  private final FrameCutter frames;

  BesideSamples(
      Duration futureLimit,
      Head head,
      ExemplarStore exemplars,
      MetadataStore metadata,
      SeriesResolver series,
      FrameCutter frames) {
    this.futureLimit = futureLimit;
    this.head = head;
    this.exemplars = exemplars;
    this.metadata = metadata;
    this.series = series;
    this.frames = frames;
  }

  /** Whether an exemplar is small enough to be kept. */
  static boolean isStorable(Exemplar exemplar) {
    return packedBytes(exemplar) <= EXEMPLAR_BYTES_MAX;
  }

  /** Whether metadata of a family is small enough to be kept. */
  static boolean isStorable(String family, MetricMetadata about) {
    return !family.isEmpty() && metadataBytes(family, about) <= METADATA_BYTES_MAX;
  }

  /** Takes the exemplars that can be kept and answers how many cannot. */
  int admitExemplars(ArrivingBatch batch) {
    int rejected = 0;
    for (int i = 0; i < batch.rows().exemplars(); i++) {
      if (!admit(batch, batch.rows().exemplarSet(i), batch.rows().exemplar(i))) {
        batch.account().rejectedExemplar();
        rejected++;
      }
    }
    return rejected;
  }

  private boolean admit(ArrivingBatch batch, int set, Exemplar exemplar) {
    int number = series.findSeries(batch, set);
    if (number < 0
        || exemplar.timestampMs() > batch.nowMs() + futureLimit.toMillis()
        || exemplar.timestampMs() < batch.nowMs() - batch.longestKept().toMillis()
        || !isStorable(exemplar)) {
      return false;
    }
    Labels labels = head.index().labels(number);
    if (!exemplars.has(batch.tenant(), labels, exemplar)) {
      frames
          .frameFor(packedBytes(exemplar) + 32 + FrameCutter.definitionBytes(batch.rows(), set))
          .exemplars
          .add(new Rows.SeriesExemplar(number, exemplar));
    }
    return true;
  }

  void admitMetadata(ArrivingBatch batch) {
    batch
        .rows()
        .metadata()
        .forEach((family, about) -> {
          if (metadata.has(batch.tenant(), family, about)) {
            return;
          }
          if (isStorable(family, about)
              && metadata.hasRoom(batch.tenant(), family, batch.limits().familiesMax())) {
            frames.frameFor((int) metadataBytes(family, about)).metadata.put(family, about);
          } else {
            batch.account().rejectedMetadata();
          }
        });
  }

  private static long metadataBytes(String family, MetricMetadata about) {
    return 3L * (family.length() + about.help().length() + about.unit().length()) + 32;
  }

  private static int packedBytes(Exemplar exemplar) {
    return LabelSetTable.pack(exemplar.labels()).length;
  }
}
