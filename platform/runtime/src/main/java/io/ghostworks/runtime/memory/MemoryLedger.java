package io.ghostworks.runtime.memory;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * All memory budgets of the process, by name. Together they are checked against the machine's limit
 * at start.
 */
public final class MemoryLedger {
  private final Map<String, MemoryBudget> budgets =
      Collections.synchronizedMap(new LinkedHashMap<>());
  private final Consumer<MemoryBudget> opened;

  public MemoryLedger() {
    this(budget -> {});
  }

  /**
   * @param opened is told of each budget
   */
  public MemoryLedger(Consumer<MemoryBudget> opened) {
    this.opened = opened;
  }

  /**
   * Opens a budget.
   *
   * @throws IllegalStateException if the name is taken
   */
  public MemoryBudget open(String name, long limitBytes) {
    MemoryBudget budget = new MemoryBudget(name, limitBytes);
    if (budgets.putIfAbsent(name, budget) != null) {
      throw new IllegalStateException("the budget '%s' is already open".formatted(name));
    }
    opened.accept(budget);
    return budget;
  }

  /** The budgets in the order of their opening; a copy. */
  public Collection<MemoryBudget> budgets() {
    synchronized (budgets) {
      return java.util.List.copyOf(budgets.values());
    }
  }
}
