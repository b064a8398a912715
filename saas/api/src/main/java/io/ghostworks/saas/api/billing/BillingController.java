package io.ghostworks.saas.api.billing;

import io.ghostworks.saas.api.access.Caller;
import io.ghostworks.saas.domain.Tier;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Plans, invoices and payments. */
@RestController
final class BillingController {
  static final String PAYMENTS = "/api/invoices/{invoiceId}/payments";

  private final Billing billing;

  BillingController(Billing billing) {
    this.billing = billing;
  }

  record Plan(String tier, long priceCents, int artifactsMax) {}

  @GetMapping("/api/plans")
  List<Plan> plans() {
    return Stream.of(Tier.values())
        .map(tier -> new Plan(tier.label(), tier.priceCents(), tier.artifactsMax()))
        .toList();
  }

  @GetMapping("/api/invoices")
  List<Billing.Invoice> invoices(Caller caller) {
    return billing.open(caller);
  }

  @PostMapping(PAYMENTS)
  @ResponseStatus(HttpStatus.CREATED)
  void pay(Caller caller, @PathVariable String invoiceId) {
    billing.pay(caller, invoiceId);
  }
}
