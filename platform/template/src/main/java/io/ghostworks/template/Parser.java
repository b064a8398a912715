package io.ghostworks.template;

import io.ghostworks.template.Token.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Builds the syntax trees of one text: its own and those that it defines. */
final class Parser {

  /** Nesting of blocks and parentheses; deeper templates are refused before the stack is. */
  private static final int DEPTH_MAX = 200;

  private final String name;
  private final String text;
  private final TokenReader tokens;
  private final Set<String> functions;
  private final Map<String, Node.Block> defined = new LinkedHashMap<>();
  private final List<String> variables = new ArrayList<>(List.of("$"));
  private int depth;
  private int rangeDepth;

  private Parser(String name, String text, Set<String> functions) {
    this.text = text;
    this.name = name;
    this.tokens = new TokenReader(new Lexer(text));
    this.functions = functions;
  }

  /**
   * The trees by name; the text's own comes last.
   *
   * @throws TemplateException with line and reason if the text is not a template
   */
  static Map<String, Node.Block> parse(String name, String text, Set<String> functions) {
    Parser parser = new Parser(name, text, functions);
    Node.Block top = parser.top();
    parser.addDefinition(name, top);
    return parser.defined;
  }

  private Node.Block top() {
    List<Node.Statement> statements = new ArrayList<>();
    while (tokens.peek().kind() != Kind.END_OF_TEXT) {
      if (tokens.peek().kind() == Kind.LEFT_DELIMITER) {
        Token delimiter = tokens.next();
        if (tokens.peekNonSpace().kind() == Kind.DEFINE) {
          tokens.nextNonSpace();
          definition();
          continue;
        }
        tokens.pushBack(delimiter);
      }
      Object item = textOrAction();
      if (item instanceof Node.Statement statement) {
        statements.add(statement);
      } else {
        throw fail("unexpected " + item);
      }
    }
    return new Node.Block(0, statements);
  }

  private void definition() {
    Token token = tokens.nextNonSpace();
    String defines = templateName(token, "define clause");
    expect(Kind.RIGHT_DELIMITER, "define clause");
    List<String> outer = List.copyOf(variables);
    variables.clear();
    variables.add("$");
    int outerRange = rangeDepth;
    rangeDepth = 0;
    ListAndEnd body = itemList();
    if (!body.end.isEnd()) {
      throw fail("unexpected " + body.end + " in define clause");
    }
    rangeDepth = outerRange;
    variables.clear();
    variables.addAll(outer);
    addDefinition(defines, body.block);
  }

  private void addDefinition(String defines, Node.Block body) {
    Node.Block before = defined.get(defines);
    if (before == null || before.isEmpty()) {
      defined.put(defines, body);
    } else if (!body.isEmpty()) {
      throw fail("template: multiple definition of template " + GoStrings.quote(defines));
    }
  }

  private record End(String word, @Nullable Token token) {
    boolean isEnd() {
      return word.equals("end");
    }

    @Override
    public String toString() {
      return "{{" + word + "}}";
    }
  }

  private record ListAndEnd(Node.Block block, End end) {}

  private ListAndEnd itemList() {
    enter();
    int at = tokens.peekNonSpace().at();
    List<Node.Statement> statements = new ArrayList<>();
    while (tokens.peekNonSpace().kind() != Kind.END_OF_TEXT) {
      Object item = textOrAction();
      if (item instanceof Node.Statement statement) {
        statements.add(statement);
      } else if (item instanceof End end) {
        depth--;
        return new ListAndEnd(new Node.Block(at, statements), end);
      }
    }
    throw fail("unexpected EOF");
  }

  /** A statement, or an {@link End}. */
  private Object textOrAction() {
    Token token = tokens.nextNonSpace();
    return switch (token.kind()) {
      case TEXT -> new Node.Text(token.at(), token.text());
      case LEFT_DELIMITER -> action();
      default -> throw unexpected(token, "input");
    };
  }

