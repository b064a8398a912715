package io.ghostworks.template;

import io.ghostworks.template.TemplateSet.ParsedTemplate;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One rendering: walks the tree as {@code text/template/exec.go} describes it. */
final class Execution {

  /** Stands for "no value from the stage before". */
  private static final Object NONE = new Object();

  private enum Flow {
    NORMAL,
    BREAK,
    CONTINUE
  }

  private record Binding(String name, @Nullable Object value) {}

  private final Map<String, ParsedTemplate> templates;
  private final Map<String, GoFunction> functions;
  private final TemplateSet.Mode mode;
  private final TemplateLimits limits;
  private final StringBuilder out = new StringBuilder();
  private final HtmlWriting page = new HtmlWriting();
  private ArrayList<Binding> variables = new ArrayList<>();
  private ParsedTemplate template;
  private Node current;
  private long steps;
  private int depth;

  Execution(
      Map<String, ParsedTemplate> templates,
      Map<String, GoFunction> functions,
      TemplateSet.Mode mode,
      TemplateLimits limits) {
    this.templates = templates;
    this.functions = functions;
    this.mode = mode;
    this.limits = limits;
    this.template = new ParsedTemplate("", "", "", new Node.Block(0, List.of()));
    this.current = template.tree();
  }

  String run(ParsedTemplate start, @Nullable Object data) {
    template = start;
    current = start.tree();
    variables.add(new Binding("$", data));
    walk(start.tree(), data);
    return out.toString();
  }

  private Flow walk(Node.Block block, @Nullable Object dot) {
    for (Node.Statement statement : block.statements()) {
      Flow flow = walk(statement, dot);
      if (flow != Flow.NORMAL) {
        return flow;
      }
    }
    return Flow.NORMAL;
  }

  private Flow walk(Node.Statement statement, @Nullable Object dot) {
    at(statement);
    switch (statement) {
      case Node.Text text ->
          write(mode == TemplateSet.Mode.HTML ? page.text(text.text()) : text.text());
      case Node.Action action -> {
        Object value = evaluate(action.pipeline(), dot);
        if (action.pipeline().declared().isEmpty()) {
          at(action);
          writeValue(value, action.pipeline());
        }
      }
      case Node.If branch -> {
        return branch(branch.condition(), branch.then(), branch.otherwise(), dot, false);
      }
      case Node.With branch -> {
        return branch(branch.value(), branch.then(), branch.otherwise(), dot, true);
      }
      case Node.Range range -> range(range, dot);
      case Node.Break ignored -> {
        return Flow.BREAK;
      }
      case Node.Continue ignored -> {
        return Flow.CONTINUE;
      }
      case Node.Call call -> call(call, dot);
    }
    return Flow.NORMAL;
  }

  private Flow branch(
      Node.Pipeline pipeline,
      Node.Block then,
      Node.@Nullable Block otherwise,
      @Nullable Object dot,
      boolean with) {
    int mark = variables.size();
    Object value = evaluate(pipeline, dot);
    Flow flow = Flow.NORMAL;
    if (GoValues.isTrue(value)) {
      flow = walk(then, with ? value : dot);
    } else if (otherwise != null) {
      flow = walk(otherwise, dot);
    }
    forget(mark);
    return flow;
  }

  private void range(Node.Range range, @Nullable Object dot) {
    int mark = variables.size();
    Object over = GoValues.collection(evaluate(range.over(), dot));
    boolean some =
        switch (over) {
          case List<?> list -> rangeOver(range, list);
          case AnyMap map -> rangeOver(range, map.entries());
          case Map<?, ?> map -> rangeOver(range, map);
          case Long count -> {
            if (range.over().declared().size() > 1) {
              throw fail("can't use %d to iterate over more than one variable".formatted(count));
            }
            yield rangeOver(range, count);
          }
          case null -> false;
          default -> throw fail("range can't iterate over " + GoValues.print(over));
        };
    forget(mark);
    Node.Block otherwise = range.otherwise();
    if (!some && otherwise != null) {
      walk(otherwise, dot);
      forget(mark);
    }
  }

  private boolean rangeOver(Node.Range range, List<?> list) {
    for (int i = 0; i < list.size(); i++) {
      if (!iterate(range, (long) i, list.get(i))) {
        break;
      }
    }
    return !list.isEmpty();
  }

