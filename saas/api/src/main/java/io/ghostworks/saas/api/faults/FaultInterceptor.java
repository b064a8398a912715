package io.ghostworks.saas.api.faults;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Lets the faults strike every request of the API once its handler is known. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("saas.faults.enabled")
class FaultInterceptor implements WebMvcConfigurer, HandlerInterceptor {
  private final Faults faults;

  FaultInterceptor(Faults faults) {
    this.faults = faults;
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(this).addPathPatterns("/api/**");
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    faults.strike();
    return true;
  }
}
