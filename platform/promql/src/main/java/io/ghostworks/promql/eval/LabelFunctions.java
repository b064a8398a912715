package io.ghostworks.promql.eval;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.label.UserRegex;
import io.ghostworks.promql.ast.Expr;
import java.util.ArrayList;
import java.util.List;

/** label_replace and label_join, which change the labels of whole series. */
final class LabelFunctions {

  private static final long LABEL_BYTES = 64;

  private LabelFunctions() {}

  static List<Series> replace(Evaluator evaluator, Expr.Call call) {
    String target = text(call, 1);
    String replacement = text(call, 2);
    String source = text(call, 3);
    String regex = text(call, 4);
    Pattern pattern;
    try {
      pattern = UserRegex.compile("^(?s:" + regex + ")$");
    } catch (PatternSyntaxException e) {
      throw Query.failure("invalid regular expression in label_replace(): " + regex);
    }
    if (!LabelText.isName(target)) {
      throw Query.failure("invalid destination label name in label_replace(): " + target);
    }
    List<Series> block = evaluator.vector(call.arguments().getFirst());
    for (Series series : block) {
      String text = series.labels().get(source);
      evaluator.query().work(text.length());
      Matcher matcher = pattern.matcher(text);
      if (matcher.find()) {
        set(evaluator.query(), series, target, RegexTemplate.expand(replacement, matcher));
      }
    }
    return Blocks.merge(evaluator.query(), block);
  }

  static List<Series> join(Evaluator evaluator, Expr.Call call) {
    String target = text(call, 1);
    String separator = text(call, 2);
    List<String> sources = new ArrayList<>();
    for (int i = 3; i < call.arguments().size(); i++) {
      String source = text(call, i);
      if (!LabelText.isName(source)) {
        throw Query.failure("invalid source label name in label_join(): " + source);
      }
      sources.add(source);
    }
    if (!LabelText.isName(target)) {
      throw Query.failure("invalid destination label name in label_join(): " + target);
    }
    List<Series> block = evaluator.vector(call.arguments().getFirst());
    for (Series series : block) {
      List<String> values = new ArrayList<>(sources.size());
      long chars = (long) separator.length() * Math.max(0, sources.size() - 1);
      for (String source : sources) {
        values.add(series.labels().get(source));
        chars += values.getLast().length();
      }
      RegexTemplate.checkLength(chars);
      set(evaluator.query(), series, target, String.join(separator, values));
    }
    return Blocks.merge(evaluator.query(), block);
  }

  private static String text(Expr.Call call, int argument) {
    return ((Expr.StringLiteral) call.arguments().get(argument)).value();
  }

  /** Sets a label; its text stays the query's until the query ends. */
  private static void set(Query query, Series series, String target, String value) {
    query.work(value.length());
    query.context().reserve(LABEL_BYTES + value.length());
    series.setLabels(series.labels().toBuilder().set(target, value).build());
    if (target.equals(Labels.METRIC_NAME)) {
      series.setDropName(false);
    }
  }
}
