package io.ghostworks.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.config.Findings;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.scrape.prometheusfile.PrometheusFileReader;
import io.ghostworks.scrape.prometheusfile.ScrapeJob;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Type and unit as labels, created samples as starts, and classic histograms as native ones. */
class SampleOptionsTest {
  private static final String OPENMETRICS = "application/openmetrics-text; version=1.0.0";
  private static final String HISTOGRAM =
      """
      # TYPE h histogram
      h_bucket{le="1.0"} 2
      h_bucket{le="2.0"} 2
      h_bucket{le="+Inf"} 5
      h_sum 9
      h_count 5
      # TYPE g gauge
      g 1
      """;

  @TempDir private Path folder;

  private List<String> scraped(String job, SampleOptions options, String type, String... bodies)
      throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("p.yml"),
            "scrape_configs: [{job_name: j, static_configs: [{targets: [h]}]%s}]".formatted(job));
    Findings findings = new Findings();
    ScrapeJob read = PrometheusFileReader.read(file, name -> "", findings).jobs().getFirst();
    assertThat(findings.errors()).isEmpty();
    assertThat(findings.withoutEffect()).isEmpty();
    Target target = TargetBuilder.targets(read).active().getFirst();
    ScrapeAppender appender =
        new ScrapeAppender(read, target, new SeriesCache(), new TargetMetadata(), options);
    List<String> rows = new ArrayList<>();
    long time = 10_000;
    for (String body : bodies) {
      rows.clear();
      appender.append(
          new Exposition(body.getBytes(StandardCharsets.UTF_8), type), time, time + 1000);
      add(rows, appender.takeBatch("s"));
      time += 10_000;
    }
    return rows;
  }

  private static void add(List<String> rows, SeriesBatch batch) {
    for (int row = 0; row < batch.rows(); row++) {
      FloatHistogram histogram = batch.isHistogram(row) ? batch.histogram(row) : null;
      rows.add(
          "%s %s @%d start %d"
              .formatted(
                  batch
                      .sets()
                      .labels(batch.set(row))
                      .toString()
                      .replace("instance=\"h\", job=\"j\", ", "")
                      .replace(", instance=\"h\", job=\"j\"", "")
                      .replace("instance=\"h\", job=\"j\"", "")
                      .replace("{}", ""),
                  histogram == null
                      ? Double.toString(Double.longBitsToDouble(batch.valueBits(row)))
                      : histogram.count() + "/" + List.of(histogram.customBounds().length),
                  batch.timestampMs(row),
                  batch.startTimestampMs(row)));
    }
  }

  @Test
  void classicHistogramsAreStoredAsNativeOnesInsteadOrBeside() throws Exception {
    String type = "text/plain; version=0.0.4";
    assertThat(
            scraped(
                ", convert_classic_histograms_to_nhcb: true",
                SampleOptions.DEFAULT,
                type,
                HISTOGRAM,
                HISTOGRAM))
        .containsExactly("h 5.0/[2] @20000 start 0", "g 1.0 @20000 start 0");
    assertThat(
            scraped(
                ", convert_classic_histograms_to_nhcb: true, always_scrape_classic_histograms:"
                    + " true",
                SampleOptions.DEFAULT,
                type,
                HISTOGRAM))
        .hasSize(7)
        .contains("h 5.0/[2] @10000 start 0", "h_count 5.0 @10000 start 0");
  }

  @Test
  void relabellingSaysForOneTargetWhatBecomesOfHistograms() throws Exception {
    assertThat(
            scraped(
                ", relabel_configs: [{target_label: __convert_classic_histograms_to_nhcb__,"
                    + " replacement: 'true'}]",
                SampleOptions.DEFAULT,
                "text/plain",
                HISTOGRAM))
        .containsExactly("h 5.0/[2] @10000 start 0", "g 1.0 @10000 start 0");
  }

  @Test
  void aSeriesHasItsFamilysTypeAndUnitAsLabels() throws Exception {
    SampleOptions options = new SampleOptions(true, false, false);
    assertThat(
            scraped(
                "",
                options,
                OPENMETRICS,
                """
                # TYPE size_bytes gauge
                # UNIT size_bytes bytes
                size_bytes{__type__="mine"} 1
                # TYPE s stateset
                s{s="on"} 1
                # EOF
                """))
        .containsExactly(
            "size_bytes{__type__=\"gauge\", __unit__=\"bytes\"} 1.0 @10000 start 0",
            "s{__type__=\"stateset\", __unit__=\"bytes\", s=\"on\"} 1.0 @10000 start 0");
  }

  private static final String COUNTER =
      """
      # TYPE c counter
      c_total{a="b"} %d
      c_created{a="b"} %s
      # TYPE h histogram
      h_bucket{le="+Inf"} 3
      h_count 3
      h_sum 3
      h_created 2.5
      # TYPE i gauge
      i_created 7
      # EOF
      """;

  @Test
  void createdSamplesAreSeriesOrStartsWithZerosWhereWanted() throws Exception {
    assertThat(scraped("", SampleOptions.DEFAULT, OPENMETRICS, COUNTER.formatted(4, "1.5")))
        .hasSize(7)
        .contains("c_created{a=\"b\"} 1.5 @10000 start 0");
    assertThat(
            scraped(
                "",
                new SampleOptions(false, true, false),
                OPENMETRICS,
                COUNTER.formatted(4, "1.5")))
        .containsExactly(
            "c_total{a=\"b\"} 4.0 @10000 start 1500",
            "h_bucket{le=\"+Inf\"} 3.0 @10000 start 2500",
            "h_count 3.0 @10000 start 2500",
            "h_sum 3.0 @10000 start 2500",
            "i_created 7.0 @10000 start 0");
    SampleOptions zeros = new SampleOptions(false, false, true);
    assertThat(scraped("", zeros, OPENMETRICS, COUNTER.formatted(4, "1.5")))
        .contains("c_total{a=\"b\"} 0.0 @1500 start 0", "c_total{a=\"b\"} 4.0 @10000 start 1500")
        .hasSize(9);
    assertThat(
            scraped(
                "", zeros, OPENMETRICS, COUNTER.formatted(4, "1.5"), COUNTER.formatted(5, "12")))
        .contains("c_total{a=\"b\"} 0.0 @12000 start 0", "c_total{a=\"b\"} 5.0 @20000 start 12000")
        .doesNotContain("h_count 0.0 @2500 start 0");
    assertThat(
            scraped(
                ", convert_classic_histograms_to_nhcb: true",
                zeros,
                OPENMETRICS,
                COUNTER.formatted(4, "1.5")))
        .contains("h 0.0/[0] @2500 start 0", "h 3.0/[0] @10000 start 2500");
  }

  @Test
  void protobufIsAskedForFirstWhereStartsAreWantedAndTheFileNamesNoProtocols() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("p.yml"),
            "scrape_configs: [{job_name: a}, {job_name: b, scrape_protocols:"
                + " [PrometheusText0.0.4]}]");
    List<ScrapeJob> jobs = PrometheusFileReader.read(file, name -> "", new Findings()).jobs();
    assertThat(jobs.get(0).protocols(true).getFirst().word()).isEqualTo("PrometheusProto");
    assertThat(jobs.get(0).protocols(false)).isEqualTo(jobs.get(0).protocols());
    assertThat(jobs.get(1).protocols(true)).hasSize(1);
  }
}
