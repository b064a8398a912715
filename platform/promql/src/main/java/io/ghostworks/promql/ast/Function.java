package io.ghostworks.promql.ast;

import static io.ghostworks.promql.ast.ValueType.MATRIX;
import static io.ghostworks.promql.ast.ValueType.SCALAR;
import static io.ghostworks.promql.ast.ValueType.STRING;
import static io.ghostworks.promql.ast.ValueType.VECTOR;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The functions of PromQL and their types. */
public enum Function {
  ABS(VECTOR),
  ABSENT(VECTOR),
  ABSENT_OVER_TIME(MATRIX),
  ACOS(VECTOR),
  ACOSH(VECTOR),
  ASIN(VECTOR),
  ASINH(VECTOR),
  ATAN(VECTOR),
  ATANH(VECTOR),
  AVG_OVER_TIME(MATRIX),
  CEIL(VECTOR),
  CHANGES(MATRIX),
  CLAMP(VECTOR, SCALAR, SCALAR),
  CLAMP_MAX(VECTOR, SCALAR),
  CLAMP_MIN(VECTOR, SCALAR),
  COS(VECTOR),
  COSH(VECTOR),
  COUNT_OVER_TIME(MATRIX),
  DAY_OF_MONTH(1, VECTOR),
  DAY_OF_WEEK(1, VECTOR),
  DAY_OF_YEAR(1, VECTOR),
  DAYS_IN_MONTH(1, VECTOR),
  DEG(VECTOR),
  DELTA(MATRIX),
  DERIV(MATRIX),
  DOUBLE_EXPONENTIAL_SMOOTHING(MATRIX, SCALAR, SCALAR),
  END(),
  EXP(VECTOR),
  FIRST_OVER_TIME(MATRIX),
  FLOOR(VECTOR),
  HISTOGRAM_AVG(VECTOR),
  HISTOGRAM_COUNT(VECTOR),
  HISTOGRAM_FRACTION(SCALAR, SCALAR, VECTOR),
  HISTOGRAM_QUANTILE(SCALAR, VECTOR),
  HISTOGRAM_QUANTILES(9, VECTOR, STRING, SCALAR, SCALAR),
  HISTOGRAM_STDDEV(VECTOR),
  HISTOGRAM_STDVAR(VECTOR),
  HISTOGRAM_SUM(VECTOR),
  HOUR(1, VECTOR),
  IDELTA(MATRIX),
  INCREASE(MATRIX),
  INFO(1, VECTOR, VECTOR),
  IRATE(MATRIX),
  LABEL_JOIN(-1, VECTOR, STRING, STRING, STRING),
  LABEL_REPLACE(VECTOR, STRING, STRING, STRING, STRING),
  LAST_OVER_TIME(MATRIX),
  LN(VECTOR),
  LOG10(VECTOR),
  LOG2(VECTOR),
  MAD_OVER_TIME(MATRIX),
  MAX_OF(SCALAR, SCALAR),
  MAX_OVER_TIME(MATRIX),
  MIN_OF(SCALAR, SCALAR),
  MIN_OVER_TIME(MATRIX),
  MINUTE(1, VECTOR),
  MONTH(1, VECTOR),
  PI(),
  PREDICT_LINEAR(MATRIX, SCALAR),
  PRESENT_OVER_TIME(MATRIX),
  QUANTILE_OVER_TIME(SCALAR, MATRIX),
  RAD(VECTOR),
  RANGE(),
  RATE(MATRIX),
  RESETS(MATRIX),
  ROUND(1, VECTOR, SCALAR),
  SCALAR_OF("scalar", VECTOR),
  SGN(VECTOR),
  SIN(VECTOR),
  SINH(VECTOR),
  SORT(VECTOR),
  SORT_BY_LABEL(-1, VECTOR, STRING),
  SORT_BY_LABEL_DESC(-1, VECTOR, STRING),
  SORT_DESC(VECTOR),
  SQRT(VECTOR),
  START(),
  START_TIMESTAMP(VECTOR),
  STDDEV_OVER_TIME(MATRIX),
  STDVAR_OVER_TIME(MATRIX),
  STEP(),
  SUM_OVER_TIME(MATRIX),
  TAN(VECTOR),
  TANH(VECTOR),
  TIME(),
  TIMESTAMP(VECTOR),
  TS_OF_FIRST_OVER_TIME(MATRIX),
  TS_OF_LAST_OVER_TIME(MATRIX),
  TS_OF_MAX_OVER_TIME(MATRIX),
  TS_OF_MIN_OVER_TIME(MATRIX),
  VECTOR_OF("vector", SCALAR),
  YEAR(1, VECTOR);

  private static final Map<String, Function> BY_NAME = new HashMap<>();

  static {
    for (Function function : values()) {
      BY_NAME.put(function.functionName, function);
    }
  }

  private final String functionName;

  @SuppressWarnings("ImmutableEnumChecker") // an immutable list
  private final List<ValueType> argumentTypes;

  private final int variadic;

  Function(ValueType... argumentTypes) {
    this.functionName = name().toLowerCase(Locale.ROOT);
    this.argumentTypes = List.of(argumentTypes);
    this.variadic = 0;
  }

  Function(String functionName, ValueType... argumentTypes) {
    this.functionName = functionName;
    this.argumentTypes = List.of(argumentTypes);
    this.variadic = 0;
  }

  Function(int variadic, ValueType... argumentTypes) {
    this.functionName = name().toLowerCase(Locale.ROOT);
    this.argumentTypes = List.of(argumentTypes);
    this.variadic = variadic;
  }

  /** The function of that name. */
  public static Optional<Function> find(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /** The name in a query. */
  public String functionName() {
    return functionName;
  }

  /** The types of the arguments; the last one's counts for further ones. */
  public List<ValueType> argumentTypes() {
    return argumentTypes;
  }

  /**
   * 0 where the number of arguments is fixed; otherwise the last type may come 0 times, and at most
   * so many times, or any number of times if this is -1.
   */
  public int variadic() {
    return variadic;
  }

  public ValueType returnType() {
    return switch (this) {
      case END, MAX_OF, MIN_OF, PI, RANGE, SCALAR_OF, START, STEP, TIME -> SCALAR;
      default -> VECTOR;
    };
  }

  /** Whether Prometheus has it behind its switch for experimental functions. */
  public boolean isExperimental() {
    return switch (this) {
      case DOUBLE_EXPONENTIAL_SMOOTHING,
          END,
          HISTOGRAM_QUANTILES,
          INFO,
          MAD_OVER_TIME,
          MAX_OF,
          MIN_OF,
          RANGE,
          SORT_BY_LABEL,
          SORT_BY_LABEL_DESC,
          START,
          START_TIMESTAMP,
          STEP,
          TS_OF_FIRST_OVER_TIME,
          TS_OF_LAST_OVER_TIME,
          TS_OF_MAX_OVER_TIME,
          TS_OF_MIN_OVER_TIME ->
          true;
      default -> false;
    };
  }

  /** Whether the result depends on the evaluation time even where the arguments do not. */
  public boolean isTimeDependent() {
    return switch (this) {
      case DAYS_IN_MONTH,
          DAY_OF_MONTH,
          DAY_OF_WEEK,
          DAY_OF_YEAR,
          END,
          HOUR,
          MINUTE,
          MONTH,
          YEAR,
          PREDICT_LINEAR,
          RANGE,
          START,
          STEP,
          TIME,
          TIMESTAMP ->
          true;
      default -> false;
    };
  }

  @Override
  public String toString() {
    return functionName;
  }
}
