package io.ghostworks.saas.api.tenants;

import io.ghostworks.saas.api.access.Caller;
import io.ghostworks.saas.api.problem.ApiProblem;
import io.ghostworks.saas.api.problem.Inputs;
import io.ghostworks.saas.api.usage.UsageEvents;
import io.ghostworks.saas.domain.Tier;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Sign-up, plan changes, cancellation and the usage report of a tenant. */
@RestController
final class TenantController {
  private final Tenants tenants;

  TenantController(Tenants tenants) {
    this.tenants = tenants;
  }

  record SignUp(@Nullable String name, @Nullable String tier) {}

  record PlanChange(@Nullable String tier) {}

  @PostMapping("/api/tenants")
  @ResponseStatus(HttpStatus.CREATED)
  Tenants.Tenant signUp(@RequestBody SignUp signUp) {
    return tenants.create(Inputs.text("name", signUp.name(), 200), tier(signUp.tier()));
  }

  @GetMapping("/api/tenants/{tenantId}")
  Tenants.Tenant tenant(Caller caller, @PathVariable String tenantId) {
    return tenants.get(caller, tenantId);
  }

  @PutMapping("/api/tenants/{tenantId}/plan")
  Tenants.Tenant changePlan(
      Caller caller, @PathVariable String tenantId, @RequestBody PlanChange change) {
    return tenants.changePlan(caller, tenantId, tier(change.tier()));
  }

  @DeleteMapping("/api/tenants/{tenantId}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void cancel(Caller caller, @PathVariable String tenantId) {
    tenants.cancel(caller, tenantId);
  }

  @GetMapping("/api/usage")
  List<UsageEvents.FeatureUse> usage(Caller caller) {
    return tenants.usage(caller);
  }

  private static Tier tier(@Nullable String label) {
    return Tier.find(Inputs.text("tier", label, 20))
        .orElseThrow(() -> ApiProblem.invalid("tier must be free, team or enterprise"));
  }
}
