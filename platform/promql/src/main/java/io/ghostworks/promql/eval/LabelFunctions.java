package io.ghostworks.promql.eval;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.ghostworks.model.label.Labels;
import io.ghostworks.promql.ast.Expr;
import java.util.ArrayList;
import java.util.List;

/** label_replace and label_join, which change the labels of whole series. */
final class LabelFunctions {

  private LabelFunctions() {}

  static List<Series> replace(Evaluator evaluator, Expr.Call call) {
    String target = text(call, 1);
    String replacement = text(call, 2);
    String source = text(call, 3);
    String regex = text(call, 4);
    Pattern pattern;
    try {
      pattern = Pattern.compile("^(?s:" + regex + ")$");
    } catch (PatternSyntaxException e) {
      throw Query.failure("invalid regular expression in label_replace(): " + regex);
    }
    if (!LabelText.isName(target)) {
      throw Query.failure("invalid destination label name in label_replace(): " + target);
    }
    List<Series> block = evaluator.vector(call.arguments().getFirst());
    for (Series series : block) {
      Matcher matcher = pattern.matcher(series.labels().get(source));
      if (matcher.find()) {
        set(series, target, RegexTemplate.expand(replacement, matcher));
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
      for (String source : sources) {
        values.add(series.labels().get(source));
      }
      set(series, target, String.join(separator, values));
    }
    return Blocks.merge(evaluator.query(), block);
  }

  private static String text(Expr.Call call, int argument) {
    return ((Expr.StringLiteral) call.arguments().get(argument)).value();
  }

  private static void set(Series series, String target, String value) {
    series.setLabels(series.labels().toBuilder().set(target, value).build());
    if (target.equals(Labels.METRIC_NAME)) {
      series.setDropName(false);
    }
  }
}
