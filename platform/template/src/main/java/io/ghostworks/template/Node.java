package io.ghostworks.template;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The syntax tree. {@code at} is the offset of a node's first char; texts are as Go prints them.
 */
sealed interface Node {

  int at();

  /** What stands between the actions, and the actions. */
  sealed interface Statement extends Node {}

  /** An operand of a command. */
  sealed interface Operand extends Node {}

  record Block(int at, List<Statement> statements) implements Node {
    public Block {
      statements = List.copyOf(statements);
    }

    /** Whether there is nothing but white space. */
    boolean isEmpty() {
      return statements.stream().allMatch(s -> s instanceof Text text && text.text().isBlank());
    }

    @Override
    public String toString() {
      return statements.stream().map(Object::toString).collect(Collectors.joining());
    }
  }

  record Text(int at, String text) implements Statement {
    @Override
    public String toString() {
      return text;
    }
  }

  record Action(int at, Pipeline pipeline) implements Statement {
    @Override
    public String toString() {
      return "{{" + pipeline + "}}";
    }
  }

  record If(int at, Pipeline condition, Block then, @Nullable Block otherwise)
      implements Statement {
    @Override
    public String toString() {
      return branch("if", condition, then, otherwise);
    }
  }

  record With(int at, Pipeline value, Block then, @Nullable Block otherwise) implements Statement {
    @Override
    public String toString() {
      return branch("with", value, then, otherwise);
    }
  }

  record Range(int at, Pipeline over, Block body, @Nullable Block otherwise) implements Statement {
    @Override
    public String toString() {
      return branch("range", over, body, otherwise);
    }
  }

  record Break(int at) implements Statement {
    @Override
    public String toString() {
      return "{{break}}";
    }
  }

  record Continue(int at) implements Statement {
    @Override
    public String toString() {
      return "{{continue}}";
    }
  }

  record Call(int at, String name, @Nullable Pipeline argument) implements Statement {
    @Override
    public String toString() {
      return "{{template %s%s}}"
          .formatted(GoStrings.quote(name), argument == null ? "" : " " + argument);
    }
  }

  /** Commands, each taking the result of the one before as its last argument. */
  record Pipeline(int at, List<Variable> declared, boolean assigns, List<Command> commands)
      implements Operand {
    public Pipeline {
      declared = List.copyOf(declared);
      commands = List.copyOf(commands);
    }

    @Override
    public String toString() {
      String names = declared.stream().map(Object::toString).collect(Collectors.joining(", "));
      return (names.isEmpty() ? "" : names + (assigns ? " = " : " := "))
          + commands.stream().map(Object::toString).collect(Collectors.joining(" | "));
    }
  }

  record Command(int at, List<Operand> operands) implements Node {
    public Command {
      operands = List.copyOf(operands);
    }

    @Override
    public String toString() {
      return operands.stream()
          .map(operand -> operand instanceof Pipeline ? "(" + operand + ")" : operand.toString())
          .collect(Collectors.joining(" "));
    }
  }

  record Identifier(int at, String name) implements Operand {
    @Override
    public String toString() {
      return name;
    }
  }

  /** {@code .a.b}. */
  record Field(int at, List<String> names) implements Operand {
    public Field {
      names = List.copyOf(names);
    }

    @Override
    public String toString() {
      return "." + String.join(".", names);
    }
  }

  /** {@code $x.a}: the variable's name with its dollar sign, then fields. */
  record Variable(int at, List<String> names) implements Operand {
    public Variable {
      names = List.copyOf(names);
    }

    @Override
    public String toString() {
      return String.join(".", names);
    }
  }

  /** Fields of a parenthesised operand. */
  record Chain(int at, Operand of, List<String> names) implements Operand {
    public Chain {
      names = List.copyOf(names);
    }

    @Override
    public String toString() {
      return (of instanceof Pipeline ? "(" + of + ")" : of.toString())
          + "."
          + String.join(".", names);
    }
  }

  record Dot(int at) implements Operand {
    @Override
    public String toString() {
      return ".";
    }
  }

  record Nil(int at) implements Operand {
    @Override
    public String toString() {
      return "nil";
    }
  }

  /** A boolean, a string, a whole number (Long) or a floating-point number (Double). */
  record Constant(int at, Object value, String text) implements Operand {
    @Override
    public String toString() {
      return text;
    }
  }

  private static String branch(
      String word, Pipeline pipeline, Block then, @Nullable Block otherwise) {
    return "{{%s %s}}%s%s{{end}}"
        .formatted(word, pipeline, then, otherwise == null ? "" : "{{else}}" + otherwise);
  }
}
