package io.ghostworks.scrape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.MetricMetadata;
import io.ghostworks.model.metric.MetricType;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScrapePoolsTest {
  private static final String JOB =
      """
      global: {scrape_interval: 10s, scrape_timeout: 5s}
      scrape_configs:
        - job_name: j
          static_configs: [{targets: ['h:80']}]
      """;

  private final Scraping scraping = new Scraping();

  @AfterEach
  void close() {
    scraping.close();
  }

  @Test
  void aScrapeStoresItsSamplesAndItsReport() {
    scraping.target.answers("a 1\nb{x=\"y\"} 2.5\n");
    scraping.apply(JOB);
    assertThat(scraping.next())
        .containsExactly(
            entry("a{instance=\"h:80\", job=\"j\"}", "1.0"),
            entry("b{instance=\"h:80\", job=\"j\", x=\"y\"}", "2.5"),
            entry("up{instance=\"h:80\", job=\"j\"}", "1.0"),
            entry("scrape_duration_seconds{instance=\"h:80\", job=\"j\"}", "0.0"),
            entry("scrape_samples_scraped{instance=\"h:80\", job=\"j\"}", "2.0"),
            entry("scrape_samples_post_metric_relabeling{instance=\"h:80\", job=\"j\"}", "2.0"),
            entry("scrape_series_added{instance=\"h:80\", job=\"j\"}", "2.0"));
    assertThat(scraping.target.urls).containsExactly("http://h:80/metrics");
    assertThat(scraping.next())
        .containsEntry("scrape_series_added{instance=\"h:80\", job=\"j\"}", "0.0");
  }

  @Test
  void timestampsAreExactlyOneIntervalApart() {
    scraping.target.answers("a 1\n");
    scraping.apply(JOB);
    scraping.next(50);
    List<Long> times =
        scraping.batches.stream().map(batch -> batch.getFirst().timestampMs()).toList();
    assertThat(times).hasSize(5);
    for (int i = 1; i < times.size(); i++) {
      assertThat(times.get(i) - times.get(i - 1)).isEqualTo(10_000);
    }
  }

  @Test
  void aSeriesThatIsNotExposedAnyMoreEndsOnce() {
    scraping.target.answers("a 1\nb 2\n");
    scraping.apply(JOB);
    scraping.next();
    scraping.target.answers("a 1\n");
    scraping.next();
    assertThat(scraping.samples())
        .containsExactly(
            entry("a{instance=\"h:80\", job=\"j\"}", "1.0"),
            entry("b{instance=\"h:80\", job=\"j\"}", "stale"));
    scraping.next();
    assertThat(scraping.samples()).containsOnlyKeys("a{instance=\"h:80\", job=\"j\"}");
    scraping.target.answers("a 1\nb 2\n");
    assertThat(scraping.next())
        .containsEntry("scrape_series_added{instance=\"h:80\", job=\"j\"}", "1.0");
  }

  @Test
  void aFailedScrapeEndsAllSeriesAndSaysWhy() {
    scraping.target.answers("a 1\n");
    scraping.apply(JOB);
    scraping.next();
    scraping.target.fails("server returned HTTP status 500 Internal Server Error");
    assertThat(scraping.next())
        .contains(
            entry("a{instance=\"h:80\", job=\"j\"}", "stale"),
            entry("up{instance=\"h:80\", job=\"j\"}", "0.0"),
            entry("scrape_samples_scraped{instance=\"h:80\", job=\"j\"}", "0.0"));
    ActiveTarget view = scraping.manager.targets().active().getFirst();
    assertThat(view.health()).isEqualTo(TargetHealth.DOWN);
    assertThat(view.lastError()).isEqualTo("server returned HTTP status 500 Internal Server Error");
    assertThat(scraping.next()).doesNotContainKey("a{instance=\"h:80\", job=\"j\"}");
  }

  @Test
  void aBodyThatDoesNotParseStoresNothingOfIt() {
    scraping.target.answers("a 1\n");
    scraping.apply(JOB);
    scraping.next();
    scraping.target.answers("b 1\n7&-\n");
    assertThat(scraping.next())
        .contains(
            entry("a{instance=\"h:80\", job=\"j\"}", "stale"),
            entry("up{instance=\"h:80\", job=\"j\"}", "0.0"),
            entry("scrape_samples_scraped{instance=\"h:80\", job=\"j\"}", "1.0"))
        .doesNotContainKey("b{instance=\"h:80\", job=\"j\"}");
  }

  @Test
  void theSampleLimitFailsTheWholeScrape() {
    scraping.target.answers("a 1\nb 1\nc 1\nd_dropped 1\n");
    scraping.apply(
        JOB
            + "    sample_limit: 2\n    metric_relabel_configs: [{source_labels: [__name__], regex: d_.*, action: drop}]\n");
    assertThat(scraping.next())
        .contains(
            entry("up{instance=\"h:80\", job=\"j\"}", "0.0"),
            entry("scrape_samples_scraped{instance=\"h:80\", job=\"j\"}", "4.0"),
            entry("scrape_samples_post_metric_relabeling{instance=\"h:80\", job=\"j\"}", "3.0"),
            entry("scrape_series_added{instance=\"h:80\", job=\"j\"}", "2.0"))
        .doesNotContainKey("a{instance=\"h:80\", job=\"j\"}");
    assertThat(scraping.manager.targets().active().getFirst().lastError())
        .isEqualTo("sample limit exceeded");
    scraping.target.answers("a 1\nb 1\nd_dropped 1\n");
    assertThat(scraping.next()).containsEntry("up{instance=\"h:80\", job=\"j\"}", "1.0");
  }

  @Test
  void labelLimitsFailTheScrape() {
    scraping.target.answers("a{x=\"1\",y=\"2\"} 1\n");
    scraping.apply(JOB + "    label_limit: 4\n");
    scraping.next();
    assertThat(scraping.manager.targets().active().getFirst().lastError())
        .isEqualTo("label_limit exceeded (metric: a, number of labels: 5, limit: 4)");
  }

  @Test
  void theBodyLimitFailsTheScrape() {
    scraping.target.answers("a 1\n# " + "x".repeat(2_000) + "\n");
    scraping.apply(
        "global: {extra_scrape_metrics: true}\n"
            + JOB.replace("global:", "rule_files: []\n#")
            + "    body_size_limit: 1KB\n    scrape_interval: 10s\n    scrape_timeout: 5s\n");
    assertThat(scraping.next())
        .contains(
            entry("scrape_body_size_bytes{instance=\"h:80\", job=\"j\"}", "-1.0"),
            entry("scrape_timeout_seconds{instance=\"h:80\", job=\"j\"}", "5.0"),
            entry("scrape_sample_limit{instance=\"h:80\", job=\"j\"}", "0.0"));
    assertThat(scraping.manager.targets().active().getFirst().lastError())
        .isEqualTo("body size limit exceeded");
  }

  @Test
  void labelsOfTheTargetWinUnlessTheJobHonorsOthers() {
    scraping.target.answers("a{job=\"own\",exported_job=\"x\"} 1\n");
    scraping.apply(JOB);
    scraping.next();
    assertThat(scraping.samples())
        .containsOnlyKeys(
            "a{exported_exported_job=\"own\", exported_job=\"x\", instance=\"h:80\", job=\"j\"}");
    scraping.apply(JOB + "    honor_labels: true\n");
    scraping.next();
    assertThat(scraping.samples())
        .containsKey("a{exported_job=\"x\", instance=\"h:80\", job=\"own\"}");
  }

  @Test
  void ownTimestampsAreKeptAndSuchSeriesDoNotEnd() {
    scraping.target.answers("a 1 " + (Scraping.START_MS - 5_000) + "\n");
    scraping.apply(JOB);
    scraping.next();
    assertThat(scraping.stored.getFirst().timestampMs()).isEqualTo(Scraping.START_MS - 5_000);
    scraping.target.answers("b 1\n");
    scraping.next();
    assertThat(scraping.samples()).containsOnlyKeys("b{instance=\"h:80\", job=\"j\"}");
  }

  @Test
  void ownTimestampsCanBeLeftOutOrTracked() {
    scraping.target.answers("a 1 1000\n");
    scraping.apply(JOB + "    honor_timestamps: false\n");
    scraping.next();
    assertThat(scraping.stored.getFirst().timestampMs()).isGreaterThanOrEqualTo(Scraping.START_MS);
    scraping.apply(JOB + "    track_timestamps_staleness: true\n");
    scraping.next();
    assertThat(scraping.stored.getFirst().timestampMs()).isEqualTo(1_000);
    scraping.target.answers("b 1\n");
    scraping.next();
    assertThat(scraping.samples()).containsEntry("a{instance=\"h:80\", job=\"j\"}", "stale");
  }

  @Test
  void samplesFarAheadAndRepeatedOnesAreRefused() {
    scraping.target.answers("a 1\na 2\nfar 1 " + (Scraping.START_MS + 3_600_000) + "\n");
    scraping.apply(JOB);
    assertThat(scraping.next())
        .contains(
            entry("a{instance=\"h:80\", job=\"j\"}", "1.0"),
            entry("scrape_samples_post_metric_relabeling{instance=\"h:80\", job=\"j\"}", "3.0"),
            entry("up{instance=\"h:80\", job=\"j\"}", "1.0"))
        .doesNotContainKey("far{instance=\"h:80\", job=\"j\"}");
  }

  @Test
  void seriesOfATargetThatIsGoneEndTwoIntervalsLater() {
    scraping.target.answers("a 1\n");
    scraping.apply(JOB);
    scraping.next();
    long last = scraping.stored.getFirst().timestampMs();
    scraping.apply("scrape_configs: []");
    assertThat(scraping.manager.targets().active()).isEmpty();
    assertThat(scraping.next(20 - 10)).isEmpty();
    assertThat(scraping.next(15))
        .contains(
            entry("a{instance=\"h:80\", job=\"j\"}", "stale"),
            entry("up{instance=\"h:80\", job=\"j\"}", "stale"),
            entry("scrape_series_added{instance=\"h:80\", job=\"j\"}", "stale"));
    assertThat(scraping.stored)
        .hasSize(6)
        .allMatch(sample -> sample.timestampMs() == last + 10_000);
    assertThat(scraping.next(60)).isEmpty();
  }

  @Test
  void aTargetThatComesBackInTimeIsNotEnded() {
    scraping.target.answers("a 1\n");
    scraping.apply(JOB);
    scraping.next();
    scraping.apply(JOB + "    params: {p: [x]}\n");
    assertThat(scraping.next(60).values()).doesNotContain("stale");
  }

  @Test
  void aReloadKeepsWhatWasLearnedWhereItStillHolds() {
    scraping.target.answers("a 1\n");
    scraping.apply(JOB);
    scraping.next();
    scraping.apply(JOB + "    sample_limit: 10\n");
    assertThat(scraping.next())
        .containsEntry("scrape_series_added{instance=\"h:80\", job=\"j\"}", "0.0");
    scraping.target.answers("b 1\n");
    assertThat(scraping.next()).containsEntry("a{instance=\"h:80\", job=\"j\"}", "stale");
  }

  @Test
  void anUnchangedJobIsNotDisturbed() {
    scraping.target.answers("a 1\n");
    scraping.apply(JOB);
    scraping.next();
    scraping.apply(JOB);
    assertThat(scraping.target.closed).isFalse();
    assertThat(scraping.next()).containsEntry("up{instance=\"h:80\", job=\"j\"}", "1.0");
  }

  @Test
  void nothingIsWrittenAfterClosing() {
    scraping.target.answers("a 1\n");
    scraping.apply(JOB);
    scraping.next();
    scraping.manager.close();
    assertThat(scraping.next(100)).isEmpty();
  }

  @Test
  void tooManyTargetsFailAll() {
    scraping.target.answers("a 1\n");
    scraping.apply(JOB.replace("['h:80']", "['h:80', 'i:80']") + "    target_limit: 1\n");
    scraping.next();
    assertThat(scraping.target.urls).isEmpty();
    assertThat(scraping.manager.targets().active())
        .extracting(ActiveTarget::lastError)
        .containsOnly("target_limit exceeded (number of targets: 2, limit: 1)");
    assertThat(scraping.stored)
        .filteredOn(s -> s.labels().metricName().equals("up"))
        .allMatch(s -> s.value().equals("0.0"))
        .hasSize(2);
  }

  @Test
  void targetsAreRelabelled() {
    scraping.target.answers("a 1\n");
    scraping.apply(
        """
        scrape_configs:
          - job_name: j
            metrics_path: /m
            params: {module: [http], x: [a b]}
            static_configs:
              - targets: [one, two, drop-me]
                labels: {__meta_zone: z1, env: prod}
            relabel_configs:
              - {source_labels: [__address__], regex: drop.*, action: drop}
              - {source_labels: [__address__], target_label: __param_target}
              - {source_labels: [__address__], target_label: instance}
              - {source_labels: [__meta_zone], target_label: zone}
              - {target_label: __address__, replacement: 'exporter:9115'}
              - {target_label: __scheme__, replacement: https}
              - {target_label: __scrape_interval__, replacement: 20s}
              - {target_label: __scrape_timeout__, replacement: 3s}
        """);
    Targets targets = scraping.manager.targets();
    assertThat(targets.active())
        .extracting(ActiveTarget::scrapeUrl)
        .containsExactly(
            "https://exporter:9115/m?module=http&target=one&x=a+b",
            "https://exporter:9115/m?module=http&target=two&x=a+b");
    ActiveTarget one = targets.active().getFirst();
    assertThat(one.labels())
        .isEqualTo(Labels.of("env", "prod", "instance", "one", "job", "j", "zone", "z1"));
    assertThat(one.discoveredLabels().get("__address__")).isEqualTo("one");
    assertThat(one.discoveredLabels().get("__meta_zone")).isEqualTo("z1");
    assertThat(one.scrapeInterval()).isEqualTo(Duration.ofSeconds(20));
    assertThat(one.scrapeTimeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(one.health()).isEqualTo(TargetHealth.UNKNOWN);
    assertThat(targets.dropped())
        .extracting(dropped -> dropped.discoveredLabels().get("__address__"))
        .containsExactly("drop-me");
    assertThat(targets.droppedCounts()).containsEntry("j", 1);
  }

  @Test
  void targetsThatCannotBeScrapedAreSaid() {
    scraping.apply(
        """
        scrape_configs:
          - job_name: j
            static_configs: [{targets: [a]}]
            relabel_configs: [{target_label: __scrape_timeout__, replacement: 2h}]
        """);
    assertThat(scraping.manager.targets().active()).isEmpty();
    assertThat(scraping.manager.targets().failures())
        .containsExactly(
            "the target 'a' of job 'j': its scrape timeout must not be greater than its scrape interval (2h > 1m)");
  }

  @Test
  void offsetsSpreadTargetsOverTheInterval() {
    scraping.target.answers("a 1\n");
    String targets =
        java.util.stream.IntStream.range(0, 100)
            .mapToObj(i -> "'h" + i + ":80'")
            .collect(Collectors.joining(","));
    scraping.apply(JOB.replace("['h:80']", "[" + targets + "]"));
    scraping.next(5);
    assertThat(scraping.batches.size()).isBetween(30, 70);
    scraping.time.advance(Duration.ofSeconds(5));
    assertThat(scraping.batches).hasSize(100);
  }

  @Test
  void exemplarsAndMetadataGoWithTheBatch() {
    scraping.target.answersOpenMetrics(
        "# TYPE a counter\n# HELP a Some.\na_total 1 # {trace_id=\"t\"} 0.5 12.5\n# EOF\n");
    scraping.apply(JOB);
    scraping.next();
    assertThat(scraping.exemplars).hasSize(1);
    assertThat(scraping.exemplars.getFirst().timestampMs()).isEqualTo(12_500);
    assertThat(scraping.metadata)
        .containsEntry("a", new MetricMetadata(MetricType.COUNTER, "Some.", ""));
    assertThat(scraping.manager.targets().active().getFirst().metadata()).containsKey("a");
  }

  @Test
  void anEmptyBodyIsHealthyAndEndsAllSeries() {
    scraping.target.answers("a 1\n");
    scraping.apply(JOB);
    scraping.next();
    scraping.target.answers("");
    assertThat(scraping.next())
        .contains(
            entry("a{instance=\"h:80\", job=\"j\"}", "stale"),
            entry("up{instance=\"h:80\", job=\"j\"}", "1.0"));
  }
}
