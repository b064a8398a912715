package io.ghostworks.server.http;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The routes of one path, told apart by their methods. */
final class MethodServices implements HttpService {

  private final List<Route> routes = new ArrayList<>();
  private final List<RouteService> services = new ArrayList<>();

  void add(Route route, RouteService service) {
    routes.add(route);
    services.add(service);
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
    HttpMethod method = request.method();
    String wanted = method == HttpMethod.HEAD ? "GET" : method.name();
    for (int i = 0; i < routes.size(); i++) {
      if (routes.get(i).methods().contains(wanted)) {
        return services.get(i).serve(context, request);
      }
    }
    Set<String> methods = new TreeSet<>();
    routes.forEach(route -> methods.addAll(route.methods()));
    return services.getFirst().serveOther(context, request, methods);
  }
}
