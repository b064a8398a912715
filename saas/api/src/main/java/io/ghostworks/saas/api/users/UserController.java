package io.ghostworks.saas.api.users;

import io.ghostworks.saas.api.problem.Inputs;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Registration and activation. */
@RestController
final class UserController {
  private final Users users;
  private final boolean revealActivationCode;

  UserController(
      Users users, @Value("${saas.reveal-activation-code:false}") boolean revealActivationCode) {
    this.users = users;
    this.revealActivationCode = revealActivationCode;
  }

  record Registration(
      @Nullable String tenantId,
      @Nullable String email,
      @Nullable String name,
      @Nullable String password) {}

  /** The activation code is only mailed, unless the demo asks for it: it has no mailbox. */
  record Registered(String userId, @Nullable String activationCode) {}

  record Activation(@Nullable String code) {}

  @PostMapping("/api/users")
  @ResponseStatus(HttpStatus.CREATED)
  Registered register(@RequestBody Registration registration) {
    Users.Registered user =
        users.register(
            Inputs.text("tenantId", registration.tenantId(), 64),
            Inputs.email("email", registration.email()),
            Inputs.text("name", registration.name(), 200),
            Inputs.text("password", registration.password(), 200));
    return new Registered(user.userId(), revealActivationCode ? user.activationCode() : null);
  }

  @PostMapping("/api/users/{userId}/activation")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void activate(@PathVariable String userId, @RequestBody Activation activation) {
    users.activate(userId, Inputs.text("code", activation.code(), 64));
  }
}