  private boolean rangeOver(Node.Range range, Map<?, ?> map) {
    for (Map.Entry<String, @Nullable Object> entry : GoValues.sorted(map).entrySet()) {
      if (!iterate(range, entry.getKey(), entry.getValue())) {
        break;
      }
    }
    return !map.isEmpty();
  }

  private boolean rangeOver(Node.Range range, long count) {
    for (long i = 0; i < count; i++) {
      if (!iterate(range, i, i)) {
        break;
      }
    }
    return count > 0;
  }

  /** Runs the body for one element; whether to go on. */
  private boolean iterate(Node.Range range, Object key, @Nullable Object element) {
    at(range);
    int mark = variables.size();
    List<Node.Variable> declared = range.over().declared();
    boolean assigns = range.over().assigns();
    if (declared.size() == 1) {
      bind(declared.getFirst(), element, assigns);
    } else if (declared.size() == 2) {
      bind(declared.getFirst(), key, assigns);
      bind(declared.getLast(), element, assigns);
    }
    Flow flow = walk(range.body(), element);
    forget(mark);
    return flow != Flow.BREAK;
  }

  private void call(Node.Call call, @Nullable Object dot) {
    ParsedTemplate called = templates.get(call.name());
    if (called == null) {
      throw fail("template %s not defined".formatted(GoStrings.quote(call.name())));
    }
    if (depth + 1 >= limits.depthMax()) {
      throw fail("exceeded maximum template depth (%d)".formatted(limits.depthMax()));
    }
    Node.Pipeline argumentOf = call.argument();
    Object argument = argumentOf == null ? null : evaluate(argumentOf, dot);
    ParsedTemplate outer = template;
    ArrayList<Binding> outerVariables = variables;
    template = called;
    variables = new ArrayList<>(List.of(new Binding("$", argument)));
    depth++;
    walk(called.tree(), argument);
    depth--;
    template = outer;
    variables = outerVariables;
  }

  private @Nullable Object evaluate(Node.Pipeline pipeline, @Nullable Object dot) {
    at(pipeline);
    Object value = NONE;
    for (Node.Command command : pipeline.commands()) {
      value = evaluate(command, dot, value);
    }
    boolean ofRange = current instanceof Node.Range;
    if (!ofRange) {
      for (Node.Variable variable : pipeline.declared()) {
        if (pipeline.declared().size() == 1) {
          bind(variable, value, pipeline.assigns());
        }
      }
    }
    return value;
  }

  private void bind(Node.Variable variable, @Nullable Object value, boolean assigns) {
    String name = variable.names().getFirst();
    if (!assigns) {
      variables.add(new Binding(name, value));
      return;
    }
    for (int i = variables.size() - 1; i >= 0; i--) {
      if (variables.get(i).name.equals(name)) {
        variables.set(i, new Binding(name, value));
        return;
      }
    }
    throw fail("undefined variable: " + name);
  }

  private void forget(int mark) {
    while (variables.size() > mark) {
      variables.removeLast();
    }
  }

  private @Nullable Object evaluate(
      Node.Command command, @Nullable Object dot, @Nullable Object last) {
    Node.Operand first = command.operands().getFirst();
    List<Node.Operand> arguments = command.operands().subList(1, command.operands().size());
    switch (first) {
      case Node.Field field -> {
        return fields(field, dot, field.names(), dot, arguments, last);
      }
      case Node.Chain chain -> {
        return fields(chain, operand(chain.of(), dot), chain.names(), dot, arguments, last);
      }
      case Node.Variable variable -> {
        return variable(variable, dot, arguments, last);
      }
      case Node.Identifier identifier -> {
        return function(identifier, dot, command, arguments, last);
      }
      default -> {}
    }
    at(first);
    if (!arguments.isEmpty() || last != NONE) {
      throw fail("can't give argument to non-function " + first);
    }
    if (first instanceof Node.Nil) {
      throw fail("nil is not a command");
    }
    return operand(first, dot);
  }

