package io.ghostworks.server.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.TraceKey;
import io.ghostworks.server.http.RequestException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeletedSpansTest {

  @Test
  void conditionsOfOneSpanBecomeAFilter() {
    assertThat(
            DeletedSpans.of(
                "{ resource.service.name = \"api\" && (duration > 1s || status = error) }"))
        .isEqualTo(
            new Filter.And(
                List.of(
                    new Filter.Compare(
                        new Field(Field.Scope.RESOURCE, "service.name"),
                        Filter.Operator.EQUAL,
                        new Filter.Literal.Text("api")),
                    new Filter.Or(
                        List.of(
                            new Filter.Compare(
                                Field.DURATION,
                                Filter.Operator.GREATER,
                                new Filter.Literal.Whole(1_000_000_000)),
                            new Filter.Compare(
                                Field.STATUS_CODE,
                                Filter.Operator.EQUAL,
                                new Filter.Literal.Whole(2)))))));
    assertThat(DeletedSpans.of("{ trace:id = \"5\" }"))
        .isEqualTo(new Filter.Traces(Set.of(new TraceKey(0, 5))));
    assertThat(DeletedSpans.of("{ event.exception.type != nil }"))
        .isEqualTo(new Filter.Exists(new Field(Field.Scope.EVENT, "exception.type")));
    assertThat(DeletedSpans.of("{ }")).isEqualTo(Filter.ALL);
  }

  @Test
  void regularExpressionsAreAnchored() {
    assertThat(DeletedSpans.of("{ name =~ \"GET.*\" }").toString()).contains("^(?:GET.*)$");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ .a = 1 } >> { .b = 2 }",
        "{ .a = 1 } | count() > 2",
        "{ } | rate()",
        "{ span.a != 1 }",
        "{ rootServiceName = \"api\" }",
        "{ span.a = span.b }",
        "{ span.a > 1s }",
        "{ !(span.a = 1) }",
        "{ trace:id != \"5\" }",
        "{ name =~ \"(\" }",
        "{"
      })
  void whatAStoreCannotSelectExactlyIsRefused(String query) {
    assertThatThrownBy(() -> DeletedSpans.of(query)).isInstanceOf(RequestException.class);
  }
}
