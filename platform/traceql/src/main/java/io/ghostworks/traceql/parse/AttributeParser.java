package io.ghostworks.traceql.parse;

import io.ghostworks.traceql.ast.Attribute;
import io.ghostworks.traceql.ast.AttributeScope;
import io.ghostworks.traceql.ast.Intrinsic;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Attributes and intrinsics. */
final class AttributeParser {
  private static final Map<TokenKind, Intrinsic> PLAIN =
      new EnumMap<>(
          Map.ofEntries(
              Map.entry(TokenKind.SPAN_DURATION, Intrinsic.DURATION),
              Map.entry(TokenKind.NAME, Intrinsic.NAME),
              Map.entry(TokenKind.STATUS, Intrinsic.STATUS),
              Map.entry(TokenKind.STATUS_MESSAGE, Intrinsic.STATUS_MESSAGE),
              Map.entry(TokenKind.KIND, Intrinsic.KIND),
              Map.entry(TokenKind.PARENT, Intrinsic.PARENT),
              Map.entry(TokenKind.ROOT_NAME, Intrinsic.TRACE_ROOT_SPAN),
              Map.entry(TokenKind.ROOT_SERVICE_NAME, Intrinsic.TRACE_ROOT_SERVICE),
              Map.entry(TokenKind.TRACE_DURATION, Intrinsic.TRACE_DURATION),
              Map.entry(TokenKind.NESTED_SET_LEFT, Intrinsic.NESTED_SET_LEFT),
              Map.entry(TokenKind.NESTED_SET_RIGHT, Intrinsic.NESTED_SET_RIGHT),
              Map.entry(TokenKind.NESTED_SET_PARENT, Intrinsic.NESTED_SET_PARENT)));

  private static final Map<TokenKind, Map<TokenKind, Intrinsic>> SCOPED =
      new EnumMap<>(
          Map.of(
              TokenKind.TRACE_COLON,
              Map.of(
                  TokenKind.SPAN_DURATION, Intrinsic.TRACE_DURATION,
                  TokenKind.ROOT_NAME, Intrinsic.TRACE_ROOT_SPAN,
                  TokenKind.ROOT_SERVICE, Intrinsic.TRACE_ROOT_SERVICE,
                  TokenKind.ID, Intrinsic.TRACE_ID),
              TokenKind.SPAN_COLON,
              Map.of(
                  TokenKind.SPAN_DURATION, Intrinsic.DURATION,
                  TokenKind.NAME, Intrinsic.NAME,
                  TokenKind.KIND, Intrinsic.KIND,
                  TokenKind.STATUS, Intrinsic.STATUS,
                  TokenKind.STATUS_MESSAGE, Intrinsic.STATUS_MESSAGE,
                  TokenKind.ID, Intrinsic.SPAN_ID,
                  TokenKind.PARENT_ID, Intrinsic.PARENT_ID,
                  TokenKind.CHILD_COUNT, Intrinsic.CHILD_COUNT),
              TokenKind.EVENT_COLON,
              Map.of(
                  TokenKind.NAME, Intrinsic.EVENT_NAME,
                  TokenKind.TIME_SINCE_START, Intrinsic.EVENT_TIME_SINCE_START),
              TokenKind.LINK_COLON,
              Map.of(
                  TokenKind.TRACE_ID, Intrinsic.LINK_TRACE_ID,
                  TokenKind.SPAN_ID, Intrinsic.LINK_SPAN_ID),
              TokenKind.INSTRUMENTATION_COLON,
              Map.of(
                  TokenKind.NAME, Intrinsic.INSTRUMENTATION_NAME,
                  TokenKind.VERSION, Intrinsic.INSTRUMENTATION_VERSION)));

  private static final Map<TokenKind, AttributeScope> SCOPES =
      new EnumMap<>(
          Map.of(
              TokenKind.DOT, AttributeScope.NONE,
              TokenKind.RESOURCE_DOT, AttributeScope.RESOURCE,
              TokenKind.SPAN_DOT, AttributeScope.SPAN,
              TokenKind.EVENT_DOT, AttributeScope.EVENT,
              TokenKind.LINK_DOT, AttributeScope.LINK,
              TokenKind.INSTRUMENTATION_DOT, AttributeScope.INSTRUMENTATION));

  private final TokenStream tokens;

  AttributeParser(TokenStream tokens) {
    this.tokens = tokens;
  }

  /** The attribute that stands here, or null, with nothing taken, where none starts. */
  @Nullable Attribute find() {
    TokenKind kind = tokens.kind();
    Intrinsic intrinsic = PLAIN.get(kind);
    if (intrinsic != null) {
      tokens.next();
      return Attribute.of(intrinsic);
    }
    Map<TokenKind, Intrinsic> ofScope = SCOPED.get(kind);
    if (ofScope != null) {
      tokens.next();
      return scopedIntrinsic(ofScope);
    }
    AttributeScope scope = SCOPES.get(kind);
    if (scope != null) {
      tokens.next();
      return named(scope, false);
    }
    if (tokens.accept(TokenKind.PARENT_DOT)) {
      return ofParent();
    }
    return null;
  }

  /** Attributes between commas, at least one. */
  List<Attribute> list() {
    List<Attribute> attributes = new ArrayList<>();
    do {
      attributes.add(one());
    } while (tokens.accept(TokenKind.COMMA));
    return attributes;
  }

  Attribute one() {
    Attribute attribute = find();
    if (attribute == null) {
      throw tokens.unexpected();
    }
    return attribute;
  }

  private Attribute scopedIntrinsic(Map<TokenKind, Intrinsic> ofScope) {
    Intrinsic intrinsic = ofScope.get(tokens.kind());
    if (intrinsic == null) {
      throw tokens.unexpected(ofScope.keySet().toArray(TokenKind[]::new));
    }
    tokens.next();
    return Attribute.of(intrinsic);
  }

  private Attribute ofParent() {
    if (tokens.accept(TokenKind.RESOURCE_DOT)) {
      return named(AttributeScope.RESOURCE, true);
    }
    if (tokens.accept(TokenKind.SPAN_DOT)) {
      return named(AttributeScope.SPAN, true);
    }
    if (!tokens.at(TokenKind.IDENTIFIER)) {
      throw tokens.unexpected(TokenKind.IDENTIFIER, TokenKind.RESOURCE_DOT, TokenKind.SPAN_DOT);
    }
    return named(AttributeScope.NONE, true);
  }

  private Attribute named(AttributeScope scope, boolean parent) {
    String name = tokens.expect(TokenKind.IDENTIFIER).text();
    tokens.expect(TokenKind.END_ATTRIBUTE);
    return new Attribute(name, scope, parent, Intrinsic.NONE);
  }
}