  /** The value of an operand that stands as an argument, where functions are called without any. */
  private @Nullable Object operand(Node.Operand operand, @Nullable Object dot) {
    at(operand);
    return switch (operand) {
      case Node.Dot ignored -> dot;
      case Node.Nil ignored -> null;
      case Node.Constant constant -> constant.value();
      case Node.Field field -> fields(field, dot, field.names(), dot, List.of(), NONE);
      case Node.Variable variable -> variable(variable, dot, List.of(), NONE);
      case Node.Chain chain ->
          fields(chain, operand(chain.of(), dot), chain.names(), dot, List.of(), NONE);
      case Node.Pipeline pipeline -> evaluate(pipeline, dot);
      case Node.Identifier identifier ->
          function(
              identifier,
              dot,
              new Node.Command(identifier.at(), List.of(identifier)),
              List.of(),
              NONE);
    };
  }

  private @Nullable Object variable(
      Node.Variable variable,
      @Nullable Object dot,
      List<Node.Operand> arguments,
      @Nullable Object last) {
    at(variable);
    String name = variable.names().getFirst();
    for (int i = variables.size() - 1; i >= 0; i--) {
      if (variables.get(i).name.equals(name)) {
        Object value = variables.get(i).value;
        if (variable.names().size() > 1) {
          List<String> names = variable.names().subList(1, variable.names().size());
          return fields(variable, value, names, dot, arguments, last);
        }
        if (!arguments.isEmpty() || last != NONE) {
          throw fail("can't give argument to non-function " + variable);
        }
        return value;
      }
    }
    throw fail("undefined variable: " + name);
  }

  private @Nullable Object fields(
      Node node,
      @Nullable Object receiver,
      List<String> names,
      @Nullable Object dot,
      List<Node.Operand> arguments,
      @Nullable Object last) {
    at(node);
    Object value = receiver;
    for (int i = 0; i < names.size(); i++) {
      boolean isLast = i == names.size() - 1;
      value =
          field(
              node, value, names.get(i), dot, isLast ? arguments : List.of(), isLast ? last : NONE);
    }
    return value;
  }

  private @Nullable Object field(
      Node node,
      @Nullable Object receiver,
      String name,
      @Nullable Object dot,
      List<Node.Operand> arguments,
      @Nullable Object last) {
    boolean hasArguments = !arguments.isEmpty() || last != NONE;
    if (receiver instanceof GoObject object) {
      GoObject.Member member = object.member(name);
      switch (member) {
        case GoObject.Method method -> {
          checkCount(name, method.function(), arguments.size() + (last == NONE ? 0 : 1));
          return invoke(node, name, method.function(), arguments, values(arguments, dot, last));
        }
        case GoObject.FieldValue field -> {
          if (hasArguments) {
            throw fail("%s has arguments but cannot be invoked as function".formatted(name));
          }
          return field.value();
        }
        case null -> {}
      }
    }
    if (hasArguments && (receiver instanceof Map || receiver instanceof AnyMap)) {
      throw fail("%s is not a method but has arguments".formatted(name));
    }
    Object map = GoValues.collection(receiver);
    return switch (map) {
      case null -> throw fail("nil pointer evaluating interface {}." + name);
      case AnyMap any -> any.entries().get(name);
      case Map<?, ?> texts -> {
        Object value = texts.get(name);
        yield value == null ? "" : value;
      }
      default ->
          throw fail(
              "can't evaluate field %s in type %s".formatted(name, GoValues.typeName(receiver)));
    };
  }

  private @Nullable Object function(
      Node.Identifier identifier,
      @Nullable Object dot,
      Node.Command command,
      List<Node.Operand> arguments,
      @Nullable Object last) {
    at(identifier);
    String name = identifier.name();
    if (name.equals("and") || name.equals("or")) {
      return shortCircuit(name, arguments, dot, last);
    }
    GoFunction function = functions.get(name);
    if (function == null) {
      function = Builtins.FUNCTIONS.get(name);
    }
    if (function == null) {
      throw fail("%s is not a defined function".formatted(GoStrings.quote(name)));
    }
    checkCount(name, function, arguments.size() + (last == NONE ? 0 : 1));
    return invoke(command, name, function, arguments, values(arguments, dot, last));
  }

  private @Nullable Object shortCircuit(
      String name, List<Node.Operand> arguments, @Nullable Object dot, @Nullable Object last) {
    if (arguments.isEmpty() && last == NONE) {
      throw fail("wrong number of args for %s: want at least 1 got 0".formatted(name));
    }
    Object value = null;
    for (Node.Operand argument : arguments) {
      value = operand(argument, dot);
      if (GoValues.isTrue(value) == name.equals("or")) {
        return value;
      }
    }
    return last == NONE ? value : last;
  }

