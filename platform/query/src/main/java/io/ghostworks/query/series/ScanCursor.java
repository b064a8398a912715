package io.ghostworks.query.series;

import io.ghostworks.model.label.Labels;

/** Walks over the series of a scan that have samples. */
final class ScanCursor implements SeriesCursor {
  private final SeriesScan scan;
  private final SeriesScan.Reader reader;
  private SampleColumns samples = new SampleColumns();
  private int at = -1;

  ScanCursor(SeriesScan scan) {
    this.scan = scan;
    this.reader = scan.reader();
  }

  @Override
  public boolean next() {
    while (++at < scan.size()) {
      samples = reader.read(at);
      if (samples.size() > 0) {
        return true;
      }
    }
    return false;
  }

  @Override
  public Labels labels() {
    return scan.labels(at);
  }

  @Override
  public SampleColumns samples() {
    return samples;
  }

  @Override
  public void close() {
    scan.close();
  }
}
