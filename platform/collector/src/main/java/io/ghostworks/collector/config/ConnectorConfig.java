package io.ghostworks.collector.config;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a connector of the file asks for: it ends pipelines of one signal and begins others. */
public sealed interface ConnectorConfig {

  /** Makes metrics of spans: calls, durations and events. */
  record SpanMetrics(
      String namespace,
      Set<String> excludedDimensions,
      List<Dimension> dimensions,
      List<Dimension> callsDimensions,
      Durations durations,
      boolean events,
      List<Dimension> eventDimensions,
      int exemplarsMax,
      Set<String> scopes,
      boolean samplingMethod,
      Resources resources,
      Flushing flushing,
      int cardinalityMax)
      implements ConnectorConfig {
    public SpanMetrics {
      excludedDimensions = Set.copyOf(excludedDimensions);
      dimensions = List.copyOf(dimensions);
      callsDimensions = List.copyOf(callsDimensions);
      eventDimensions = List.copyOf(eventDimensions);
      scopes = Set.copyOf(scopes);
    }
  }

  /**
   * An attribute that becomes a dimension.
   *
   * @param absent its value where neither span nor resource has it; null for no dimension
   */
  record Dimension(String name, @Nullable String absent) {}

  /**
   * The metric of durations.
   *
   * @param millis whether in milliseconds, else in seconds
   * @param bounds of classic buckets in that unit, ascending; null for exponential ones
   * @param exponentialMax buckets of an exponential histogram
   */
  record Durations(
      boolean on,
      boolean millis,
      double @Nullable [] bounds,
      int exponentialMax,
      List<Dimension> dimensions) {
    public Durations {
      dimensions = List.copyOf(dimensions);
    }
  }

  /**
   * What is told of resources.
   *
   * @param attributes whether metrics have the attributes of the spans' resources
   * @param keyAttributes the attributes that tell resources apart; none for all
   */
  record Resources(boolean attributes, Set<String> keyAttributes) {
    public Resources {
      keyAttributes = Set.copyOf(keyAttributes);
    }
  }

  /**
   * When metrics are given on, and when they end.
   *
   * @param resourceExpiration a resource without spans for so long has no metrics any more; zero
   *     for never
   * @param seriesExpiration a series without spans for so long ends; zero for never
   */
  record Flushing(Duration interval, Duration resourceExpiration, Duration seriesExpiration) {}

  /**
   * Makes metrics of requests between services.
   *
   * @param bounds of classic buckets in seconds, ascending; null for exponential ones
   * @param exponentialMax buckets of an exponential histogram
   */
  record ServiceGraph(
      double @Nullable [] bounds,
      int exponentialMax,
      List<String> dimensions,
      Duration ttl,
      int itemsMax,
      List<String> peerAttributes,
      boolean virtualNodeLabel,
      List<String> databaseNameAttributes,
      Duration flushInterval)
      implements ConnectorConfig {
    public ServiceGraph {
      dimensions = List.copyOf(dimensions);
      peerAttributes = List.copyOf(peerAttributes);
      databaseNameAttributes = List.copyOf(databaseNameAttributes);
    }
  }

  /** A component that this version does not have. */
  record Other() implements ConnectorConfig {}
}