  private List<@Nullable Object> values(
      List<Node.Operand> arguments, @Nullable Object dot, @Nullable Object last) {
    List<@Nullable Object> values = new ArrayList<>();
    for (Node.Operand argument : arguments) {
      values.add(operand(argument, dot));
    }
    if (last != NONE) {
      values.add(last);
    }
    return values;
  }

  private void checkCount(String name, GoFunction function, int count) {
    if (count < function.argumentsMin() || count > function.argumentsMax()) {
      boolean variadic = function.argumentsMax() == GoFunction.ANY;
      throw fail(
          "wrong number of args for %s: want %s%d got %d"
              .formatted(name, variadic ? "at least " : "", function.argumentsMin(), count));
    }
  }

  private @Nullable Object invoke(
      Node node,
      String name,
      GoFunction function,
      List<Node.Operand> arguments,
      List<@Nullable Object> values) {
    at(node);
    try {
      Object result = function.body().call(new GoFunction.Arguments(values));
      if (result instanceof String text) {
        BoundedText.check(text);
      }
      return result;
    } catch (GoFunction.WrongArgumentException e) {
      throw wrongArgument(e, arguments, values);
    } catch (TemplateException e) {
      String message = String.valueOf(e.getMessage());
      throw message.startsWith("template: ")
          ? failWith(message, e)
          : failWith("error calling %s: %s".formatted(name, message), e);
    }
  }

  /** Go looks at arguments before it calls, in words that depend on how they are written. */
  private TemplateException wrongArgument(
      GoFunction.WrongArgumentException e,
      List<Node.Operand> arguments,
      List<@Nullable Object> values) {
    if (e.index() >= arguments.size()) {
      return failWith(String.valueOf(e.getMessage()), e);
    }
    Node.Operand argument = arguments.get(e.index());
    at(argument);
    return switch (argument) {
      case Node.Constant constant ->
          failWith("expected %s; found %s".formatted(e.wanted(), constant), e);
      case Node.Nil ignored -> failWith("cannot assign nil to " + e.wanted(), e);
      default ->
          failWith(
              values.get(e.index()) == null
                  ? "wrong type for value; expected %s; got interface {}".formatted(e.wanted())
                  : String.valueOf(e.getMessage()),
              e);
    };
  }

  private void writeValue(@Nullable Object value, Node.Pipeline from) {
    if (mode == TemplateSet.Mode.HTML) {
      write(page.value(value, endsWith(from, "html"), endsWith(from, "urlquery")));
    } else {
      write(value == null ? "<no value>" : GoValues.print(value));
    }
  }

  private static boolean endsWith(Node.Pipeline pipeline, String function) {
    return pipeline.commands().getLast().operands().getFirst() instanceof Node.Identifier called
        && called.name().equals(function);
  }

  private void write(String text) {
    if (text.length() > limits.outputCharsMax() - out.length()) {
      throw fail("the output is longer than %d chars".formatted(limits.outputCharsMax()));
    }
    out.append(text);
  }

  private void at(Node node) {
    current = node;
    if (++steps > limits.stepsMax()) {
      throw fail("more than %d steps".formatted(limits.stepsMax()));
    }
  }

  private TemplateException fail(String message) {
    return failWith(message, null);
  }

  /** As Go says it: template, line, column in bytes, the template's name and the node. */
  private TemplateException failWith(String message, @Nullable Throwable cause) {
    if (message.startsWith("template: ")) {
      return new TemplateException(message, cause);
    }
    String before = template.text().substring(0, Math.min(current.at(), template.text().length()));
    int lineStart = before.lastIndexOf('\n') + 1;
    int column = before.substring(lineStart).getBytes(StandardCharsets.UTF_8).length;
    long line = 1 + before.chars().filter(c -> c == '\n').count();
    String context = current.toString();
    return new TemplateException(
        "template: %s:%d:%d: executing %s at <%s>: %s"
            .formatted(
                template.parsedAs(),
                line,
                column,
                GoStrings.quote(template.name()),
                context,
                message),
        TemplateException.Place.of(template.parsedAs(), template.text(), current.at()),
        cause);
  }
}
