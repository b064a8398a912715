package io.ghostworks.saas.api.faults;

import io.ghostworks.saas.api.problem.ApiProblem;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Switches faults; it stands outside {@code /api}, so that no fault keeps it from being switched
 * off.
 */
@RestController
@ConditionalOnProperty("saas.faults.enabled")
final class FaultController {
  private final Faults faults;

  FaultController(Faults faults) {
    this.faults = faults;
  }

  record State(String name, boolean on) {}

  record Wanted(boolean on) {}

  @GetMapping("/internal/faults/{name}")
  State get(@PathVariable String name) {
    return new State(name, faults.find(name).orElseThrow(() -> ApiProblem.notFound("fault", name)));
  }

  @PutMapping("/internal/faults/{name}")
  State set(@PathVariable String name, @RequestBody Wanted wanted) {
    get(name);
    faults.set(name, wanted.on());
    return new State(name, wanted.on());
  }
}