  private Object action() {
    Token token = tokens.nextNonSpace();
    return switch (token.kind()) {
      case BLOCK -> block();
      case BREAK -> {
        requireRange(token);
        yield new Node.Break(token.at());
      }
      case CONTINUE -> {
        requireRange(token);
        yield new Node.Continue(token.at());
      }
      case ELSE -> elseControl();
      case END -> {
        expect(Kind.RIGHT_DELIMITER, "end");
        yield new End("end", token);
      }
      case IF -> branch(token, "if");
      case RANGE -> branch(token, "range");
      case WITH -> branch(token, "with");
      case TEMPLATE -> call();
      default -> {
        tokens.pushBack(token);
        Token first = tokens.peek();
        yield new Node.Action(first.at(), pipeline("command", Kind.RIGHT_DELIMITER));
      }
    };
  }

  private void requireRange(Token token) {
    Token closing = tokens.nextNonSpace();
    if (closing.kind() != Kind.RIGHT_DELIMITER) {
      throw unexpected(closing, "{{" + token.text() + "}}");
    }
    if (rangeDepth == 0) {
      throw fail("{{" + token.text() + "}} outside {{range}}");
    }
  }

  private End elseControl() {
    Token next = tokens.peekNonSpace();
    if (next.kind() == Kind.IF || next.kind() == Kind.WITH) {
      return new End("else", next);
    }
    expect(Kind.RIGHT_DELIMITER, "else");
    return new End("else", null);
  }

  private Node.Statement branch(Token word, String context) {
    int variablesBefore = variables.size();
    Node.Pipeline pipeline = pipeline(context, Kind.RIGHT_DELIMITER);
    if (context.equals("range")) {
      rangeDepth++;
    }
    ListAndEnd body = itemList();
    if (context.equals("range")) {
      rangeDepth--;
    }
    Node.@Nullable Block otherwise = body.end.isEnd() ? null : otherwise(body.end, context);
    while (variables.size() > variablesBefore) {
      variables.removeLast();
    }
    return switch (context) {
      case "if" -> new Node.If(word.at(), pipeline, body.block, otherwise);
      case "with" -> new Node.With(word.at(), pipeline, body.block, otherwise);
      default -> new Node.Range(word.at(), pipeline, body.block, otherwise);
    };
  }

  private Node.Block otherwise(End end, String context) {
    Token chained = end.token();
    if (chained != null) {
      String word = chained.kind() == Kind.IF ? "if" : "with";
      if (!word.equals(context)) {
        throw unexpected(tokens.nextNonSpace(), "input");
      }
      enter();
      Node.Statement inner = branch(tokens.nextNonSpace(), context);
      depth--;
      return new Node.Block(inner.at(), List.of(inner));
    }
    ListAndEnd list = itemList();
    if (!list.end.isEnd()) {
      throw fail("expected end; found " + list.end);
    }
    return list.block;
  }

  private Node.Statement block() {
    Token token = tokens.nextNonSpace();
    String blockName = templateName(token, "block clause");
    Node.Pipeline argument = pipeline("block clause", Kind.RIGHT_DELIMITER);
    List<String> outer = List.copyOf(variables);
    variables.clear();
    variables.add("$");
    int outerRange = rangeDepth;
    rangeDepth = 0;
    ListAndEnd body = itemList();
    if (!body.end.isEnd()) {
      throw fail("unexpected " + body.end + " in block clause");
    }
    rangeDepth = outerRange;
    variables.clear();
    variables.addAll(outer);
    addDefinition(blockName, body.block);
    return new Node.Call(token.at(), blockName, argument);
  }

  private Node.Statement call() {
    Token nameToken = tokens.nextNonSpace();
    String called = templateName(nameToken, "template clause");
    Node.Pipeline argument = null;
    if (nextNonSpaceIs(Kind.RIGHT_DELIMITER)) {
      tokens.nextNonSpace();
    } else {
      argument = pipeline("template clause", Kind.RIGHT_DELIMITER);
    }
    return new Node.Call(nameToken.at(), called, argument);
  }

