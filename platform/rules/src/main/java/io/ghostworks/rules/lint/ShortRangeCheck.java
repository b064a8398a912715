package io.ghostworks.rules.lint;

import io.ghostworks.config.DurationForm;
import io.ghostworks.promql.ast.Expr;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Rates over fewer than four scrapes of the series that they read: one scrape that is late or lost
 * leaves a gap. {@code irate} and {@code idelta} read two samples and need two scrapes.
 */
final class ShortRangeCheck implements ExpressionCheck {
  private static final int SCRAPES_MIN = 4;
  private static final int SCRAPES_INSTANT_MIN = 2;

  /** Scrapes are a little early or late. */
  private static final double TOLERANCE = 0.97;

  private final LintData data;

  ShortRangeCheck(LintData data) {
    this.data = data;
  }

  @Override
  public void check(LintSubject subject, Consumer<LintFinding> findings) {
    Expressions.walk(
        subject.expression(),
        each -> {
          if (each instanceof Expr.Call call
              && !call.arguments().isEmpty()
              && call.arguments().getFirst() instanceof Expr.MatrixSelector matrix
              && matrix.rangeExpression() == null) {
            int scrapes =
                switch (call.function()) {
                  case RATE, INCREASE -> SCRAPES_MIN;
                  case IRATE, IDELTA -> SCRAPES_INSTANT_MIN;
                  default -> 0;
                };
            if (scrapes > 0) {
              check(subject, call, matrix, scrapes, findings);
            }
          }
        });
  }

  private void check(
      LintSubject subject,
      Expr.Call call,
      Expr.MatrixSelector matrix,
      int scrapes,
      Consumer<LintFinding> findings) {
    Optional<Duration> interval = data.scrapeInterval(matrix.selector().matchers());
    if (interval.isEmpty() || matrix.rangeMs() >= scrapes * interval.get().toMillis() * TOLERANCE) {
      return;
    }
    long neededMs = round(scrapes * interval.get().toMillis());
    LintFinding found =
        LintFinding.of(
            LintCheck.SHORT_RANGE,
            subject.place(),
            "%s looks back %s, but its series are scraped every %s: %s needs at least %d scrapes (%s)"
                .formatted(
                    call,
                    text(matrix.rangeMs()),
                    text(interval.get().toMillis()),
                    call.function(),
                    scrapes,
                    text(neededMs)));
    Expr longer = new Expr.MatrixSelector(matrix.selector(), neededMs, null, matrix.end());
    findings.accept(
        Expressions.checked(Expressions.replace(subject.expression(), matrix, longer))
            .map(found::corrected)
            .orElse(found));
  }

  /** Up to whole units that people write. */
  private static long round(long ms) {
    long unit = ms <= 60_000 ? 5_000 : ms <= 600_000 ? 30_000 : 60_000;
    return (ms + unit - 1) / unit * unit;
  }

  private static String text(long ms) {
    return DurationForm.PROMETHEUS.format(Duration.ofMillis(ms));
  }
}
