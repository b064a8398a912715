package io.ghostworks.saas.api.faults;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * The failures that can be switched on, by name, and which are. A further one is a further bean.
 * Thread-safe.
 */
@Component
@ConditionalOnProperty("saas.faults.enabled")
class Faults {
  private final Map<String, Fault> faults = new TreeMap<>();
  private final Set<String> on = ConcurrentHashMap.newKeySet();

  Faults(List<Fault> faults) {
    faults.forEach(fault -> this.faults.put(fault.name(), fault));
  }

  /** Whether a fault is on; empty where there is none of that name. */
  Optional<Boolean> find(String name) {
    return faults.containsKey(name) ? Optional.of(on.contains(name)) : Optional.empty();
  }

  void set(String name, boolean enabled) {
    if (enabled) {
      on.add(name);
    } else {
      on.remove(name);
    }
  }

  /** A request is about to be served: the faults that are on strike. */
  void strike() {
    for (String name : on) {
      Fault fault = faults.get(name);
      if (fault != null) {
        fault.strike();
      }
    }
  }
}
