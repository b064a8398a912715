package io.ghostworks.collector.config;

import io.ghostworks.collector.attribute.AttributeAction;
import java.time.Duration;
import java.util.List;

/** What a processor of the file asks for. */
public sealed interface ProcessorConfig {

  /** A hint at how items are grouped; items are stored as they come, which it does not change. */
  record Batch(Duration timeout, long sendBatchSize, long sendBatchMaxSize)
      implements ProcessorConfig {}

  /**
   * Refuses items while memory is short.
   *
   * @param limitBytes 0 where a percentage counts
   */
  record MemoryLimiter(
      Duration checkInterval,
      long limitBytes,
      long spikeBytes,
      int limitPercentage,
      int spikePercentage)
      implements ProcessorConfig {

    /** The bytes above which items are refused, of a process that may have {@code totalBytes}. */
    public long softLimitBytes(long totalBytes) {
      if (limitBytes > 0) {
        return limitBytes - (spikeBytes > 0 ? spikeBytes : limitBytes / 5);
      }
      long limit = totalBytes / 100 * limitPercentage;
      long spike = spikePercentage > 0 ? totalBytes / 100 * spikePercentage : limit / 5;
      return limit - spike;
    }
  }

  /** Changes the attributes of spans, log records and data points. */
  record Attributes(List<AttributeAction> actions) implements ProcessorConfig {
    public Attributes {
      actions = List.copyOf(actions);
    }
  }

  /** Changes the attributes of resources. */
  record Resource(List<AttributeAction> actions) implements ProcessorConfig {
    public Resource {
      actions = List.copyOf(actions);
    }
  }

  /** A component that this version does not have. */
  record Other() implements ProcessorConfig {}
}
