package io.ghostworks.server.wiring;

import io.ghostworks.model.label.Labels;
import io.ghostworks.scrape.ScrapeException;
import io.ghostworks.scrape.ScrapePools;
import io.ghostworks.scrape.ScrapeSettings;
import io.ghostworks.scrape.prometheusfile.PrometheusFile;
import io.ghostworks.server.files.ConfigurationFiles;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;

/** The scrapes that were asked for, of {@code prometheus.yml} or of a collector's receiver. */
final class Scraping implements AutoCloseable {

  private final Optional<Collection.Scraped> scraped;
  private final ScrapePools pools;
  private final boolean reloads;

  private Scraping(Optional<Collection.Scraped> scraped, ScrapePools pools, boolean reloads) {
    this.scraped = scraped;
    this.pools = pools;
    this.reloads = reloads;
  }

  /** Nothing is scraped before {@link #start}. */
  static Scraping of(Foundation foundation, Stores stores, Collection collection) {
    Installation installation = foundation.installation();
    Optional<PrometheusFile> named = installation.files().prometheus();
    Optional<Collection.Scraped> scraped = collection.scraped(named, stores.scrapes());
    ScrapePools pools =
        new ScrapePools(
            new ScrapeSettings(
                installation.settings().hosts(),
                Installation.instance(),
                "Ghostworks/" + Platform.VERSION,
                ScrapeSettings.DEFAULT_BODY_SIZE_MAX_BYTES,
                installation.settings().ingest()),
            installation.operator(),
            scraped.map(Collection.Scraped::sink).orElseGet(stores::scrapes),
            foundation.clock(),
            foundation.timers(),
            Executors.newVirtualThreadPerTaskExecutor(),
            foundation.metrics());
    boolean reloads = scraped.isEmpty() || named.filter(scraped.get().file()::equals).isPresent();
    return new Scraping(scraped, pools, reloads);
  }

  /**
   * @throws StartException if a job cannot be served
   */
  void start() {
    if (scraped.isEmpty()) {
      return;
    }
    try {
      apply(scraped.get().file());
    } catch (ScrapeException e) {
      throw new StartException(String.valueOf(e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartException("the start was interrupted", e);
    }
  }

  /** Jobs of a collector's receiver stay: its file is not read anew. */
  void replace(ConfigurationFiles files) throws ScrapeException, InterruptedException {
    if (reloads && files.prometheus().isPresent()) {
      apply(files.prometheus().get());
    } else if (reloads) {
      pools.apply(List.of(), Labels.EMPTY);
    }
  }

  private void apply(PrometheusFile file) throws ScrapeException, InterruptedException {
    pools.apply(file.jobs(), file.global().externalLabels());
  }

  ScrapePools pools() {
    return pools;
  }

  @Override
  public void close() {
    pools.close();
  }
}
