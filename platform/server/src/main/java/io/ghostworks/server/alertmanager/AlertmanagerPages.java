package io.ghostworks.server.alertmanager;

import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Endpoint;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.settings.ListenerName;
import java.net.URI;
import java.util.concurrent.CompletableFuture;

/**
 * The page of Alertmanager leads to the web application: links in notifications, such as {@code
 * EXTERNAL_URL/#/silences/new?filter=…}, go on working. What stands behind the {@code #} is never
 * sent; browsers carry it over to where they are led, and the page there reads it.
 */
public final class AlertmanagerPages {

  private static final String PAGE = "/alerting/alertmanager";

  private final String location;

  /**
   * @param externalUrl of the web listener
   */
  public AlertmanagerPages(URI externalUrl) {
    this.location = externalUrl.toString().replaceAll("/+$", "") + PAGE;
  }

  public void addTo(Routes routes) {
    Endpoint there = exchange -> CompletableFuture.completedFuture(Answer.redirect(location));
    Routes.Api own =
        routes.api(ListenerName.ALERTMANAGER, "/alertmanager", new AlertmanagerErrors());
    own.local("/", Permission.PUBLIC, Route.Work.INSTANT, there);
    Routes.Api web = routes.api(ListenerName.WEB, "", new AlertmanagerErrors());
    web.get("/alertmanager", Permission.PUBLIC, Route.Work.INSTANT, there)
        .get("/alertmanager/", Permission.PUBLIC, Route.Work.INSTANT, there);
  }
}
