package io.ghostworks.logql.eval;

import io.ghostworks.model.label.Labels;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.QueryException;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.RecordSource;
import java.util.List;
import java.util.Optional;

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
    if (lines.isEmpty() || !isByStream(extraction, windows)) {
      throw new QueryException(
          QueryException.Kind.BAD_QUERY,
          "this version counts lines by labels of their streams and by detected_level only: pipelines and labels of records are not evaluated in metric queries yet");
    }
    SampleScan scan = StreamExtractor.scan(extraction, lines.get(), windows, context);
    return new ScanFeed(scan, source, context);
  }

  /** Whether streams alone say to which series a row belongs. */
  private boolean isByStream(Extraction extraction, WindowGrid windows) {
    if (extraction.unwrap() != null) {
      return false;
    }
    if (extraction.noLabels()) {
      return true;
    }
    if (extraction.without() || extraction.groups().isEmpty()) {
      return false;
    }
    AttributeLabels attributes =
        new AttributeLabels(source, windows.fromNanos(), windows.toNanos(), context);
    List<Labels> streams =
        source.streams(
            List.of(extraction.matchers()), windows.fromNanos(), windows.toNanos(), context);
    for (Labels stream : streams) {
      if (!attributes.areDecidedBy(stream, extraction.groups())) {
        return false;
      }
    }
    return true;
  }
}
