package io.ghostworks.instrumentation.spring;

import io.ghostworks.instrumentation.metrics.MetricsPage;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Serves the metrics page. */
final class MetricsServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final transient MetricsPage page;

  MetricsServlet(MetricsPage page) {
    this.page = page;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    MetricsPage.Page rendered = page.render(request.getHeader("Accept"));
    response.setContentType(rendered.contentType());
    response.setContentLength(rendered.body().length);
    response.getOutputStream().write(rendered.body());
  }
}
