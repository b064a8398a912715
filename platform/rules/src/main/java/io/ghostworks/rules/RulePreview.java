package io.ghostworks.rules;

import io.ghostworks.model.TenantId;
import io.ghostworks.query.QueryException;
import java.time.Duration;
import java.util.List;

/**
 * What a rule gives at one point in time. Nothing of it is kept, written or told: for people who
 * try out what they write.
 *
 * @param elements of the expression
 * @param alerts that would stand then, with their templates filled in; empty for a recording rule
 */
public record RulePreview(List<InstantQuery.Element> elements, List<RuleViews.Alert> alerts) {

  public RulePreview {
    elements = List.copyOf(elements);
    alerts = List.copyOf(alerts);
  }

  /**
   * Evaluates a rule once.
   *
   * @param file where it would stand
   * @param group in which it would be
   * @param slotNanos the time for which it is evaluated, since the epoch
   * @throws io.ghostworks.query.QueryException if the expression cannot be evaluated, or its result
   *     not be used
   */
  public static RulePreview of(
      RuleFile file,
      RuleFile.Group group,
      RuleFile.Rule rule,
      GroupSettings settings,
      InstantQuery query,
      long slotNanos) {
    Duration interval = group.interval().isZero() ? settings.interval() : group.interval();
    Duration offset = group.queryOffset();
    Rule.Evaluation evaluation =
        new Rule.Evaluation(
            settings,
            query.onBehalfOf(
                new InstantQuery.Asker(
                    file.file(), group.name(), file.language(), interval.toNanos())),
            (offset == null ? settings.queryOffset() : offset).toNanos(),
            group.limit());
    List<InstantQuery.Element> elements =
        evaluation
            .query()
            .evaluate(settings.tenant(), rule.expression(), evaluation.atMs(slotNanos));
    return switch (rule) {
      case RuleFile.Recording recording -> new RulePreview(elements, List.of());
      case RuleFile.Alerting alerting -> {
        AlertingRule evaluated = new AlertingRule(alerting);
        Rule.Evaluation again =
            new Rule.Evaluation(
                settings,
                new Answered(evaluation.query(), rule.expression(), elements),
                evaluation.queryOffsetNanos(),
                evaluation.limit());
        try {
          var _ = evaluated.evaluate(again, slotNanos);
        } catch (RuleException e) {
          throw new QueryException(
              QueryException.Kind.EXECUTION, String.valueOf(e.getMessage()), e);
        }
        yield new RulePreview(elements, evaluated.standing());
      }
    };
  }

  /** Knows one expression's answer already. */
  private record Answered(InstantQuery others, RuleExpression known, List<Element> elements)
      implements InstantQuery {

    @Override
    public List<Element> evaluate(TenantId tenant, String expression, long timestampMs) {
      return others.evaluate(tenant, expression, timestampMs);
    }

    @Override
    public List<Element> evaluate(TenantId tenant, RuleExpression expression, long timestampMs) {
      return expression.equals(known) ? elements : others.evaluate(tenant, expression, timestampMs);
    }
  }
}
