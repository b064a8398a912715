package io.ghostworks.records.scan;

import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.RecordScan;
import io.ghostworks.records.batch.Columns;
import java.util.Set;

/** Which columns of a block a scan looks at. */
public final class NeededColumns {

  private static final Set<Field> BEYOND_HEAD = Set.of(Field.BODY, Field.ATTRIBUTES);

  private NeededColumns() {}

  /** {@link Columns#HEAD} where filter and projection need nothing else. */
  public static Columns of(RecordScan scan) {
    boolean head =
        isInHead(scan.filter()) && scan.projection().stream().allMatch(NeededColumns::isInHead);
    return head ? Columns.HEAD : Columns.ALL;
  }

  private static boolean isInHead(Filter filter) {
    return switch (filter) {
      case Filter.And and -> and.parts().stream().allMatch(NeededColumns::isInHead);
      case Filter.Or or -> or.parts().stream().allMatch(NeededColumns::isInHead);
      case Filter.Not not -> isInHead(not.part());
      case Filter.Stream stream -> true;
      case Filter.Traces traces -> true;
      case Filter.Exists exists -> isInHead(exists.field());
      case Filter.Compare compare -> isInHead(compare.field());
      case Filter.Contains contains -> isInHead(contains.field());
      case Filter.Finds finds -> isInHead(finds.field());
    };
  }

  private static boolean isInHead(Field field) {
    return switch (field.scope()) {
      case INTRINSIC -> !BEYOND_HEAD.contains(field);
      case STREAM, RESOURCE, INSTRUMENTATION -> true;
      case ATTRIBUTE, ATTRIBUTE_OR_RESOURCE -> false;
    };
  }
}