  private String templateName(Token token, String context) {
    return switch (token.kind()) {
      case STRING, RAW_STRING -> unquote(token);
      default -> throw unexpected(token, context);
    };
  }

  private Node.Pipeline pipeline(String context, Kind closing) {
    enter();
    Token first = tokens.peekNonSpace();
    List<Node.Variable> declared = new ArrayList<>();
    boolean assigns = declarations(context, declared);
    List<Node.Command> commands = new ArrayList<>();
    while (true) {
      Token token = tokens.nextNonSpace();
      if (token.kind() == closing) {
        checkPipeline(commands, context);
        depth--;
        return new Node.Pipeline(first.at(), declared, assigns, commands);
      }
      switch (token.kind()) {
        case BOOL,
            CHAR,
            DOT,
            FIELD,
            IDENTIFIER,
            NUMBER,
            NIL,
            RAW_STRING,
            STRING,
            VARIABLE,
            LEFT_PARENTHESIS -> {
          tokens.pushBack(token);
          commands.add(command());
        }
        default -> throw unexpected(token, context);
      }
    }
  }

  /** Reads {@code $x :=}, {@code $x =}, {@code $i, $x :=}; whether it assigns. */
  private boolean declarations(String context, List<Node.Variable> declared) {
    Token variable = tokens.peekNonSpace();
    if (variable.kind() != Kind.VARIABLE) {
      return false;
    }
    tokens.nextNonSpace();
    Token space = tokens.peek();
    Token next = tokens.peekNonSpace();
    if (next.kind() == Kind.ASSIGN || next.kind() == Kind.DECLARE) {
      tokens.nextNonSpace();
      declared.add(new Node.Variable(variable.at(), List.of(variable.text())));
      return declare(variable, next.kind());
    }
    if (next.kind() == Kind.COMMA) {
      tokens.nextNonSpace();
      declared.add(new Node.Variable(variable.at(), List.of(variable.text())));
      variables.add(variable.text());
      if (!context.equals("range")) {
        throw fail("too many declarations in " + context);
      }
      Token second = tokens.peekNonSpace();
      if (second.kind() != Kind.VARIABLE) {
        throw fail("range can only initialize variables");
      }
      tokens.nextNonSpace();
      Token operator = tokens.nextNonSpace();
      declared.add(new Node.Variable(second.at(), List.of(second.text())));
      if (operator.kind() == Kind.COMMA) {
        throw fail("too many declarations in range");
      }
      if (operator.kind() != Kind.ASSIGN && operator.kind() != Kind.DECLARE) {
        throw unexpected(operator, context);
      }
      return declare(second, operator.kind());
    }
    if (space.kind() == Kind.SPACE) {
      tokens.pushBack(space);
    }
    tokens.pushBack(variable);
    return false;
  }

  private boolean declare(Token variable, Kind operator) {
    variables.add(variable.text());
    return operator == Kind.ASSIGN;
  }

  private void checkPipeline(List<Node.Command> commands, String context) {
    if (commands.isEmpty()) {
      throw fail("missing value for " + context);
    }
    for (int i = 1; i < commands.size(); i++) {
      switch (commands.get(i).operands().getFirst()) {
        case Node.Constant ignored -> throw nonExecutable(i);
        case Node.Dot ignored -> throw nonExecutable(i);
        case Node.Nil ignored -> throw nonExecutable(i);
        default -> {}
      }
    }
  }

  private TemplateException nonExecutable(int command) {
    return fail("non executable command in pipeline stage " + (command + 1));
  }

  private Node.Command command() {
    int at = tokens.peekNonSpace().at();
    List<Node.Operand> operands = new ArrayList<>();
    while (true) {
      tokens.peekNonSpace();
      Node.Operand operand = operand();
      if (operand != null) {
        operands.add(operand);
      }
      Token token = tokens.next();
      if (token.kind() == Kind.SPACE) {
        continue;
      }
      if (token.kind() == Kind.RIGHT_DELIMITER || token.kind() == Kind.RIGHT_PARENTHESIS) {
        tokens.pushBack(token);
      } else if (token.kind() != Kind.PIPE) {
        throw unexpected(token, "operand");
      }
      break;
    }
    if (operands.isEmpty()) {
      throw fail("empty command");
    }
    return new Node.Command(at, operands);
  }

