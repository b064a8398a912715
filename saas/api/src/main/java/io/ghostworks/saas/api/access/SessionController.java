package io.ghostworks.saas.api.access;

import io.ghostworks.saas.api.problem.Inputs;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Login, logout, and who am I. */
@RestController
final class SessionController {
  private final Sessions sessions;

  SessionController(Sessions sessions) {
    this.sessions = sessions;
  }

  record Login(@Nullable String email, @Nullable String password) {}

  @PostMapping("/api/sessions")
  @ResponseStatus(HttpStatus.CREATED)
  Sessions.Opened login(@RequestBody Login login) {
    return sessions.open(
        Inputs.email("email", login.email()), Inputs.text("password", login.password(), 200));
  }

  @DeleteMapping("/api/sessions/current")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void logout(Caller caller) {
    sessions.end(caller);
  }

  @GetMapping("/api/me")
  Caller me(Caller caller) {
    return caller;
  }
}
