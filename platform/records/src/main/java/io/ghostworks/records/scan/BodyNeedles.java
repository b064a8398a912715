package io.ghostworks.records.scan;

import com.google.re2j.Pattern;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.records.text.Needle;
import io.ghostworks.records.text.NeedleTerms;
import io.ghostworks.records.text.RegexLiterals;
import java.util.ArrayList;
import java.util.List;

/** What the body of every row that fulfils a filter contains, as far as that is plain to see. */
public final class BodyNeedles {

  private BodyNeedles() {}

  /** The terms by which an index leaves blocks out. */
  public static List<NeedleTerms> of(Filter filter) {
    List<NeedleTerms> terms = new ArrayList<>();
    add(filter, terms);
    return terms;
  }

  private static void add(Filter filter, List<NeedleTerms> terms) {
    switch (filter) {
      case Filter.And and -> and.parts().forEach(part -> add(part, terms));
      case Filter.Contains contains when contains.field().equals(Field.BODY) ->
          terms.add(NeedleTerms.of(ValueTest.needle(contains)));
      case Filter.Finds finds when finds.field().equals(Field.BODY) -> {
        List<Needle> literals = literals(finds);
        if (literals.size() == 1) {
          terms.add(NeedleTerms.of(literals.getFirst()));
        }
      }
      default -> {}
    }
  }

  /** Of these, each text that an expression finds contains one; none: not known. */
  static List<Needle> literals(Filter.Finds finds) {
    boolean ignoresCase = (finds.pattern().flags() & Pattern.CASE_INSENSITIVE) != 0;
    return RegexLiterals.of(finds.pattern().pattern(), ignoresCase);
  }
}
