package io.ghostworks.logql.eval;

/**
 * Arithmetic and comparisons as Loki computes them: dividing by zero gives not a number.
 * Comparisons give 1 where they hold and 0 where they do not.
 */
enum BinaryOperation {
  ADD {
    @Override
    double of(double left, double right) {
      return left + right;
    }
  },
  SUBTRACT {
    @Override
    double of(double left, double right) {
      return left - right;
    }
  },
  MULTIPLY {
    @Override
    double of(double left, double right) {
      return left * right;
    }
  },
  DIVIDE {
    @Override
    double of(double left, double right) {
      return right == 0 ? Double.NaN : left / right;
    }
  },
  MODULO {
    @Override
    double of(double left, double right) {
      return right == 0 ? Double.NaN : left % right;
    }
  },
  POWER {
    @Override
    double of(double left, double right) {
      boolean one = left == 1 || (left == -1 && Double.isInfinite(right));
      return one ? 1 : Math.pow(left, right);
    }
  },
  EQUAL {
    @Override
    double of(double left, double right) {
      return left == right ? 1 : 0;
    }
  },
  NOT_EQUAL {
    @Override
    double of(double left, double right) {
      return left != right ? 1 : 0;
    }
  },
  GREATER {
    @Override
    double of(double left, double right) {
      return left > right ? 1 : 0;
    }
  },
  GREATER_OR_EQUAL {
    @Override
    double of(double left, double right) {
      return left >= right ? 1 : 0;
    }
  },
  LESS {
    @Override
    double of(double left, double right) {
      return left < right ? 1 : 0;
    }
  },
  LESS_OR_EQUAL {
    @Override
    double of(double left, double right) {
      return left <= right ? 1 : 0;
    }
  };

  abstract double of(double left, double right);

  boolean isComparison() {
    return compareTo(EQUAL) >= 0;
  }
}
