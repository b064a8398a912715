package io.ghostworks.scrape.prometheusfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.config.Findings;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.wire.exposition.ExpositionFormat.Histograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeHistogramsTest {
  @TempDir Path folder;

  private ScrapeJob job(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("p.yml"), text);
    return PrometheusFileReader.read(file, name -> "", new Findings()).jobs().getFirst();
  }

  @Test
  void areScrapedOnlyWhereAskedFor() throws IOException {
    ScrapeJob job = job("scrape_configs: [{job_name: j}]");
    assertThat(job.nativeHistograms().read()).isEqualTo(Histograms.CLASSIC);
    assertThat(job.protocols()).doesNotContain(ScrapeProtocol.PROMETHEUS_PROTO);
  }

  @Test
  void putProtobufFirst() throws IOException {
    ScrapeJob job =
        job("{global: {scrape_native_histograms: true}, scrape_configs: [{job_name: j}]}");
    assertThat(job.nativeHistograms().read()).isEqualTo(Histograms.NATIVE);
    assertThat(job.protocols()).first().isEqualTo(ScrapeProtocol.PROMETHEUS_PROTO);
  }

  @Test
  void areMergedUntilTheyFitTheBucketLimit() throws IOException {
    ScrapeJob job = job("scrape_configs: [{job_name: j, native_histogram_bucket_limit: 2}]");
    FloatHistogram bounded = job.nativeHistograms().bounded(histogram()).orElseThrow();
    assertThat(bounded.schema()).isLessThan(3);
    assertThat(bounded.positiveCounts().length).isLessThanOrEqualTo(2);
  }

  @Test
  void haveNoFinerBucketsThanTheFactorSays() throws IOException {
    ScrapeJob job = job("scrape_configs: [{job_name: j, native_histogram_min_bucket_factor: 1.5}]");
    assertThat(job.nativeHistograms().schemaMax()).isZero();
  }

  private static FloatHistogram histogram() {
    return new FloatHistogram(
        FloatHistogram.CounterReset.UNKNOWN,
        3,
        0,
        0,
        10,
        1,
        new int[] {1},
        new int[] {4},
        new double[] {1, 2, 3, 4},
        new int[0],
        new int[0],
        new double[0],
        new double[0]);
  }
}
