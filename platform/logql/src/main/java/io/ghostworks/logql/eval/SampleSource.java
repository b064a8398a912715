package io.ghostworks.logql.eval;

import io.ghostworks.logql.LogFilters;
import io.ghostworks.logql.MetadataLabels;
import io.ghostworks.model.label.Labels;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.RecordSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where the samples of a range aggregation come from: counts that the store keeps, its rows with no
 * more than time and stream, or whole lines that go through the pipeline.
 */
record SampleSource(RecordSource source, QueryContext context) {

  SampleFeed feed(Extraction extraction, WindowGrid windows) {
    Optional<SampleFeed> counted = new CountsPlan(extraction, windows, source, context).feed();
    if (counted.isPresent()) {
      return counted.get();
    }
    Optional<Filter> lines = PushedLines.of(extraction.matchers(), extraction.stages());
    MetadataLabels attributes =
        new MetadataLabels(source, windows.fromNanos(), windows.toNanos(), context);
    boolean byStream = dependsOnStreams(extraction, windows, attributes);
    SampleScan scan =
        lines.isPresent() && byStream && extraction.unwrap() == null
            ? StreamExtractor.scan(extraction, lines.get(), windows, context)
            : LineExtractor.scan(
                extraction,
                LogFilters.of(extraction.matchers(), extraction.stages(), attributes).filter(),
                byStream,
                windows,
                context);
    return new ScanFeed(scan, source, context);
  }

  /** Whether lines and the labels of their streams say all, so that nothing else need be read. */
  private boolean dependsOnStreams(
      Extraction extraction, WindowGrid windows, MetadataLabels attributes) {
    Optional<Set<String>> needed = NeededLabels.of(extraction);
    if (needed.isEmpty()) {
      return false;
    }
    List<Labels> streams =
        needed.get().isEmpty()
            ? List.of()
            : source.streams(
                List.of(extraction.matchers()), windows.fromNanos(), windows.toNanos(), context);
    for (Labels stream : streams) {
      if (!attributes.areDecidedBy(stream, needed.get())) {
        return false;
      }
    }
    return true;
  }
}
