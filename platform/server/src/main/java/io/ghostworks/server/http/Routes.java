package io.ghostworks.server.http;

import io.ghostworks.server.access.Permission;
import io.ghostworks.server.settings.ListenerName;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The routes of all listeners. An API that has a port of its own is answered there under its own
 * paths, and on the web listener under its prefix. Filled before the listeners start.
 */
public final class Routes {

  private final Map<ListenerName, List<Route>> routes = new EnumMap<>(ListenerName.class);
  private final Map<ListenerName, Map<String, ErrorForm>> unknown =
      new EnumMap<>(ListenerName.class);
  private final Map<ListenerName, PacketReceiver> packets = new EnumMap<>(ListenerName.class);

  /** Gives the datagrams of a listener to a receiver. */
  public void packets(ListenerName listener, PacketReceiver receiver) {
    packets.put(listener, receiver);
  }

  /** Who takes the datagrams of a listener. */
  public PacketReceiver packetsOf(ListenerName listener) {
    PacketReceiver receiver = packets.get(listener);
    if (receiver == null) {
      throw new IllegalStateException(
          "nobody takes the datagrams of '%s'".formatted(listener.word()));
    }
    return receiver;
  }

  /** A part of the routes: one API with its form of errors. */
  public Api api(ListenerName listener, String webPrefix, ErrorForm errors) {
    return new Api(listener, webPrefix, errors);
  }

  /** The routes of a listener, in the order of their adding. */
  public List<Route> of(ListenerName listener) {
    return List.copyOf(routes.getOrDefault(listener, List.of()));
  }

  /**
   * Who refuses the paths of a listener that no route has, by the beginning of the path: "", or a
   * path without a slash at its end.
   */
  public Map<String, ErrorForm> unknownPaths(ListenerName listener) {
    return Map.copyOf(unknown.getOrDefault(listener, Map.of()));
  }

  /** Adds routes of one API. */
  public final class Api {
    private final ListenerName listener;
    private final String webPrefix;
    private final ErrorForm errors;

    private Api(ListenerName listener, String webPrefix, ErrorForm errors) {
      this.listener = listener;
      this.webPrefix = webPrefix;
      this.errors = errors;
    }

    public Api get(String path, Permission permission, Route.Work work, Endpoint endpoint) {
      return add(Set.of("GET"), path, permission, work, endpoint);
    }

    /** Answers GET, and POST with a form. */
    public Api getOrForm(String path, Permission permission, Route.Work work, Endpoint endpoint) {
      return add(Set.of("GET", "POST"), path, permission, work, endpoint);
    }

    /** Opens WebSockets. */
    public Api socket(String path, Permission permission, SocketOpening opening) {
      return add(Set.of("GET"), path, permission, Route.Work.QUERY, new SocketEndpoint(opening));
    }

    public Api delete(String path, Permission permission, Route.Work work, Endpoint endpoint) {
      return add(Set.of("DELETE"), path, permission, work, endpoint);
    }

    public Api post(String path, Permission permission, Route.Work work, Endpoint endpoint) {
      return add(Set.of("POST"), path, permission, work, endpoint);
    }

    public Api put(String path, Permission permission, Route.Work work, Endpoint endpoint) {
      return add(Set.of("PUT"), path, permission, work, endpoint);
    }

    public Api patch(String path, Permission permission, Route.Work work, Endpoint endpoint) {
      return add(Set.of("PATCH"), path, permission, work, endpoint);
    }

    /** Answers POST and PUT. */
    public Api postOrPut(String path, Permission permission, Route.Work work, Endpoint endpoint) {
      return add(Set.of("POST", "PUT"), path, permission, work, endpoint);
    }

    /** Answers GET on the API's own listener only. */
    public Api local(String path, Permission permission, Route.Work work, Endpoint endpoint) {
      keep(listener, new Route(Set.of("GET"), path, permission, work, errors, endpoint));
      return this;
    }

    /** Answers POST on the API's own listener only. */
    public Api localPost(String path, Permission permission, Route.Work work, Endpoint endpoint) {
      keep(listener, new Route(Set.of("POST"), path, permission, work, errors, endpoint));
      return this;
    }

    /** Answers DELETE on the API's own listener only. */
    public Api localDelete(String path, Permission permission, Route.Work work, Endpoint endpoint) {
      keep(listener, new Route(Set.of("DELETE"), path, permission, work, errors, endpoint));
      return this;
    }

    /** Refuses in this API's form what no route of its own listener has. */
    public Api refuseUnknown() {
      unknown.computeIfAbsent(listener, name -> new LinkedHashMap<>()).put("", errors);
      return this;
    }

    /**
     * Refuses in this API's form what is below it and no route has: all of its own listener, and
     * what is under a path of the web listener.
     */
    public Api refuseUnknown(String webPath) {
      if (listener != ListenerName.WEB) {
        var _ = refuseUnknown();
      }
      unknown.computeIfAbsent(ListenerName.WEB, name -> new LinkedHashMap<>()).put(webPath, errors);
      return this;
    }

    private Api add(
        Set<String> methods,
        String path,
        Permission permission,
        Route.Work work,
        Endpoint endpoint) {
      keep(listener, new Route(methods, path, permission, work, errors, endpoint));
      if (listener != ListenerName.WEB) {
        keep(
            ListenerName.WEB,
            new Route(methods, webPrefix + path, permission, work, errors, endpoint));
      }
      return this;
    }

    private void keep(ListenerName where, Route route) {
      routes.computeIfAbsent(where, name -> new ArrayList<>()).add(route);
    }
  }
}
