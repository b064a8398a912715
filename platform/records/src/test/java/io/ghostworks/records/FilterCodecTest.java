package io.ghostworks.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.re2j.Pattern;
import io.ghostworks.model.label.AnchoredRegex;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.TraceKey;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FilterCodecTest {
  private static final Filter EVERYTHING =
      new Filter.And(
          List.of(
              new Filter.Stream(
                  List.of(
                      new LabelMatcher.Equal("a", "b"),
                      new LabelMatcher.NotEqual("c", ""),
                      new LabelMatcher.Matches("d", AnchoredRegex.compile("e.*")),
                      new LabelMatcher.NotMatches("f", AnchoredRegex.compile("[g]")))),
              new Filter.Or(
                  List.of(
                      new Filter.Exists(new Field(Field.Scope.ATTRIBUTE, "user")),
                      new Filter.Not(new Filter.Contains(Field.BODY, new byte[] {0, -1})))),
              compare(new Filter.Literal.Text("ключ")),
              new Filter.Exists(new Field(Field.Scope.EVENT, "exception.type")),
              new Filter.Exists(new Field(Field.Scope.LINK, "cause")),
              new Filter.Exists(Field.EVENT_SPAN_NAME),
              compare(new Filter.Literal.Whole(-5)),
              compare(new Filter.Literal.Real(2.5)),
              compare(new Filter.Literal.Bool(true)),
              new Filter.Finds(Field.BODY, Pattern.compile("x+", Pattern.CASE_INSENSITIVE)),
              new Filter.Traces(Set.of(new TraceKey(1, -2)))));

  private static Filter compare(Filter.Literal literal) {
    return new Filter.Compare(
        new Field(Field.Scope.RESOURCE, "k"), Filter.Operator.GREATER_OR_EQUAL, literal);
  }

  @Test
  void everyFilterComesBack() throws DamagedDataException {
    assertThat(FilterCodec.get(new BytesInput(bytes()))).isEqualTo(EVERYTHING);
  }

  @Test
  void damageIsFoundAndNothingElseHappens() {
    byte[] whole = bytes();
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> FilterCodec.get(new BytesInput(cut)))
          .isInstanceOf(DamagedDataException.class);
    }
  }

  private static byte[] bytes() {
    BytesOutput out = new BytesOutput(16, 1 << 20);
    FilterCodec.put(out, EVERYTHING);
    return out.toByteArray();
  }
}
