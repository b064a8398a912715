package io.ghostworks.saas.api.access;

import io.ghostworks.instrumentation.context.TelemetryContext;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Finds the caller by the bearer token and serves the request in that caller's name. */
@Component
final class SessionFilter extends OncePerRequestFilter {
  static final String CALLER = SessionFilter.class.getName() + ".caller";
  private static final String BEARER = "Bearer ";

  private final Sessions sessions;

  SessionFilter(Sessions sessions) {
    this.sessions = sessions;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !request.getRequestURI().startsWith("/api/");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Optional<Caller> caller = caller(request.getHeader("Authorization"));
    if (caller.isEmpty()) {
      chain.doFilter(request, response);
      return;
    }
    request.setAttribute(CALLER, caller.get());
    Context context =
        TelemetryContext.withIdentity(
            Context.current(), caller.get().tenantId(), caller.get().userId());
    try (Scope _ = context.makeCurrent()) {
      chain.doFilter(request, response);
    }
  }

  private Optional<Caller> caller(@Nullable String authorization) {
    return authorization == null || !authorization.startsWith(BEARER)
        ? Optional.empty()
        : sessions.find(authorization.substring(BEARER.length()));
  }
}
