package io.ghostworks.series;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How long samples are kept, and how many bytes of them. The first rule that matches a series
 * decides about it; a series that none matches is kept for the standard durations. What is past its
 * duration is hidden from queries at once, and removed by upkeep.
 *
 * @param standard for series that no rule matches
 * @param rules in the order in which they are asked
 * @param sizeBytesMax of all parts together, beyond which the oldest samples go first; empty for no
 *     limit
 * @param tenantBytesMax the same for single tenants
 */
public record RetentionPolicy(
    Durations standard,
    List<Rule> rules,
    OptionalLong sizeBytesMax,
    Map<TenantId, Long> tenantBytesMax) {

  public RetentionPolicy {
    rules = List.copyOf(rules);
    tenantBytesMax = Map.copyOf(tenantBytesMax);
    if (sizeBytesMax.isPresent() && sizeBytesMax.getAsLong() < 1) {
      throw new IllegalArgumentException(
          "the size of series must be at least 1 byte, got %d".formatted(sizeBytesMax.getAsLong()));
    }
  }

  /** 30 days raw, a year of each level, no rules and no limit of size. */
  public static RetentionPolicy defaults() {
    return ofRaw(Duration.ofDays(30));
  }

  /** Raw samples for a time, a year of each level, no rules and no limit of size. */
  public static RetentionPolicy ofRaw(Duration raw) {
    return new RetentionPolicy(
        new Durations(raw, Duration.ofDays(365), Duration.ofDays(365)),
        List.of(),
        OptionalLong.empty(),
        Map.of());
  }

  public RetentionPolicy withRules(List<Rule> newRules) {
    return new RetentionPolicy(standard, newRules, sizeBytesMax, tenantBytesMax);
  }

  public RetentionPolicy withSizeBytesMax(long newSizeBytesMax) {
    return new RetentionPolicy(standard, rules, OptionalLong.of(newSizeBytesMax), tenantBytesMax);
  }

  public RetentionPolicy withTenantBytesMax(Map<TenantId, Long> newTenantBytesMax) {
    return new RetentionPolicy(standard, rules, sizeBytesMax, newTenantBytesMax);
  }

  /** How long a series is kept. */
  public Durations of(TenantId tenant, Labels labels) {
    for (Rule rule : rules) {
      if (rule.matches(tenant, labels)) {
        return rule.keep();
      }
    }
    return standard;
  }

  /**
   * The rules that may decide about series of a tenant, in order; those behind a rule that matches
   * all of its series are left out.
   */
  public List<Rule> rulesOf(TenantId tenant) {
    List<Rule> ofTenant = new ArrayList<>();
    for (Rule rule : rules) {
      if (rule.tenant().isEmpty() || rule.tenant().get().equals(tenant)) {
        ofTenant.add(rule);
        if (rule.matchers().isEmpty()) {
          break;
        }
      }
    }
    return ofTenant;
  }

  /** For each level the longest time that series of a tenant may be kept. */
  public Durations longest(TenantId tenant) {
    List<Rule> ofTenant = rulesOf(tenant);
    boolean decided = !ofTenant.isEmpty() && ofTenant.getLast().matchers().isEmpty();
    Durations longest = decided ? ofTenant.getLast().keep() : standard;
    for (Rule rule : ofTenant) {
      longest = longest.longer(rule.keep());
    }
    return longest;
  }

  /** The longest time that raw samples of any series are kept. */
  Duration longestRaw() {
    Duration longest = standard.raw();
    for (Rule rule : rules) {
      longest = rule.keep().raw().compareTo(longest) > 0 ? rule.keep().raw() : longest;
    }
    return longest;
  }

  /** For each level the shortest time that series of a tenant may be kept. */
  public Durations shortest(TenantId tenant) {
    List<Rule> ofTenant = rulesOf(tenant);
    boolean decided = !ofTenant.isEmpty() && ofTenant.getLast().matchers().isEmpty();
    Durations shortest = decided ? ofTenant.getLast().keep() : standard;
    for (Rule rule : ofTenant) {
      shortest = shortest.shorter(rule.keep());
    }
    return shortest;
  }

  /**
   * Durations by level; each at least an hour.
   *
   * @param raw of samples as they came
   * @param fiveMinutes of the level with a row each five minutes
   * @param oneHour of the level with a row each hour
   */
  public record Durations(Duration raw, Duration fiveMinutes, Duration oneHour) {
    private static final Duration MIN = Duration.ofHours(1);
    private static final long HOUR_MS = 3_600_000;

    public Durations {
      if (raw.compareTo(MIN) < 0 || fiveMinutes.compareTo(MIN) < 0 || oneHour.compareTo(MIN) < 0) {
        throw new IllegalArgumentException(
            "the retention of series must be at least 1h, got %s raw, %s of 5m and %s of 1h"
                .formatted(raw, fiveMinutes, oneHour));
      }
    }

    /** That of the level with a distance of rows; 0 for samples as they came. */
    public Duration ofResolution(long resolutionMs) {
      return resolutionMs == 0 ? raw : resolutionMs < HOUR_MS ? fiveMinutes : oneHour;
    }

    /** The longest of the three. */
    public Duration longest() {
      return max(raw, max(fiveMinutes, oneHour));
    }

    /** The longest of the levels with a distance of rows and of coarser ones. */
    Duration longestFrom(long resolutionMs) {
      return resolutionMs == 0 ? longest() : max(ofResolution(resolutionMs), oneHour);
    }

    private Durations longer(Durations other) {
      return new Durations(
          max(raw, other.raw), max(fiveMinutes, other.fiveMinutes), max(oneHour, other.oneHour));
    }

    private Durations shorter(Durations other) {
      return new Durations(
          min(raw, other.raw), min(fiveMinutes, other.fiveMinutes), min(oneHour, other.oneHour));
    }

    private static Duration max(Duration left, Duration right) {
      return left.compareTo(right) >= 0 ? left : right;
    }

    private static Duration min(Duration left, Duration right) {
      return left.compareTo(right) <= 0 ? left : right;
    }
  }

  /**
   * How long some series are kept.
   *
   * @param tenant whose series; empty for all tenants
   * @param matchers that all must be fulfilled; none for all series
   */
  public record Rule(Optional<TenantId> tenant, List<LabelMatcher> matchers, Durations keep) {
    public Rule {
      matchers = List.copyOf(matchers);
    }

    /** Whether the rule is about a series. */
    public boolean matches(TenantId owner, Labels labels) {
      return (tenant.isEmpty() || tenant.get().equals(owner))
          && Selectors.matches(labels, matchers);
    }
  }
}
