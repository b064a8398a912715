package io.ghostworks.instrumentation.spring;

import io.ghostworks.instrumentation.context.CorrelationId;
import io.ghostworks.instrumentation.http.HttpServerTelemetry;
import io.ghostworks.instrumentation.http.ServerRequest;
import io.opentelemetry.context.Scope;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Observes every request from first to last: context, span, correlation id, golden signals. The
 * endpoint is the pattern of the handler that Spring MVC matched. It stands before every other
 * filter.
 */
final class TelemetryFilter extends OncePerRequestFilter {
  private final HttpServerTelemetry telemetry;
  private final List<String> unobservedPaths;

  TelemetryFilter(HttpServerTelemetry telemetry, List<String> unobservedPaths) {
    this.telemetry = telemetry;
    this.unobservedPaths = List.copyOf(unobservedPaths);
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return unobservedPaths.stream().anyMatch(request.getRequestURI()::startsWith);
  }

  @Override
  @SuppressWarnings("try") // a scope is held, not used
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    ServerRequest observed =
        telemetry.start(
            request.getMethod(), request.getScheme(), request.getRequestURI(), request::getHeader);
    response.setHeader(CorrelationId.HEADER, observed.correlationId());
    try (Scope ignored = observed.context().makeCurrent()) {
      chain.doFilter(request, response);
    } catch (ServletException | IOException | RuntimeException | Error e) {
      observed.end(route(request), HttpServletResponse.SC_INTERNAL_SERVER_ERROR, cause(e));
      throw e;
    }
    if (request.isAsyncStarted()) {
      request.getAsyncContext().addListener(new EndWithResponse(observed, request, response));
    } else {
      end(observed, request, response);
    }
  }

  private static void end(
      ServerRequest observed, HttpServletRequest request, HttpServletResponse response) {
    boolean failed = response.getStatus() >= HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
    Throwable handled =
        failed && request.getAttribute(DispatcherServlet.EXCEPTION_ATTRIBUTE) instanceof Throwable e
            ? e
            : null;
    observed.end(route(request), response.getStatus(), handled);
  }

  private static Throwable cause(Throwable e) {
    Throwable cause = e instanceof ServletException ? e.getCause() : null;
    return cause == null ? e : cause;
  }

  private static @Nullable String route(HttpServletRequest request) {
    Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    return pattern == null || pattern.equals("/**") ? null : pattern.toString();
  }

  /** Ends the observation when an asynchronous response is complete, whichever way. */
  private record EndWithResponse(
      ServerRequest observed, HttpServletRequest request, HttpServletResponse response)
      implements AsyncListener {
    @Override
    public void onComplete(AsyncEvent event) {
      end(observed, request, response);
    }

    @Override
    public void onTimeout(AsyncEvent event) {
      observed.end(
          route(request), HttpServletResponse.SC_SERVICE_UNAVAILABLE, event.getThrowable());
    }

    @Override
    public void onError(AsyncEvent event) {
      observed.end(
          route(request), HttpServletResponse.SC_INTERNAL_SERVER_ERROR, event.getThrowable());
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
      event.getAsyncContext().addListener(this);
    }
  }
}
