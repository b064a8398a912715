package io.ghostworks.scrape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.ghostworks.config.Findings;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.scrape.prometheusfile.PrometheusFileReader;
import io.ghostworks.scrape.prometheusfile.ScrapeJob;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScrapeAppenderTest {
  private static final int SERIES = 2_000;
  @TempDir Path folder;

  @Test
  void anUnchangedScrapeAllocatesNextToNothingASample() throws Exception {
    ScrapeAppender appender = appender();
    Exposition exposition = exposition();
    for (int scrape = 0; scrape < 30; scrape++) {
      appender.append(exposition, scrape * 10_000L, scrape * 10_000L);
      appender.takeBatch("j/h");
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getThreadAllocatedBytes(Thread.currentThread().threadId());
    appender.append(exposition, 1_000_000, 1_000_000);
    long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().threadId()) - before;
    assertThat((double) allocated / SERIES).as("bytes a sample").isLessThan(2);
    assertThat(appender.counts().added()).isEqualTo(SERIES);
    assertThat(appender.counts().seriesAdded()).isZero();
  }

  @Test
  void batchesOfUnchangedScrapesShareTheirLabelSets() throws Exception {
    ScrapeAppender appender = appender();
    appender.append(exposition(), 1, 1);
    SeriesBatch first = appender.takeBatch("j/h");
    appender.append(exposition(), 2, 2);
    assertThat(appender.takeBatch("j/h").sets()).isSameAs(first.sets());
  }

  @Test
  void whatARefusedBodySaysOfFamiliesCountsAlthoughItsSamplesDoNot() throws Exception {
    ScrapeAppender appender = appender();
    Exposition broken =
        new Exposition("# TYPE a gauge\na 1\nb\n".getBytes(StandardCharsets.UTF_8), "text/plain");
    assertThatThrownBy(() -> appender.append(broken, 1, 1)).isInstanceOf(ScrapeException.class);
    SeriesBatch batch = appender.takeBatch("j/h");
    assertThat(batch.rows()).isZero();
    assertThat(batch.metadata()).containsOnlyKeys("a");
  }

  @Test
  void whatATargetSaysOfAFamilyIsForgottenSomeScrapesAfterTheFamilyIsGone() throws Exception {
    TargetMetadata metadata = new TargetMetadata();
    ScrapeAppender appender = appender(metadata);
    appender.append(text("# TYPE a gauge\na 1\n# TYPE b gauge\nb 1\n"), 1, 1);
    for (int scrape = 2; scrape <= 11; scrape++) {
      appender.append(text("# TYPE b gauge\nb 1\n"), scrape, scrape);
    }
    assertThat(metadata.families()).containsOnlyKeys("a", "b");
    for (int scrape = 12; scrape <= 30; scrape++) {
      appender.append(text("# TYPE b gauge\nb 1\n"), scrape, scrape);
    }
    assertThat(metadata.families()).containsOnlyKeys("b");
  }

  private static Exposition text(String body) {
    return new Exposition(body.getBytes(StandardCharsets.UTF_8), "text/plain");
  }

  private ScrapeAppender appender() throws IOException {
    return appender(new TargetMetadata());
  }

  private ScrapeAppender appender(TargetMetadata metadata) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("p.yml"),
            "scrape_configs: [{job_name: j, static_configs: [{targets: [h]}]}]");
    ScrapeJob job = PrometheusFileReader.read(file, name -> "", new Findings()).jobs().getFirst();
    Target target = TargetBuilder.targets(job).active().getFirst();
    return new ScrapeAppender(job, target, new SeriesCache(), metadata, SampleOptions.DEFAULT);
  }

  private static Exposition exposition() {
    StringBuilder body =
        new StringBuilder(
            "# HELP http_requests_total Requests.\n# TYPE http_requests_total counter\n");
    for (int i = 0; i < SERIES; i++) {
      body.append("http_requests_total{method=\"GET\",path=\"/item/")
          .append(i)
          .append("\"} ")
          .append(i * 1.5)
          .append('\n');
    }
    return new Exposition(
        body.toString().getBytes(StandardCharsets.UTF_8), "text/plain; version=0.0.4");
  }
}
