package io.ghostworks.template;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which of an alert's labels a template writes: {@code $labels.x}, {@code .Labels.x} where the dot
 * is still the alert's, {@code index $labels "x"}. What is only asked by {@code if} or {@code with}
 * does not count: such a template knows that the label may be missing.
 */
final class LabelUse {
  private final Set<String> labels = new TreeSet<>();

  private LabelUse() {}

  /**
   * @param main the template whose dot is the alert's at its beginning
   */
  static Set<String> of(Map<String, Node.Block> templates, String main) {
    LabelUse use = new LabelUse();
    templates.forEach((name, tree) -> use.block(tree, name.equals(main), Set.of()));
    return use.labels;
  }

  /**
   * @param top whether the dot is the alert's
   * @param asked labels that a condition around this place asks for
   */
  private void block(Node.@Nullable Block block, boolean top, Set<String> asked) {
    if (block == null) {
      return;
    }
    for (Node.Statement statement : block.statements()) {
      switch (statement) {
        case Node.Text ignored -> {}
        case Node.Break ignored -> {}
        case Node.Continue ignored -> {}
        case Node.Action action -> pipeline(action.pipeline(), top, asked);
        case Node.If branch -> {
          Set<String> inner = with(asked, branch.condition(), top);
          block(branch.then(), top, inner);
          block(branch.otherwise(), top, inner);
        }
        case Node.With branch -> {
          Set<String> inner = with(asked, branch.value(), top);
          block(branch.then(), false, inner);
          block(branch.otherwise(), top, inner);
        }
        case Node.Range range -> {
          pipeline(range.over(), top, asked);
          block(range.body(), false, asked);
          block(range.otherwise(), top, asked);
        }
        case Node.Call call -> {
          Node.Pipeline argument = call.argument();
          if (argument != null) {
            pipeline(argument, top, asked);
          }
        }
      }
    }
  }

  private static Set<String> with(Set<String> asked, Node.Pipeline condition, boolean top) {
    LabelUse use = new LabelUse();
    use.pipeline(condition, top, Set.of());
    use.labels.addAll(asked);
    return use.labels;
  }

  private void pipeline(Node.Pipeline pipeline, boolean top, Set<String> asked) {
    for (Node.Command command : pipeline.commands()) {
      List<Node.Operand> operands = command.operands();
      for (Node.Operand operand : operands) {
        operand(operand, top, asked);
      }
      if (operands.size() == 3
          && operands.get(0) instanceof Node.Identifier function
          && function.name().equals("index")
          && isLabels(operands.get(1), top)
          && operands.get(2) instanceof Node.Constant constant
          && constant.value() instanceof String label) {
        add(label, asked);
      }
    }
  }

  private void operand(Node.Operand operand, boolean top, Set<String> asked) {
    switch (operand) {
      case Node.Variable variable -> {
        List<String> names = variable.names();
        if (names.size() == 2 && names.getFirst().equals("$labels")) {
          add(names.get(1), asked);
        } else if (names.size() == 3
            && names.getFirst().equals("$")
            && names.get(1).equals("Labels")) {
          add(names.get(2), asked);
        }
      }
      case Node.Field field -> {
        if (top && field.names().size() == 2 && field.names().getFirst().equals("Labels")) {
          add(field.names().get(1), asked);
        }
      }
      case Node.Pipeline pipeline -> pipeline(pipeline, top, asked);
      case Node.Chain chain -> operand(chain.of(), top, asked);
      case Node.Identifier ignored -> {}
      case Node.Constant ignored -> {}
      case Node.Dot ignored -> {}
      case Node.Nil ignored -> {}
    }
  }

  private static boolean isLabels(Node.Operand operand, boolean top) {
    return (operand instanceof Node.Variable variable
            && (variable.names().equals(List.of("$labels"))
                || variable.names().equals(List.of("$", "Labels"))))
        || (top && operand instanceof Node.Field field && field.names().equals(List.of("Labels")));
  }

  private void add(String label, Set<String> asked) {
    if (!asked.contains(label)) {
      labels.add(label);
    }
  }
}