  private boolean nextNonSpaceIs(Kind kind) {
    return tokens.peekNonSpace().kind() == kind;
  }

  private Node.@Nullable Operand operand() {
    Node.Operand term = term();
    if (term == null || tokens.peek().kind() != Kind.FIELD) {
      return term;
    }
    int at = tokens.peek().at();
    List<String> names = new ArrayList<>();
    while (tokens.peek().kind() == Kind.FIELD) {
      names.add(tokens.next().text().substring(1));
    }
    return switch (term) {
      case Node.Field field -> new Node.Field(at, joined(field.names(), names));
      case Node.Variable variable -> new Node.Variable(at, joined(variable.names(), names));
      case Node.Constant constant ->
          throw fail("unexpected . after term " + GoStrings.quote(constant.text()));
      case Node.Nil ignored -> throw fail("unexpected . after term \"nil\"");
      case Node.Dot ignored -> throw fail("unexpected . after term \".\"");
      case Node.Identifier identifier -> new Node.Chain(at, identifier, names);
      case Node.Chain chain -> new Node.Chain(at, chain, names);
      case Node.Pipeline pipeline -> new Node.Chain(at, pipeline, names);
    };
  }

  private static List<String> joined(List<String> left, List<String> right) {
    List<String> all = new ArrayList<>(left);
    all.addAll(right);
    return all;
  }

  private Node.@Nullable Operand term() {
    Token token = tokens.nextNonSpace();
    return switch (token.kind()) {
      case IDENTIFIER -> {
        if (!functions.contains(token.text())) {
          throw fail("function %s not defined".formatted(GoStrings.quote(token.text())));
        }
        yield new Node.Identifier(token.at(), token.text());
      }
      case DOT -> new Node.Dot(token.at());
      case NIL -> new Node.Nil(token.at());
      case VARIABLE -> {
        if (!variables.contains(token.text())) {
          throw fail("undefined variable " + GoStrings.quote(token.text()));
        }
        yield new Node.Variable(token.at(), List.of(token.text()));
      }
      case FIELD -> new Node.Field(token.at(), List.of(token.text().substring(1)));
      case BOOL -> new Node.Constant(token.at(), token.text().equals("true"), token.text());
      case CHAR, NUMBER -> new Node.Constant(token.at(), numberOf(token), token.text());
      case STRING, RAW_STRING -> new Node.Constant(token.at(), unquote(token), token.text());
      case LEFT_PARENTHESIS -> pipeline("parenthesized pipeline", Kind.RIGHT_PARENTHESIS);
      default -> {
        tokens.pushBack(token);
        yield null;
      }
    };
  }

  private Object numberOf(Token token) {
    try {
      return GoNumbers.parse(token.text());
    } catch (TemplateException e) {
      throw fail(String.valueOf(e.getMessage()));
    }
  }

  private String unquote(Token token) {
    try {
      return GoStrings.unquote(token.text());
    } catch (TemplateException e) {
      throw fail(String.valueOf(e.getMessage()));
    }
  }

  private void enter() {
    if (++depth > DEPTH_MAX) {
      throw fail("nested deeper than %d".formatted(DEPTH_MAX));
    }
  }

  private void expect(Kind kind, String context) {
    Token token = tokens.nextNonSpace();
    if (token.kind() != kind) {
      throw unexpected(token, context);
    }
  }

  private TemplateException unexpected(Token token, String context) {
    if (token.kind() == Kind.ERROR) {
      return fail(token.text());
    }
    return fail("unexpected %s in %s".formatted(token, context));
  }

  private TemplateException fail(String message) {
    return new TemplateException(
        "template: %s:%d: %s".formatted(name, tokens.line(), message),
        TemplateException.Place.of(name, text, tokens.at()),
        null);
  }
}
