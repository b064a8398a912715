package io.ghostworks.server.wiring;

import io.ghostworks.collector.ConnectorFeed;
import io.ghostworks.collector.ExportPositions;
import io.ghostworks.collector.config.ConnectorConfig;
import io.ghostworks.collector.generator.ConnectorSettings;
import io.ghostworks.collector.generator.GeneratedOutput;
import io.ghostworks.collector.generator.GeneratorSettings;
import io.ghostworks.collector.generator.MetricsGenerator;
import io.ghostworks.model.TenantId;
import io.ghostworks.runtime.memory.MemoryBudget;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.runtime.time.Timers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What makes metrics of spans: the built-in generator, and the connectors of a collector file. */
final class Generators implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Generators.class);

  private final MetricsGenerator builtIn;
  private final Map<ConnectorFeed, MetricsGenerator> connectors = new LinkedHashMap<>();

  /**
   * What generators stand on.
   *
   * @param settings of the built-in generator, by tenant
   * @param feeds the connectors of the collector file
   * @param series where the built-in generator stores, and goes on
   * @param memory of all their series
   */
  record Parts(
      Function<TenantId, GeneratorSettings> settings,
      List<ConnectorFeed> feeds,
      GeneratedOutput series,
      ExportPositions positions,
      MemoryBudget memory,
      Clock clock,
      Timers timers,
      PlatformMetrics metrics) {
    MetricsGenerator generator(
        Function<TenantId, GeneratorSettings> wanted, GeneratedOutput output) {
      return new MetricsGenerator(
          new MetricsGenerator.Parts(
              wanted,
              positions,
              output,
              memory,
              clock,
              timers,
              task -> Thread.ofVirtual().name(output.reader()).start(task),
              metrics));
    }
  }

  Generators(Parts parts) {
    this.builtIn =
        parts.generator(
            tenant -> beside(parts.settings().apply(tenant), parts.feeds()), parts.series());
    for (ConnectorFeed feed : parts.feeds()) {
      GeneratorSettings settings = ConnectorSettings.of(feed.config());
      GeneratedOutput output =
          new GeneratedOutput.Points(
              feed.id().toString(),
              feed.metrics(),
              feed.config() instanceof ConnectorConfig.SpanMetrics spans ? spans : null);
      connectors.put(feed, parts.generator(tenant -> settings, output));
    }
    forgetOthers(parts);
  }

  private static GeneratorSettings beside(GeneratorSettings settings, List<ConnectorFeed> feeds) {
    GeneratorSettings left = settings;
    for (ConnectorFeed feed : feeds) {
      left = ConnectorSettings.beside(left, feed.config());
    }
    return left;
  }

  /** Connectors that the file no longer has begin anew when it has them again. */
  private static void forgetOthers(Parts parts) {
    for (String reader : parts.positions().load().keySet()) {
      boolean known =
          parts.feeds().stream()
              .map(feed -> GeneratedOutput.Points.READER_PREFIX + feed.id())
              .anyMatch(name -> reader.equals(name) || reader.startsWith(name + " of tenant "));
      if (reader.startsWith(GeneratedOutput.Points.READER_PREFIX) && !known) {
        parts.positions().forget(reader);
      }
    }
  }

  /** The position behind which the journal still has to be there; none: the largest. */
  long readThrough() {
    return connectors.values().stream()
        .mapToLong(MetricsGenerator::readThrough)
        .reduce(builtIn.readThrough(), Math::min);
  }

  /** Begins to read stored spans. */
  void start(Stores stores) {
    builtIn.start(stores.records().spanTail());
    connectors.forEach((feed, generator) -> {
      generator.start(stores.records().spanTail(feed.origins()));
      log.info(
          "the connector {} makes metrics of the spans of {}", feed.id(), feed.origins().keySet());
    });
  }

  @Override
  public void close() {
    connectors.values().forEach(MetricsGenerator::close);
    builtIn.close();
  }
}
